"""Photos and documents: upload, and copies to look at."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File, Router
from ninja.files import UploadedFile

from opencen.api.answers.system import StoredMedia
from opencen.api.auth import caller
from opencen.kernel.uploads.content import MAX_BYTES
from opencen.records import media

router = Router()


@router.post("", response=StoredMedia, summary="Upload a photo or document")
def upload(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
    """Check and keep the original; the same file twice is kept once."""
    info = media.store_media(
        caller(request),
        content=file.read(MAX_BYTES + 1),
        filename=file.name or "",
        claimed_type=file.content_type or "",
    )
    return {
        "sha256": info.sha256,
        "kind": info.kind,
        "width": info.width,
        "height": info.height,
        "bytes": info.size,
        "taken_at": info.taken_at,
        "thumb": f"/media/{info.sha256}/thumb",
    }


@router.get("/{sha256}/{size}", summary="Look at a copy: thumb or display; or open the original")
def look(request: HttpRequest, sha256: str, size: str) -> HttpResponse:
    """Return a copy without metadata; the original goes to who may open it, and stands in the log."""
    actor = caller(request)
    is_original = size == "original"
    copy = media.open_original(actor, sha256=sha256) if is_original else media.open_derivative(actor, sha256, size)
    return HttpResponse(copy.content, content_type=copy.content_type, headers=media.SAFE_HEADERS)
