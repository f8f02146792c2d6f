"""The page that carries the entry application."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_bidi
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from opencen.capture.messages import messages_in
from opencen.capture.worker import entry_files, write_worker
from opencen.records.queries import get_record
from opencen.records.types import domain
from opencen.web.actors import actor_in
from opencen.web.places import place_of
from opencen.web.templatetags.vite import build_url, read_manifest


@require_safe
@gzip_page
def new_entry(request: HttpRequest, kind: str) -> HttpResponse:
    """Open the entry application for a new record; an investigation begins on its own page, with its team."""
    if kind == "investigation":
        return HttpResponseRedirect("/investigations/new")
    return _show(request, kind, "")


@require_safe
@gzip_page
def edit_entry(request: HttpRequest, kind: str, record_id: UUID) -> HttpResponse:
    """Open the entry application for a record that one may see, or for a draft that only this device knows."""
    if "draft" not in request.GET:
        get_record(actor_in(request), kind, record_id)
    return _show(request, kind, str(record_id))


def _show(request: HttpRequest, kind: str, record_id: str) -> HttpResponse:
    actor = actor_in(request)
    domain(kind)
    actor.require(f"{kind}:record")
    context = {
        "rail_active": place_of(kind).rail,
        "kind": kind,
        "record_id": record_id,
        "language": actor.language,
        "csrf": get_token(request),
        "messages_json": messages_in(actor.language),
        "direction_rtl": get_language_bidi(),
        "asked_first": _asked_first(kind, "" if "draft" in request.GET else record_id),
    }
    return render(request, "capture/entry.html", context)


def _asked_first(kind: str, record_id: str) -> list[str]:
    """Return what the application asks at once, so that the browser asks it while the script is still on its way."""
    asked = ["/api/v1/capture/key", f"/api/v1/forms/{kind}"]
    return [*asked, f"/api/v1/records/{kind}/{record_id}"] if record_id else asked


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker of this build in the reader's language; it rules over every page of the site."""
    language = actor_in(request).language
    addresses = [build_url(file) for file in entry_files(read_manifest())]
    script = write_worker(addresses, f"/capture/shell/{language}", _shell_page(language))
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


@require_safe
def shell(request: HttpRequest, language: str) -> HttpResponse:
    """Show the page that a device keeps for when there is no line: the same for everybody, nobody's name on it."""
    return HttpResponse(_shell_page(language), headers={"Cache-Control": "no-cache"})


def _shell_page(language: str) -> bytes:
    known = language if language in dict(settings.LANGUAGES) else "en"
    with translation.override(known):
        context = {"language": known, "messages_json": messages_in(known), "theme": "auto"}
        return render_to_string("capture/shell.html", context).encode()
