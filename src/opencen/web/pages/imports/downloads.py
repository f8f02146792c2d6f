"""What leaves as a file to a signed-in user: the same workbook, an empty template, a list in any format."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opencen.formats.exporting import export_records, listed_ids, write_template
from opencen.formats.format import export_format
from opencen.formats.handing_back import make_workbook
from opencen.formats.queries import batch_of
from opencen.kernel.clock import now
from opencen.web.actors import actor_in
from opencen.web.lists import read_request
from opencen.web.pages.cases import facets_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def workbook(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Hand the same workbook back, with red cells and reasons."""
    actor = actor_in(request)
    stem = batch_of(actor, batch_id).file_name.rpartition(".")[0] or "import"
    content = make_workbook(actor, batch_id=batch_id)
    return _attachment(content, f"{stem}-{_('checked')}.xlsx", XLSX)


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out an empty workbook of a type, with drop-downs."""
    stream = io.BytesIO()
    write_template(actor_in(request), kind=kind, stream=stream)
    return _attachment(stream.getvalue(), f"{_('template')}-{kind}.xlsx", XLSX)


@require_safe
def export_list(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out what a list shows, in the format asked for."""
    actor = actor_in(request)
    chosen = export_format(request.GET.get("format", ""), kind)
    asked = read_request(request.GET, kind, facets_of(kind))
    stream = io.BytesIO()
    ids = listed_ids(actor, asked)
    export_records(actor, kind=kind, record_ids=ids, format=chosen.name, stream=stream)
    name = f"{kind}s-{now():%Y-%m-%d}.{chosen.extension}"
    return _attachment(stream.getvalue(), name, chosen.content_type)


def _attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=content_type)  # type: ignore[return-value]  # a FileResponse is a response
