"""Lists as files: small ones at once, large ones by the worker with progress."""

from __future__ import annotations

import tempfile
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from opencen.formats.downloads import services
from opencen.formats.downloads.queries import list_downloads, open_download
from opencen.formats.exporting import export_listed, export_records, list_file, listed_ids
from opencen.formats.format import export_format
from opencen.kernel.clock import now
from opencen.records.types import database_at, domain
from opencen.web.actors import actor_in
from opencen.web.lists import read_request
from opencen.web.pages.cases import facets_of

IN_MEMORY = 4_000_000


@require_safe
def export_list(request: HttpRequest, place: str) -> HttpResponse:
    """Hand out what a list shows: `what=list` exactly as shown, else whole records."""
    kind = database_at(place)
    actor = actor_in(request)
    actor.require(f"{kind}:read")
    is_list, name = request.GET.get("what") == "list", request.GET.get("format", "")
    ids = listed_ids(actor, read_request(request.GET, kind, facets_of(kind)))
    stream = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer closes it when it was sent
    if is_list:
        columns = request.GET.getlist("col")
        export_listed(actor, kind=kind, record_ids=ids, columns=columns, format=name, stream=stream)  # type: ignore[arg-type]  # it is a binary stream
        chosen = list_file(name)
        extension, content_type = chosen.extension, chosen.content_type
    else:
        export_records(actor, kind=kind, record_ids=ids, format=name, stream=stream)  # type: ignore[arg-type]  # it is a binary stream
        whole = export_format(name, kind)
        extension, content_type = whole.extension, whole.content_type
    stream.seek(0)
    file_name = f"{place}-{now():%Y-%m-%d}.{extension}"
    return FileResponse(stream, as_attachment=True, filename=file_name, content_type=content_type)  # type: ignore[return-value]  # a FileResponse is a response


@require_safe
def downloads_page(request: HttpRequest) -> HttpResponse:
    """List one's downloads with their progress; asked by the page itself, only the list."""
    found = list_downloads(actor_in(request))
    context = {"rail_active": "", "downloads": found, "goes_on": any(view.is_going_on for view in found)}
    whole = not getattr(request, "htmx", False)
    return render(request, "records/downloads.html" if whole else "records/downloads_part.html", context)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the worker for a download."""
    form = request.POST
    domain(form.get("kind", ""))
    services.ask_download(
        actor_in(request),
        kind=form.get("kind", ""),
        query=form.get("query", ""),
        format=form.get("format", ""),
        what=form.get("what", "list"),
    )
    return HttpResponseRedirect("/downloads")


@require_POST
def cancel(request: HttpRequest, download_id: UUID) -> HttpResponse:
    """Cancel a download that is not done yet."""
    services.cancel_download(actor_in(request), download_id=download_id)
    return HttpResponseRedirect("/downloads")


@require_safe
def fetch(request: HttpRequest, download_id: UUID) -> HttpResponse:
    """Hand out a finished download to its owner."""
    _view, path, name, content_type = open_download(actor_in(request), download_id)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=content_type)  # type: ignore[return-value]  # a FileResponse is a response
