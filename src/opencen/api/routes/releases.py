"""Releases of a record: what would leave, the click that lets it leave, and who holds which revision now."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from opencen.api.answers.records import PreviewAnswer, SentAnswer
from opencen.api.auth import caller
from opencen.api.pages import plain
from opencen.api.shapes import RevisionBody
from opencen.exchange.partners import hub
from opencen.kernel.errors import Conflict
from opencen.records import queries
from opencen.release.narrative import Narrative, span_key
from opencen.release.queries import ReleaseStatus, release_status
from opencen.release.services import Choices, Preview, preview, release_record

router = Router()


class PreviewBody(Schema):
    """What a person decided: the free text, each flag in it, photos, and ages that are left out."""

    profile: str = Field("global_cen", max_length=32)
    recipient: str = Field("", max_length=32, description="A partner node; empty for the hub.")
    with_narrative: bool = False
    decisions: dict[str, Literal["keep", "replace"]] = Field(default_factory=dict, max_length=500)
    photos: list[str] = Field(default_factory=list, max_length=200)
    without_age: list[str] = Field(default_factory=list, max_length=500)

    def choices(self) -> Choices:
        """Return the choices."""
        return Choices(self.with_narrative, self.decisions, tuple(self.photos), tuple(self.without_age))


class ReleaseBody(PreviewBody, RevisionBody):
    """What was decided, about the revision that was previewed."""


@router.get(
    "/{type}/{uuid:record_id}/releases", response=ReleaseStatus, summary="Say who holds which revision of a record"
)
def list_releases(request: HttpRequest, type: str, record_id: UUID) -> dict[str, Any]:
    """Return the newest release for each recipient with its receipt, and uploads by hand."""
    actor = caller(request)
    record = queries.get_record(actor, type, record_id)
    found: dict[str, Any] = plain(release_status(actor, record.id))
    return found


@router.post(
    "/{type}/{uuid:record_id}/releases/preview", response=PreviewAnswer, summary="Show what would leave; nothing does"
)
def preview_release(request: HttpRequest, type: str, record_id: UUID, body: PreviewBody) -> dict[str, Any]:
    """Return each field as it stays and as it would go, flags in free text, and what stands against it."""
    actor = caller(request)
    record = queries.get_record(actor, type, record_id)
    actor.require("case:release")
    made = preview(
        actor, record_id=record.id, profile=body.profile, recipient=_recipient(body, False), choices=body.choices()
    )
    return _preview_json(made)


@router.post("/{type}/{uuid:record_id}/releases", response=SentAnswer, summary="Let the previewed revision leave")
def send_release(request: HttpRequest, type: str, record_id: UUID, body: ReleaseBody) -> dict[str, Any]:
    """Release a record; its packet is made by the exchange."""
    actor = caller(request)
    record = queries.get_record(actor, type, record_id)
    actor.require("case:release")
    row = release_record(
        actor,
        record_id=record.id,
        revision=body.revision,
        profile=body.profile,
        recipient=_recipient(body, True),
        choices=body.choices(),
    )
    return {"id": row.id, "state": row.state, "recipient": row.recipient, "fields_sent": row.fields_sent}


def _recipient(body: PreviewBody, is_needed: bool) -> str:
    """Return the hub: a partner of another kind takes nothing by this profile yet."""
    found = hub()
    if found is not None and body.recipient in ("", found.node):
        return found.node
    if is_needed:
        raise Conflict("release.no_hub")
    return ""


def _preview_json(made: Preview) -> dict[str, Any]:
    return {
        "revision": made.record.revision,
        "profile": made.profile.name,
        "may_go": made.may_go,
        "problems": made.problems,
        "held_until": made.hold.until if made.hold else None,
        "document": made.compiled.document,
        "fields": [{"path": r.path, "stays": r.stays, "goes": r.goes, "how": r.how} for r in made.compiled.rows],
        "narrative": _narrative_json(made.narrative),
        "photos": [{"id": p["id"], "releasable": bool(p.get("releasable")), "goes": p["goes"]} for p in made.photos],
        "recognisable": [plain(found) for found in made.recognisable],
    }


def _narrative_json(narrative: Narrative | None) -> dict[str, Any] | None:
    if narrative is None:
        return None
    flags = [
        {"key": span_key(span), "text": span.text, "kind": span.kind, "start": span.start, "end": span.end}
        for span in narrative.spans
    ]
    return {"written": narrative.written, "goes": narrative.goes, "flags": flags}
