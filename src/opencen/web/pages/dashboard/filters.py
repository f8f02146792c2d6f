"""The filter bar of the dashboard: every choice a link that reopens the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opencen.accounts.queries import office_tree
from opencen.analysis.labels import label_code, label_office
from opencen.analysis.measures.selection import EMPTY, STATES, TIMES, VALIDATED, Selection, add_months, write_month
from opencen.analysis.queries import filter_dimension
from opencen.codelists.catalogue import get_list
from opencen.codelists.packaged import PACKAGED
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.languages import collation, comma
from opencen.web.pages.dashboard.links import PAGE, page_url
from opencen.web.pages.dashboard.words import period_text
from opencen.web.templatetags.formatting import number

MORE = ("location_type", "direction", "detection_method", "concealment", "mode", "e_commerce", "form")
UNKEPT = ("from", "to", PAGE)
View = Mapping[str, str]


def filter_bar(actor: Actor, chosen: Selection, view: View, address: str = "") -> dict[str, Any]:
    """Gather the menus and chips of the bar; they reopen the page at an address, else the dashboard."""
    view = {**view, PAGE: address}
    return {
        "period": period_text(chosen, short=True),
        "periods": _periods(chosen, view),
        "since": write_month(chosen.since) if chosen.since else "",
        "until": write_month(chosen.until) if chosen.until else "",
        "hidden": _hidden(chosen, view),
        "office": _office_text(actor, chosen),
        "offices": _offices(actor, chosen, view),
        "section": _section_text(actor, chosen),
        "sections": _sections(actor, chosen, view),
        "time": _time_words()[chosen.time],
        "times": [
            {"label": label, "url": page_url(replace(chosen, time=time), view), "on": time == chosen.time}
            for time, label in ((time, _time_words()[time]) for time in TIMES)
        ],
        "is_validated": chosen.states == VALIDATED,
        "all_states_url": page_url(replace(chosen, states=STATES), view),
        "validated_url": page_url(replace(chosen, states=VALIDATED), view),
        "chips": _chips(actor, chosen, view),
        "more": [_more(name, actor) for name in MORE if not chosen.codes(name)],
    }


def _hidden(chosen: Selection, view: View) -> list[tuple[str, str]]:
    """Return what a form of the bar keeps as it is."""
    return [(name, value) for name, value in [*chosen.to_query(), *view.items()] if value and name not in UNKEPT]


def _time_words() -> dict[str, str]:
    return {"occurred": _("Date found"), "reported": _("Date reported"), "validated": _("Date validated")}


def _periods(chosen: Selection, view: View) -> list[dict[str, Any]]:
    month = now().date().replace(day=1)
    spans: list[tuple[str, date, date]] = [
        (_("This year"), date(month.year, 1, 1), month),
        (_("Last year"), date(month.year - 1, 1, 1), date(month.year - 1, 12, 1)),
        (_("Last 12 months"), add_months(month, -11), month),
        (_("Last 3 months"), add_months(month, -2), month),
    ]
    every = {
        "label": _("All time"),
        "url": page_url(replace(chosen, since=None, until=None), view),
        "on": chosen.since is None and chosen.until is None,
    }
    return [
        *(
            {
                "label": label,
                "url": page_url(replace(chosen, since=since, until=until), view),
                "on": (chosen.since, chosen.until) == (since, until),
            }
            for label, since, until in spans
        ),
        every,
    ]


def _office_text(actor: Actor, chosen: Selection) -> str:
    if chosen.offices:
        return comma(actor.language).join(label_office(code) for code in chosen.offices[:2])
    tree = office_tree()
    seen = [office for office in tree.by_id.values() if actor.office_ids is None or office.id in actor.office_ids]
    count = sum(office.kind == "office" for office in seen)
    return ngettext("%(count)s office", "All %(count)s offices", count) % {"count": number(count)}


def _offices(actor: Actor, chosen: Selection, view: View) -> list[dict[str, Any]]:
    offices = sorted(office_tree().by_id.values(), key=lambda office: office.path)
    seen = [office for office in offices if actor.office_ids is None or office.id in actor.office_ids]
    choices = [
        {
            "label": office.name,
            "depth": office.path.count("/"),
            "url": page_url(replace(chosen, offices=(office.code,)), view),
            "on": office.code in chosen.offices,
        }
        for office in seen
    ]
    everything = {
        "label": _("All offices"),
        "depth": 0,
        "url": page_url(replace(chosen, offices=()), view),
        "on": not chosen.offices,
    }
    return [everything, *choices]


def _section_text(actor: Actor, chosen: Selection) -> str:
    codes = chosen.codes("commodity")
    parts = [_label("commodity", code, actor.language) for code in codes]
    return comma(actor.language).join(parts) or _("All sections")


def _sections(actor: Actor, chosen: Selection, view: View) -> list[dict[str, Any]]:
    tops = get_list("commodity").children()
    choices = [
        {
            "label": label_code("commodity", code, actor.language),
            "url": page_url(chosen.with_filter("commodity", code), view),
            "on": code in chosen.codes("commodity"),
        }
        for code in tops
        if ":" not in code
    ]
    everything = {
        "label": _("All sections"),
        "url": page_url(chosen.with_filter("commodity"), view),
        "on": not chosen.codes("commodity"),
    }
    return [everything, *choices]


def _chips(actor: Actor, chosen: Selection, view: View) -> list[dict[str, str]]:
    chips = []
    for name, codes in chosen.filters:
        if name == "commodity":
            continue
        found = filter_dimension(name)
        values = comma(actor.language).join(_label(found.codelist, code, actor.language) for code in codes)
        url = page_url(chosen.with_filter(name), view)
        chips.append({"label": str(found.label), "value": values, "remove_url": url})
    return chips


def _more(name: str, actor: Actor) -> dict[str, Any]:
    """Make the choices of one further filter, the top of its list."""
    found = filter_dimension(name)
    codes = get_list(found.codelist)
    options = [{"code": code, "label": codes.label(code, actor.language)} for code in codes.children()]
    if found.codelist in PACKAGED:  # kept by its codes, which say nothing to a reader
        order = collation(actor.language)
        options.sort(key=lambda option: order(option["label"]))
    return {"name": name, "label": found.label, "options": [*options, {"code": EMPTY, "label": _("Empty")}]}


def _label(codelist: str, code: str, language: str) -> str:
    return _("Empty") if code == EMPTY else label_code(codelist, code, language)
