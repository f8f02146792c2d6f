"""Overview: how this installation is, and where its settings are."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opencen import __version__
from opencen.accounts.auditing import log_state
from opencen.config.health import describe_database, describe_worker
from opencen.records.types import domain_names
from opencen.web.actors import actor_in
from opencen.web.pages.administration.shared import places_of, show
from opencen.web.places import place_of

STATES = {
    "ready": ("ok", "check"),
    "running": ("ok", "check"),
    "behind": ("warning", "alert-triangle"),
    "silent": ("warning", "alert-triangle"),
    "away": ("error", "x"),
    "failing": ("error", "x"),
}


def _words(state: str) -> str:
    words = {
        "ready": _("ready"),
        "running": _("running"),
        "behind": _("behind the program: migrate"),
        "silent": _("silent: is it running?"),
        "away": _("away"),
        "failing": _("failing: see its log"),
    }
    return words[state]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show version, health and the log's state."""
    actor = actor_in(request)
    places_of(actor)
    tiles = [
        {"label": label, "value": _words(state), "tone": STATES[state][0], "icon": STATES[state][1]}
        for label, state in ((_("Database"), describe_database()), (_("Worker"), describe_worker()))
    ]
    context = {
        "tiles": tiles,
        "log": log_state(actor) if actor.may("log:read") else None,
        "version": __version__,
        "node": {"id": settings.NODE_ID, "kind": settings.NODE_KIND, "name": settings.NODE_NAME},
        "databases": [place_of(name).title for name in domain_names()],
    }
    return show(request, actor, "overview", context)
