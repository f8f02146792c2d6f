"""Offices: the tree that says whose records are whose."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from opencen.accounts import services
from opencen.accounts.queries import OfficeInfo
from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.languages import LANGUAGES
from opencen.web.actors import actor_in
from opencen.web.pages.administration.shared import back, perform, read_uuid, show
from opencen.web.pages.administration.users import offices_in_order


@require_http_methods(["GET", "POST"])
def offices_page(request: HttpRequest) -> HttpResponse:
    """Show the tree; posted, add an office."""
    actor = actor_in(request)
    actor.require("accounts:manage")
    problem = ""
    if request.method == "POST":
        acts = {"add": lambda: services.add_office(actor, office=_read(request)), "name": lambda: _name(request, actor)}
        _made, problem = perform(request, actor, acts)
        if not problem:
            return back("/administration/offices")
    locations = get_list("location_type")
    context: dict[str, Any] = {
        "offices": [{**row, "labels": _named(row["info"])} for row in offices_in_order()],
        "locations": [(code, locations.label(code, actor.language)) for code in locations.codes],
        "languages": [(code, name) for code, name in settings.LANGUAGES if code in LANGUAGES],
        "problem": problem,
        "form": request.POST,
    }
    return show(request, actor, "offices", context)


def _read(request: HttpRequest) -> services.NewOffice:
    form = request.POST
    parent = form.get("parent", "")
    return services.NewOffice(
        code=form.get("code", "").strip(),
        name=form.get("name", "").strip(),
        country=settings.NODE_COUNTRY,
        parent=read_uuid(parent, "parent") if parent else None,
        location_type=form.get("location_type", ""),
        place=form.get("place", "").strip(),
        time_zone=form.get("time_zone", "").strip() or "UTC",
        labels=_labels(request),
    )


def _name(request: HttpRequest, actor: Actor) -> Any:
    office_id = read_uuid(request.POST.get("office", ""), "office")
    return services.name_office(actor, office_id=office_id, name=request.POST.get("name", ""), labels=_labels(request))


def _named(office: OfficeInfo) -> list[tuple[str, str, str]]:
    """List the languages with the name that an office has in each."""
    held = dict(office.labels)
    return [(code, name, held.get(code, "")) for code, name in settings.LANGUAGES if code in LANGUAGES]


def _labels(request: HttpRequest) -> dict[str, str]:
    """Return the names in other languages that a form gives."""
    return {code: text for code in LANGUAGES if (text := request.POST.get(f"label_{code}", "").strip())}
