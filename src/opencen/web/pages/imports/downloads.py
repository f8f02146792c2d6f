"""What leaves as a file to a signed-in user: the same workbook, an empty template, a list in any format."""

from __future__ import annotations

import io
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opencen.formats.exporting import write_template
from opencen.formats.handing_back import make_workbook
from opencen.formats.queries import batch_of
from opencen.formats.templates import write_section_template
from opencen.web.actors import actor_in

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
    section = request.GET.get("section", "")
    if section and kind == "case":
        write_section_template(actor_in(request), section=section, stream=stream)
    else:
        write_template(actor_in(request), kind=kind, stream=stream)
    return _attachment(stream.getvalue(), f"{_('template')}-{section or kind}.xlsx", XLSX)


def _attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=content_type)  # type: ignore[return-value]  # a FileResponse is a response
