"""National fields: what the country adds to a document while it runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

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
TYPE_NAMES = {kind: place.title for kind, place in PLACES.items()}


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
    context: dict[str, Any] = {
        "documents": [_document(name, actor) for name in domain_names()],
        "kinds": [(name, KIND_NAMES[name]) for name in KINDS],
        "lists": _lists(actor.language),
        "problem": problem,
        "form": request.POST,
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
        {"info": info, "label": info.labels.get(actor.language, info.labels.get("en")), "kind": KIND_NAMES[info.kind]}
        for info in schema.national
    ]
    return {"name": name, "label": TYPE_NAMES.get(name, name), "fields": found, "groups": groups}


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
    )
    return {
        "add": lambda: fields.add_field(actor, field=field),
        "retire": lambda: fields.retire_field(actor, type=kind, group=group, name=field.name),
    }
