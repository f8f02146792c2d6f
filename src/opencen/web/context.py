"""What every page's template knows: names, the rail, languages and colours."""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from opencen.accounts.queries import office_tree
from opencen.investigations.notices import count_notices
from opencen.investigations.queries import is_there
from opencen.kernel.actor import Actor
from opencen.kernel.languages import PSEUDO
from opencen.records.types import address_of, domain_names
from opencen.records.watches import queries as watches
from opencen.seizures.queries import reviewed_kinds
from opencen.web.places import PLACES

THEMES = ("light", "dark", "auto")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the shell its names, the rail's entries and the choices of language and colours."""
    actor: Actor | None = getattr(request, "actor", None)
    theme = request.COOKIES.get("opencen_theme", "auto")
    found: dict[str, Any] = {
        "node_name": settings.NODE_NAME,
        "theme": theme if theme in THEMES else "auto",
        "theme_url": "/theme",
        "language_url": "/language",
        "languages": [
            {"code": code, "name": name} for code, name in settings.LANGUAGES if code != PSEUDO or settings.DEBUG
        ],
    }
    if actor is None:
        return found
    office = office_tree().by_id.get(actor.office_id) if actor.office_id else None
    found |= {
        "actor": actor,
        "person": {"name": actor.name, "office": office.name if office else ""},
        "rail": rail_of(actor),
        "search_url": "/cases" if actor.may("case:read") and "case" in domain_names() else "",
        "notices_url": "/searches" if domain_names() else "",
        "notices_count": cache(partial(count_notices, actor)) if domain_names() else 0,
        "help_url": "/help",
        "components_url": "/components",
        "sign_out_url": "/sign-out",
        "account_url": "/account",
    }
    return found


def administers(actor: Actor) -> bool:
    """Tell whether any page of administration is open to an actor."""
    return (
        any(actor.may(f"{name}:manage") for name in ("accounts", "fields", "codelists"))
        or actor.may("log:read")
        or actor.may("watchlist:load")
    )


def rail_of(actor: Actor) -> list[dict[str, Any]]:
    """Return the places of the rail that exist for an actor on this installation."""
    names = domain_names()
    has_cases, has_controls = "case" in names, "control" in names
    is_reporting = actor.may("case:export") and actor.may("legal:read")
    places = [
        ("home", _("Home"), "home", "/", True),
        ("seizures", _("Seizures"), "package", "/cases", has_cases and actor.may("case:read")),
        ("controls", _("Checks"), "clipboard-check", "/controls", has_controls and actor.may("control:read")),
        *(
            (place.rail, place.title, place.icon, address_of(kind), kind in names and actor.may(f"{kind}:read"))
            for kind, place in PLACES.items()
            if kind in ("suspect", "company", "conveyance")
        ),
        ("watches", _("Watch entries"), "target", "/watches", watches.is_there() and actor.may("watch:read")),
        ("investigations", _("Investigations"), "folders", "/investigations", is_there(actor)),
        ("review", _("Review"), "checks", "/review", bool(reviewed_kinds(actor))),
        ("gallery", _("Gallery"), "photo", "/gallery", has_cases and actor.may("case:read")),
        ("custody", _("Custody"), "building-warehouse", "/custody", has_cases and actor.may("custody:read")),
        ("legal", _("Legal"), "scale", "/legal", has_cases and actor.may("legal:read") and actor.may("legal:record")),
        ("analysis", _("Analysis"), "chart-histogram", "/analysis", has_cases and actor.may("analysis:read")),
        ("quality", _("Quality"), "gauge", "/quality", has_cases and actor.may("analysis:read")),
        ("reporting", _("Reports"), "report", "/reports", has_cases and is_reporting),
        ("exchange", _("Exchange"), "arrows-exchange", "/exchange", actor.may("exchange:read")),
        ("import", _("Import"), "file-import", "/import", bool(names) and actor.may("import:run")),
        ("administration", _("Administration"), "settings", "/administration", administers(actor)),
    ]
    return [
        {"key": key, "label": label, "icon": icon, "url": url, "badge": ""}
        for key, label, icon, url, seen in places
        if seen
    ]
