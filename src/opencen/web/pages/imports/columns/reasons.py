"""Say why a column goes where it goes, and how much of it is sure."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opencen.formats.fields import FieldChoice
from opencen.formats.mapping import ColumnMap
from opencen.formats.surveying import ColumnView
from opencen.web.templatetags.formatting import number


def why_there(view: ColumnView, entry: ColumnMap | None, choice: FieldChoice | None) -> str:
    """Say why a column goes to its field, or to none."""
    if choice is None and entry and entry.why == "evidence":
        return _("Weekdays: evidence for the dates only")
    if choice is None:
        return _("Kept in the copy of the file only") if view.filled else _("Empty")
    words = {
        "label": _("The header is this field’s name"),
        "alike": _("The header is nearly this field’s name"),
        "chosen": _("Chosen by you"),
        "template": _("As the template says"),
        "words": _("The header holds this field’s name, and its values fit"),
        "kinds": _("Two kinds in one column: each value goes where its shape belongs"),
        "values": _("Its values belong to this field"),
        "wide": _("One column for each kind of goods: a line each"),
        "weekday": _("Dates; order by the weekday beside them"),
    }
    said = entry.why if entry else ""
    if said == "kinds" and entry and entry.split == "kinds":
        return words[said]

    if said and said not in words:
        return _(said)
    if view.dates.order and entry and entry.order == view.dates.order and said != "weekday":
        proven = max(view.dates.dmy, view.dates.mdy)
        return _("%(count)s dates prove the order, none contradicts") % {"count": number(proven)}
    if all(view.marks):
        return _("%(commas)s with a decimal comma, %(points)s with a point: what could be either waits") % {
            "commas": number(view.marks[0]), "points": number(view.marks[1])
        }  # fmt: skip
    if choice.leaf.codelist and view.distinct and not (entry and entry.otherwise):
        known = view.distinct - view.opens
        return _("%(known)s of %(all)s values recognised") % {"known": number(known), "all": number(view.distinct)}
    return words.get(said, "")


def badge_of(view: ColumnView, choice: FieldChoice | None) -> dict[str, str]:
    """Say in a word how much of a column is sure: what is open, what is nominal, how much is filled."""
    if choice is None:
        return {"tone": "plain", "icon": "", "text": _("left out")}
    if view.opens:
        if choice.leaf.codelist:
            text = ngettext("%(count)s value", "%(count)s values", view.opens) % {"count": number(view.opens)}
        else:
            text = ngettext("%(count)s row", "%(count)s rows", view.opens_rows) % {"count": number(view.opens_rows)}
        return {"tone": "warning", "icon": "help-circle", "text": text}

    if view.is_nominal:
        return {"tone": "", "icon": "eye-off", "text": _("nominal")}
    return {"tone": "ok", "icon": "check", "text": number(view.filled)}
