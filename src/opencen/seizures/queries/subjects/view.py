"""One subject as its page shows it. Reading it is an act, and stands in the log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound
from opencen.kernel.partial_dates import PartialDate
from opencen.log.service import record_act, service
from opencen.records.conditions import asked_fields, completeness
from opencen.records.documents import reasons_of
from opencen.records.effective import effective_schema
from opencen.records.events import CANCELLED, NOMINAL_READ, RETURNED
from opencen.records.lock import is_listed, visible_to
from opencen.records.models import Record, Revision
from opencen.records.showing import show_revision
from opencen.records.texts import write_code, write_path
from opencen.records.titles import head_summary
from opencen.seizures.queries.cases import Names, case_head, kept_findings, media_views, note_views, view_findings
from opencen.seizures.queries.history import change_views, subject_revisions, timeline_of
from opencen.seizures.queries.shapes import Comparison, MissingView, TimelineEntry
from opencen.seizures.queries.subjects.facts import (
    entry_views,
    identity_facts,
    keeping_facts,
    linked_ids,
    part_views,
    sighting_views,
)
from opencen.seizures.queries.subjects.shapes import SubjectView

Document = dict[str, Any]
NOTING = frozenset({RETURNED.name, CANCELLED.name})
"""The acts that leave a reviewer's words with a record; where none was done, none are looked for."""
NUMBERED = {"suspect": ("documents", "identity_document"), "company": ("registrations", "registration_kind")}


def find_subject(actor: Actor, kind: str, record_id: UUID) -> Record:
    """Return a subject's head through the lock, or raise NotFound."""
    effective_schema(kind)
    record = visible_to(actor).filter(pk=record_id, type=kind).first()
    if record is None:
        raise NotFound("record.not_found")
    return record


def get_subject(actor: Actor, kind: str, record_id: UUID) -> SubjectView:
    """Return everything a subject's page shows; that a person read it is logged."""
    record = find_subject(actor, kind, record_id)
    revision = Revision.objects.get(record_id=record.id, number=record.revision)
    return _read(actor, record, revision, Names())


def subject_with_timeline(actor: Actor, kind: str, record_id: UUID) -> tuple[Record, SubjectView, list[TimelineEntry]]:
    """Return a subject's page with its history, reading its revisions and the names of users once."""
    rows = subject_revisions(actor, kind, record_id)
    names, entries = timeline_of(actor, rows)
    record = rows[-1].record
    has_notes = is_listed(record) or any(entry.act in NOTING for entry in entries)
    return record, _read(actor, record, rows[-1], names, has_notes=has_notes), entries


@service("*:read")
def log_subject_read(actor: Actor, *, record: Record) -> None:
    """Note that a person read a record about somebody."""
    record_act(NOMINAL_READ, record.type, record.id, revision=record.revision)


def compare_subject(actor: Actor, kind: str, record_id: UUID, before: int, after: int) -> Comparison:
    """Return what differs between any two revisions of a subject."""
    record = find_subject(actor, kind, record_id)
    rows = {row.number: row for row in Revision.objects.filter(record_id=record.id)}
    if before not in rows or after not in rows:
        raise NotFound("revision.unknown", revision=record.revision)
    if actor.kind == "user":
        log_subject_read(actor, record=record)
    first, second = (show_revision(actor, rows[number], kind) for number in (before, after))
    head = case_head(record, show_revision(actor, rows[record.revision], kind), actor.language, Names(), is_held=False)
    changes = tuple(change_views(first, second, actor.language, kind))
    return Comparison(head, before, after, changes, tuple(sorted(rows)))


def _read(actor: Actor, record: Record, revision: Revision, names: Names, *, has_notes: bool = True) -> SubjectView:
    if actor.kind == "user":
        log_subject_read(actor, record=record)
    document, kind, language = show_revision(actor, revision, record.type), record.type, actor.language
    linked = linked_ids(kind, document)
    seen = {row.id: row for row in visible_to(actor).filter(pk__in=linked)} if linked else {}
    found = kept_findings(actor, record, revision, document) if revision.erased_at is None else []
    answers = completeness(asked_fields(document, effective_schema(kind).layout, short=document.get("form") != "full"))
    notes = note_views(record, document, language, names) if has_notes else ()
    names.want(record.author_id)
    number, label = _number(record, document, language)
    return SubjectView(
        head=case_head(record, document, language, names, is_held=False),
        document=document,
        other_name=str(head_summary(record).get("other") or ""),
        number=number,
        number_label=label,
        standing=document.get("standing") or "",
        flags=tuple(write_code("warning_flag", code, language) for code in document.get("flags", ())),
        patterns=tuple(write_code("fraud_pattern", code, language) for code in document.get("patterns", ())),
        facts=tuple(identity_facts(kind, document, language, [finding.path for finding in found])),
        parts=tuple(part_views(kind, document, seen, language)),
        entries=tuple(entry_views(document, seen, language)),
        sightings=tuple(sighting_views(document, language)),
        keeping=tuple(keeping_facts(kind, document, language)),
        review_due=_is_past(document.get("review_on")),
        is_ended=_is_past(document.get("expires_on")),
        media=media_views(actor, record, {"media": document.get("photos", [])}),
        notes=notes,
        findings=tuple(view_findings(found, document, reasons_of(revision), language, kind)),
        missing=tuple(MissingView(path, write_path(path, language, kind, document)) for path in answers.missing),
        answered=answers.answered,
        asked=answers.asked,
    )


def _number(record: Record, document: Document, language: str) -> tuple[str, str]:
    """Return the number that tells the subject from its namesakes, and what kind of number it is."""
    summary = head_summary(record)
    if record.type in NUMBERED:
        name, codes = NUMBERED[record.type]
        found: Document = next((one for one in document.get(name, ()) if one.get("number")), {})
        return found.get("number", ""), write_code(codes, found["kind"], language) if "kind" in found else ""
    field = str(summary.get("number_kind") or "")
    return str(summary.get("number") or ""), write_path(field, language, record.type) if field else ""


def _is_past(stated: str | None) -> bool:
    return bool(stated) and PartialDate.parse(stated or "").last_day() < now().date()
