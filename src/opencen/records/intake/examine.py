"""The stages before storing: whose? readable? mergeable? plausible? They only read, and run before the write lock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from opencen.accounts.queries import office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.records.checking import (
    Checked,
    check_leaves,
    missing_answers,
    parse_document,
    run_rules,
)
from opencen.records.conditions import asked_fields
from opencen.records.documents import content_digest, documents_of, load_revision, upgrade
from opencen.records.effective import effective_schema, schema_for
from opencen.records.findings import Batch, Finding, FindingContext, unanswered_warnings
from opencen.records.intake.submission import SubmissionIn
from opencen.records.intake.work import Work, head_of
from opencen.records.linking import check_links
from opencen.records.lock import LISTED, is_own, lock_terms
from opencen.records.merge import merge_documents
from opencen.records.models import Record, Revision
from opencen.records.paths import walk_leaves
from opencen.records.permissions import LOAD_LISTS
from opencen.records.showing import hidden_from, keep_hidden
from opencen.records.types import domain


def prepare(submissions: Sequence[SubmissionIn]) -> list[Work]:
    """Look up what the batch needs, a few queries for all of it."""
    works = []
    for given in submissions:
        digest = content_digest(given.type, given.document, given.base_revision)
        works.append(Work(given, domain(given.type), effective_schema(given.type), digest))
    records = Record.objects.in_bulk([work.given.id for work in works])
    for work in works:
        work.record = records.get(work.given.id)
        work.head = head_of(work.record)
    known = [work for work in works if work.record is not None]
    _load_documents(known)
    return works


def _load_documents(works: list[Work]) -> None:
    by_type: dict[str, list[tuple[UUID, int]]] = {}
    for work in works:
        assert work.record is not None
        if work.record.type == work.given.type:
            by_type.setdefault(work.given.type, []).append((work.record.id, work.record.revision))
    current = {key: value for kind, wanted in by_type.items() for key, value in documents_of(kind, wanted).items()}
    for work in works:
        work.current_document = current.get(work.given.id, {})


def examine(actor: Actor, works: Sequence[Work], *, is_dry: bool) -> None:
    """Run the stages until one of them decides; the last looks other records up for the whole batch at once."""
    for permission in {f"{work.given.type}:record" for work in works}:
        actor.require(permission)
    if any(work.given.origin for work in works):
        actor.require(LOAD_LISTS)
    for stage in (_admit, _read, _merge):
        for work in works:
            if work.outcome is None:
                stage(actor, work, is_dry)
    batches = {
        name: Batch(tuple(work.model for work in works if work.given.type == name and work.outcome is None))
        for name in {work.given.type for work in works}
    }
    for work in works:
        if work.outcome is None:
            _judge(actor, work, batches[work.given.type], is_dry)


def _admit(actor: Actor, work: Work, is_dry: bool) -> None:
    """Refuse what this actor may not revise; a record one may not see answers like one that is not there."""
    given, record = work.given, work.record
    if record is None:
        if given.base_revision is not None:
            work.refuse("record.not_found")
        return
    seen = lock_terms(actor).admits(record.type, record.office_id, record.sensitivity, record.compartment_id)
    if not seen or record.type != given.type:
        work.record = None
        work.current_document = {}
        work.refuse("record.not_found")
    elif record.origin != given.origin and (given.origin or not is_own(record)):
        work.refuse("record.not_ours", origin=record.origin)
    elif given.base_revision is None:
        work.refuse("record.exists")
    elif not 1 <= given.base_revision <= record.revision:
        work.refuse("revision.unknown", revision=record.revision)


def _read(actor: Actor, work: Work, is_dry: bool) -> None:
    version = work.given.schema_version
    newest = work.domain.document.version
    raw: Any = work.given.document
    if version is not None and not 1 <= version <= newest:
        work.refuse("schema.newer", version=version, newest=newest)
        return
    if version is not None and version < newest:
        raw = upgrade(raw, work.given.type, version)
    work.hidden = hidden_from(actor, work.given.type)
    schema = schema_for(actor, work.given.type) if work.hidden else work.schema
    _take(work, parse_document(raw, schema))


def _take(work: Work, checked: Checked) -> None:
    work.findings.extend(checked.findings)
    work.document, work.model = checked.document, checked.model
    if checked.has_errors:
        work.outcome = "refused"


def _merge(actor: Actor, work: Work, is_dry: bool) -> None:
    """Bring a statement that grew from an older revision together with what came since.

    A cancelled record takes no change; stating it as it is, as one's own export does, is none.
    """
    record, base = work.record, work.given.base_revision
    if record is None or base is None or base == record.revision:
        work.base_document = work.current_document
        _keep_hidden(work)
    elif record.state == "cancelled":
        work.refuse("record.cancelled")
        return
    else:
        row = Revision.objects.get(record_id=record.id, number=base)
        work.base_document = load_revision(row, record.type)
        _keep_hidden(work)
        merge = merge_documents(work.base_document, work.current_document, work.document, work.schema.tree)
        if merge.conflicts:
            work.conflicts = tuple(merge.conflicts)
            work.findings.extend(Finding("merge.conflict", "error", path) for path in merge.conflicts)
            work.outcome = "conflict"
            return
        work.was_merged = True
        _take(work, parse_document(merge.document, work.schema))
    if record is not None and work.outcome is None and work.document == work.current_document:
        work.outcome = "unchanged"
    elif record is not None and work.outcome is None and record.state == "cancelled":
        work.refuse("record.cancelled")


def _keep_hidden(work: Work) -> None:
    """Leave what the author may not see as it was."""
    if work.hidden and work.base_document:
        kept = keep_hidden(work.document, work.base_document, work.schema.tree, work.hidden)
        _take(work, parse_document(kept, work.schema))


def _judge(actor: Actor, work: Work, batch: Batch, is_dry: bool) -> None:
    """Run codes, office, the form's questions and the domain's rules; decide by the findings."""
    on = work.domain.event_date(work.document)
    work.leaves = walk_leaves(work.document, work.schema.tree)
    work.findings.extend(check_leaves(work.document, work.current_document, work.schema, on, work.leaves))
    work.findings.extend(check_links(actor, work.leaves, work.current_document, work.schema.tree))
    if work.given.origin:
        # A published list is taken as it stands: its shape, codes and numbers are checked, nobody is asked for more.
        work.office_id = LISTED
        return
    work.findings.extend(_check_office(actor, work))
    level = "warning" if work.given.mode == "historical" else "error"
    work.asked = list(asked_fields(work.document, work.schema.layout, short=True))
    work.findings.extend(missing_answers(work.asked, level))
    context = FindingContext(actor, str(work.given.id), on, now(), is_dry, batch)
    checked = Checked(work.document, work.model)
    work.findings.extend(run_rules(checked, work.domain, context))
    is_refused = any(found.level == "error" for found in work.findings)
    open_warnings = unanswered_warnings(work.findings, work.given.reasons, work.given.mode)
    if is_refused or open_warnings:
        work.outcome = "refused"


def _check_office(actor: Actor, work: Work) -> list[Finding]:
    """Find the office whose record it is, and whether the actor records for it."""
    code = work.document.get("office")
    office = office_tree().by_code.get(code) if code else office_tree().by_id.get(actor.office_id or UUID(int=0))
    if office is None:
        return [] if code else [Finding("field.missing", "error", "office")]
    if actor.office_ids is not None and office.id not in actor.office_ids:
        return [Finding("office.not_yours", "error", "office", {"value": office.code})]
    work.office_id = office.id
    return []
