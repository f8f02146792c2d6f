"""Records of other nodes: theirs, read-only, kept at the newest revision that came, in whatever order it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from opencen.kernel.actor import Actor, system_actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid
from opencen.kernel.ids import uuid7
from opencen.log.service import nothing_done, record_act, service
from opencen.records.checking import parse_document
from opencen.records.documents import seal_parts, upgrade
from opencen.records.effective import effective_schema
from opencen.records.events import STORED
from opencen.records.media import store_media
from opencen.records.models import Record, Revision
from opencen.records.parts import split_document
from opencen.records.projection import index_rows, media_rows, project_head, replace_index, replace_media
from opencen.records.references import take_reference
from opencen.records.types import domain


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """One revision of a record that another node is the origin of."""

    origin: str
    type: str
    id: UUID
    revision: int
    schema_version: int
    document: dict[str, Any]
    office_id: UUID


@service("records:receive")
def store_foreign(actor: Actor, *, foreign: ForeignRecord, attachments: Mapping[str, bytes]) -> bool:
    """Keep a foreign revision; return False where a newer one is here already. Only the origin revises."""
    document = _read(foreign)
    record = Record.objects.filter(pk=foreign.id).select_for_update().first()
    if record is not None and record.origin != foreign.origin:
        raise Conflict("record.not_yours")
    if record is not None and record.revision >= foreign.revision:
        nothing_done()
        return False
    _keep_attachments(attachments)
    record = record or _new(actor, foreign)
    record.revision, record.changed_at, record.office_id = foreign.revision, now(), foreign.office_id
    record.validated_at, record.validated_revision = now(), foreign.revision
    found = domain(foreign.type)
    project_head(record, found, document, ())
    record.save()
    revision = _revision(actor, foreign, document)
    revision.save(force_insert=True)
    tree = effective_schema(foreign.type).tree
    replace_index([record.id], list(index_rows(record.id, document, tree)))
    replace_media([record.id], list(media_rows(record.id, document, found)))
    digest = f"{revision.public_digest[:32]}{revision.nominal_digest[:32]}"
    record_act(
        STORED, record.type, record.id, revision=foreign.revision, digest=digest,
        outcome="received", state="validated", office=str(foreign.office_id),
    )  # fmt: skip
    return True


def _keep_attachments(attachments: Mapping[str, bytes]) -> None:
    """Keep the photos that came, checked like any upload."""
    keeper = system_actor("media:upload")
    for sha256, content in attachments.items():
        if store_media(keeper, content=content, filename=f"{sha256}.jpg").sha256 != sha256:
            raise Invalid("packet.attachment", sha256=sha256)


def _read(foreign: ForeignRecord) -> dict[str, Any]:
    """Read a foreign document by our schema; a version we do not know is refused and says so."""
    newest = domain(foreign.type).document.version
    if foreign.schema_version > newest or foreign.schema_version < 1:
        raise Invalid("schema.newer", version=foreign.schema_version, newest=newest)
    if foreign.origin == settings.NODE_ID or foreign.id.int == 0 or foreign.revision < 1:
        raise Invalid("packet.subject")
    raw = upgrade(foreign.document, foreign.type, foreign.schema_version)
    checked = parse_document(raw, effective_schema(foreign.type))
    if checked.has_errors:
        raise Invalid("packet.document", path=checked.findings[0].path, finding=checked.findings[0].code)
    return checked.document


def _new(actor: Actor, foreign: ForeignRecord) -> Record:
    at = now()
    return Record(
        id=foreign.id,
        origin=foreign.origin,
        type=foreign.type,
        reference=take_reference(foreign.type, foreign.office_id, at.year),
        state="validated",
        revision=foreign.revision,
        office_id=foreign.office_id,
        author_id=actor.id,
        created_at=at,
        changed_at=at,
    )


def _revision(actor: Actor, foreign: ForeignRecord, document: dict[str, Any]) -> Revision:
    public, nominal = split_document(document, effective_schema(foreign.type).tree)
    public_text, nominal_text, key, public_digest, nominal_digest = seal_parts(public, {"document": nominal})
    return Revision(
        id=uuid7(),
        record_id=foreign.id,
        number=foreign.revision,
        author_id=actor.id,
        at=now(),
        submission_id=uuid7(),
        schema_version=domain(foreign.type).document.version,
        public=public_text,
        nominal=nominal_text,
        nominal_key=key,
        public_digest=public_digest,
        nominal_digest=nominal_digest,
    )
