"""What the pages of administration share: their places, words for roles, and how a form is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Forbidden, Invalid, NotFound, OpenCenError
from opencen.records.texts import error_text
from opencen.records.types import domain_names
from opencen.seizures.custody.permissions import CONFIGURE

ROLE_NAMES = {
    "officer": gettext_lazy("Officer"),
    "validator": gettext_lazy("Validator"),
    "national_contact_point": gettext_lazy("National Contact Point"),
    "analyst": gettext_lazy("Analyst"),
    "legal": gettext_lazy("Legal staff"),
    "investigator": gettext_lazy("Investigator"),
    "administrator": gettext_lazy("Administrator"),
    "auditor": gettext_lazy("Auditor"),
    "hub_operator": gettext_lazy("Hub operator"),
    "custodian": gettext_lazy("Custodian of exhibits"),
}
Acts = dict[str, Callable[[], Any]]


def places_of(actor: Actor) -> list[dict[str, str]]:
    """Return the places of administration that exist for an actor."""
    places = [
        ("overview", _("Overview"), "/administration", True),
        ("users", _("Users"), "/administration/users", actor.may("accounts:manage")),
        ("offices", _("Offices"), "/administration/offices", actor.may("accounts:manage")),
        ("fields", _("National fields"), "/administration/fields", actor.may("fields:manage")),
        ("codelists", _("Code lists"), "/administration/codelists", actor.may("codelists:manage")),
        ("partners", _("Partner nodes"), "/administration/partners", actor.may("exchange:manage")),
        (
            "investigations",
            _("Investigations"),
            "/administration/investigations",
            actor.may("investigation:manage") and "investigation" in domain_names(),
        ),
        (
            "watchlists",
            _("Watchlists"),
            "/administration/watchlists",
            actor.may("watchlist:load") and {"suspect", "company", "conveyance"} <= set(domain_names()),
        ),
        (
            "clocks",
            _("Clocks and tolerances"),
            "/administration/custody",
            actor.may(CONFIGURE) and "case" in domain_names(),
        ),
        ("audit", _("Audit"), "/administration/audit", actor.may("log:read")),
    ]
    found = [{"key": key, "label": label, "url": url} for key, label, url, seen in places if seen]
    if len(found) == 1:
        raise Forbidden("permission.missing", permission="accounts:manage")
    return found


def show(request: HttpRequest, actor: Actor, place: str, context: dict[str, Any]) -> HttpResponse:
    """Show a page of administration."""
    status = 422 if context.get("problem") else 200
    shared = {"rail_active": "administration", "places": places_of(actor), "tab": place}
    template = f"administration/{context.pop('template', place)}.html"
    return render(request, template, {**shared, **context}, status=status)


def perform(request: HttpRequest, actor: Actor, acts: Acts) -> tuple[Any, str]:
    """Run the act that a form names; return what it gave, or the problem in words.

    What one may not do, and what is not there, is answered by the error page.
    """
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Invalid("request.invalid", path="act")
    try:
        return act(), ""
    except (Forbidden, NotFound):
        raise
    except OpenCenError as error:
        return None, error_text(error, actor.language)


def back(path: str) -> HttpResponse:
    """Lead back to a page after an act."""
    return HttpResponseRedirect(path)


def read_uuid(text: str, path: str) -> UUID:
    """Read an id from a form."""
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("request.invalid", path=path) from None
