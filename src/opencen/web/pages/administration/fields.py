"""National fields: what the country adds to a document while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from opencen.accounts.permissions import PERMISSIONS
from opencen.codelists.catalogue import list_names
from opencen.kernel.actor import Actor
from opencen.kernel.languages import LANGUAGES, collation
from opencen.records import fields
from opencen.records.effective import KINDS, effective_schema
from opencen.records.texts import write_field
from opencen.records.texts.writing import write_list_title
from opencen.records.types import domain_names
from opencen.web.actors import actor_in
from opencen.web.pages.administration.shared import back, perform, show
from opencen.web.places import PLACES

KIND_NAMES = {
    "text": gettext_lazy("Line of text"),
    "prose": gettext_lazy("Free text"),
    "decimal": gettext_lazy("Number with decimals"),
    "integer": gettext_lazy("Whole number"),
    "boolean": gettext_lazy("Yes or no"),
    "partial_date": gettext_lazy("Date, as precise as known"),
    "code": gettext_lazy("Code of a list"),
}
REQUIRED = (
    ("", gettext_lazy("No")),
    ("warning", gettext_lazy("Its absence asks for a reason")),
    ("error", gettext_lazy("Yes")),
)
TYPE_NAMES = {kind: place.title for kind, place in PLACES.items()} | {"investigation": gettext_lazy("Investigations")}


@require_http_methods(["GET", "POST"])
def fields_page(request: HttpRequest) -> HttpResponse:
    """List national fields; posted, add or retire one."""
    actor = actor_in(request)
    actor.require("fields:manage")
    problem = ""
    if request.method == "POST":
        _done, problem = perform(request, actor, _acts(request, actor))
        if not problem:
            return back("/administration/fields")
    places = {f"{name}:{path}" for name in domain_names() for path in ("", *effective_schema(name).layout.groups)}
    place = request.POST.get("place") or request.GET.get("place", "")
    context: dict[str, Any] = {
        **_place(place if place in places else next(iter(places), ""), actor),
        "documents": [_document(name, actor) for name in domain_names()],
        "kinds": [(name, KIND_NAMES[name]) for name in KINDS],
        "lists": _lists(actor.language),
        "problem": problem,
        "form": request.POST,
        "required": REQUIRED,
    }
    return show(request, actor, "fields", context)


def _lists(language: str) -> list[dict[str, str]]:
    """Name the code lists by their titles, in the order of the reader's alphabet."""
    named = [{"name": name, "title": write_list_title(name, language)} for name in list_names()]
    order = collation(language)
    return sorted(named, key=lambda row: order(row["title"]))


def _document(name: str, actor: Actor) -> dict[str, Any]:
    schema = effective_schema(name)
    groups = [(path, write_field(path, actor.language, name)) for path in schema.layout.groups]
    found = [
        {
            "info": info,
            "label": info.labels.get(actor.language, info.labels.get("en")),
            "kind": KIND_NAMES[info.kind],
            "list": write_list_title(info.codelist, actor.language) if info.codelist else "",
            "audience": gettext(PERMISSIONS.get(info.audience).label) if info.audience else "",
            "when": [_condition_text(part, name, info.group, actor.language) for part in info.condition],
        }
        for info in schema.national
    ]
    return {"name": name, "label": TYPE_NAMES.get(name, name), "fields": found, "groups": groups}


def _place(place: str, actor: Actor) -> dict[str, Any]:
    """Return what a field at a place may stand behind, hang on and be seen by; nothing where no database runs."""
    if not place:
        return {}
    name, _sep, group = place.partition(":")
    layout = effective_schema(name).layout
    found = layout.groups.get(group)
    lines = found.fields if found else [line for section in layout.sections for line in section.fields]
    reach = [(path, _label_in_reach(path, name, group, actor.language)) for path in fields.paths_in_reach(name, group)]
    order = collation(actor.language)
    return {
        "place": place,
        "neighbours": [(line.path, write_field(_within(group, line.path), actor.language, name)) for line in lines],
        "reach": sorted(reach, key=lambda entry: order(entry[1])),
        "audiences": [(found.code, gettext(found.label)) for found in PERMISSIONS if found.code.startswith(f"{name}:")],
    }


def _within(group: str, path: str) -> str:
    return f"{group}.{path}" if group else path


def _label_in_reach(path: str, name: str, group: str, language: str) -> str:
    """Return a leaf's label: that of the innermost group that has it."""
    return write_field(fields.nearest(name, group, path), language, name)


def _condition_text(part: Mapping[str, Any], name: str, group: str, language: str) -> str:
    """Say when a field is asked."""
    label = _label_in_reach(part["path"], name, group, language)
    if "present" in part:
        answered = gettext("{field} is answered") if part["present"] else gettext("{field} is not answered")
        return answered.format(field=label)
    values = ", ".join(part.get("is") or part["under"])
    text = gettext("{field} is {values}") if "is" in part else gettext("{field} is {values} or below")
    return text.format(field=label, values=values)


def _condition(form: Any) -> list[dict[str, Any]]:
    """Read the condition of the form: a field, how it is compared, and the values, parted by commas."""
    path, how = form.get("when_field", ""), form.get("when_how", "")
    if not path:
        return []
    if how in ("present", "absent"):
        return [{"path": path, "present": how == "present"}]
    values = [part.strip() for part in form.get("when_values", "").split(",")]
    return [{"path": path, how or "is": [value for value in values if value]}]


def _acts(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    form = request.POST
    kind, _sep, group = form.get("place", "").partition(":")
    labels = {language: form.get(f"label_{language}", "").strip()[:200] for language in LANGUAGES}
    field = fields.NewField(
        type=kind,
        name=form.get("name", "").strip(),
        kind=form.get("kind", ""),
        labels={language: label for language, label in labels.items() if label},
        group=group,
        codelist=form.get("codelist", "") if form.get("kind") == "code" else "",
        nominal="nominal" in form,
        required=form.get("required", ""),
        hint=form.get("hint", "").strip()[:200],
        in_short_form="in_short_form" in form,
        after=form.get("after", ""),
        condition=_condition(form),
        audience=form.get("audience", ""),
    )
    return {
        "add": lambda: fields.add_field(actor, field=field),
        "restore": lambda: fields.restore_field(actor, type=kind, group=group, name=field.name),
        "retire": lambda: fields.retire_field(actor, type=kind, group=group, name=field.name),
    }
