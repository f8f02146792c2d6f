"""One case as its page shows it. Reading it with its names is an act, and stands in the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import orjson

from opencen.accounts.queries import names_of, office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound
from opencen.log.service import record_act, service
from opencen.records.checking import Checked, check_leaves, codes_of_others, parse_document, run_rules
from opencen.records.conditions import asked_fields, completeness
from opencen.records.documents import reasons_of
from opencen.records.effective import effective_schema
from opencen.records.events import NOMINAL_READ
from opencen.records.findings import Finding, FindingContext
from opencen.records.links.queries import roles_of
from opencen.records.lock import is_own, visible_to
from opencen.records.media import media_of
from opencen.records.models import Hold, Record, ReviewNote, Revision
from opencen.records.showing import show_revision
from opencen.records.texts import (
    finding_text,
    suggestion_text,
    write_code,
    write_date,
    write_path,
)
from opencen.records.titles import head_summary, title_of
from opencen.records.types import domain
from opencen.seizures.geography import position_of
from opencen.seizures.permissions import READ_CASES
from opencen.seizures.queries.parties import conveyance_views, linked_parties, linked_records, party_views
from opencen.seizures.queries.parts import (
    distance_km,
    fact_rows,
    figures_text,
    leg_views,
    line_views,
)
from opencen.seizures.queries.shapes import (
    CaseHead,
    CaseView,
    FindingView,
    HoldView,
    MediaView,
    MissingView,
    NoteView,
    RelationView,
)
from opencen.seizures.titles import record_title


class Names:
    """Names of users, looked up together when the first is asked for."""

    def __init__(self) -> None:
        self._wanted: set[UUID] = set()
        self._known: dict[UUID, str] = {}

    def want(self, *user_ids: UUID) -> None:
        """Note who will be named."""
        self._wanted.update(user_ids)

    def of(self, user_id: UUID) -> str:
        """Return a user's name, or nothing."""
        if user_id not in self._known:
            missing = (self._wanted | {user_id}) - self._known.keys()
            self._known |= dict.fromkeys(missing, "") | names_of(missing)
        return self._known[user_id]


def find_case(actor: Actor, case_id: UUID) -> Record:
    """Return a case's head through the lock, or raise NotFound."""
    effective_schema("case")
    record = visible_to(actor).filter(pk=case_id, type="case").first()
    if record is None:
        raise NotFound("case.not_found")
    return record


def get_case(actor: Actor, case_id: UUID, *, is_logged: bool = True) -> CaseView:
    """Return everything a case's page shows; that a person read it is logged."""
    record = find_case(actor, case_id)
    revision = Revision.objects.get(record_id=record.id, number=record.revision)
    return view_case(actor, record, revision, is_logged=is_logged)


def view_case(
    actor: Actor,
    record: Record,
    revision: Revision,
    *,
    names: Names | None = None,
    is_doubted: bool = False,
    is_logged: bool = True,
) -> CaseView:
    """Show a case that was read through the lock, and log the reading.

    `is_doubted` runs every rule anew with what this reader may see; else only what was kept with a reason is shown.
    """
    if is_logged and actor.kind == "user":
        log_nominal_read(actor, record=record)
    document = show_revision(actor, revision, record.type)
    judge = present_findings if is_doubted else kept_findings
    return _view(actor, record, revision, document, judge(actor, record, revision, document), names or Names())


def kept_findings(actor: Actor, record: Record, revision: Revision, document: dict[str, Any]) -> list[Finding]:
    """Word the findings that the revision was stored with; where it has none, nothing is looked up."""
    kept = {f"{entry['code']}@{entry['path']}": entry for entry in orjson.loads(revision.findings)}
    if not kept:
        return []
    present = {found.key: found for found in present_findings(actor, record, revision, document)}
    of_others = codes_of_others(domain(record.type))
    return [
        present.get(key) or Finding(entry["code"], entry["level"], entry["path"])
        for key, entry in kept.items()
        if key in present or entry["code"] not in of_others
    ]


@service(READ_CASES)
def log_nominal_read(actor: Actor, *, record: Record) -> None:
    """Note that a person read a record with the names in it."""
    record_act(NOMINAL_READ, record.type, record.id, revision=record.revision)


def _view(
    actor: Actor,
    record: Record,
    revision: Revision,
    document: dict[str, Any],
    found: Sequence[Finding],
    names: Names,
) -> CaseView:
    language = actor.language
    holds, notes = hold_views(record, names), note_views(record, document, language, names)
    layout = effective_schema("case").layout
    answers = completeness(asked_fields(document, layout, short=document.get("form") != "full"))
    route = leg_views(document, language)
    is_held = any(hold.is_active for hold in holds)
    roles = roles_of(record.id)
    linked = linked_records(actor, document, (other for other, _role in roles))
    by_hand = linked_parties(document, roles, linked, language)
    return CaseView(
        head=case_head(record, document, language, names, is_held=is_held),
        document=document,
        facts=tuple(fact_rows(document, language)),
        figures=figures_text(document, language),
        lines=line_views(document, language),
        route=route,
        distance=distance_km([leg.position for leg in route]),
        found_at=position_of(document["place"]) if document.get("place") else None,
        parties=party_views(document, language, linked),
        conveyances=conveyance_views(document, language, linked),
        linked_people=tuple(party for party in by_hand if party.kind != "conveyance"),
        linked_conveyances=tuple(party for party in by_hand if party.kind == "conveyance"),
        media=media_views(actor, record, document),
        holds=holds,
        notes=notes,
        relations=relation_views(actor, document),
        findings=tuple(view_findings(_warnings(found), document, reasons_of(revision), language, record.type)),
        missing=tuple(MissingView(path, write_path(path, language, "case", document)) for path in answers.missing),
        answered=answers.answered,
        asked=answers.asked,
    )


def _warnings(found: Iterable[Finding]) -> list[Finding]:
    """Leave hints to who types."""
    return [finding for finding in found if finding.level == "warning"]


def case_head(record: Record, document: dict[str, Any], language: str, names: Names, *, is_held: bool) -> CaseHead:
    """Make a case's head, with its title from the summary that lists show too."""
    office = office_tree().by_id.get(record.office_id)
    return CaseHead(
        id=record.id,
        type=record.type,
        reference=record.reference or "",
        title=title_of(record.type, head_summary(record), language),
        state=record.state,
        state_label=write_code("case_state", record.state, language),
        is_held=is_held,
        kind=write_code("case_kind", record.kind, language) if record.type == "case" else record.kind,
        form=document.get("form") or "short",
        revision=record.revision,
        validated_revision=record.validated_revision,
        office=office.name if office else "",
        office_code=office.code if office else "",
        unit=document.get("unit") or "",
        author=names.of(record.author_id),
        created_at=record.created_at,
        changed_at=record.changed_at,
        validated_at=record.validated_at,
        quality=record.quality,
        warnings=record.warnings,
        origin=record.origin,
        is_own=is_own(record),
        batch=record.batch,
    )


def hold_views(record: Record, names: Names) -> tuple[HoldView, ...]:
    """Return a record's holds, the newest first."""
    rows = list(Hold.objects.filter(record_id=record.id).order_by("-set_at"))
    names.want(record.author_id, *(row.set_by for row in rows))
    return tuple(
        HoldView(
            row.id,
            row.kind,
            row.authority,
            row.reason,
            row.order_number,
            row.until,
            names.of(row.set_by),
            row.set_at,
            row.ended_at,
            row.ended_at is None and row.until > now(),
        )
        for row in rows
    )


def note_views(record: Record, document: dict[str, Any], language: str, names: Names) -> tuple[NoteView, ...]:
    """Return the reviewers' reasons, open ones first."""
    rows = list(ReviewNote.objects.filter(record_id=record.id).order_by("answered_by", "at"))
    names.want(*(row.author_id for row in rows))
    views = [
        NoteView(
            row.path,
            write_path(row.path, language, record.type, document) if row.path else "",
            row.text,
            names.of(row.author_id),
            row.at,
            row.revision,
            row.answered_by is None,
        )
        for row in rows
    ]
    return tuple(sorted(views, key=lambda view: not view.is_open))


def media_views(actor: Actor, record: Record, document: dict[str, Any]) -> tuple[MediaView, ...]:
    """Return what a case shows, the main photo first."""
    known = media_of(actor, record) if document.get("media") else {}
    language = actor.language
    views = []
    for item in document.get("media", ()):
        info = known.get(item.get("sha256") or "")
        views.append(
            MediaView(
                id=item["id"],
                sha256=item.get("sha256") or "",
                kind=item.get("kind") or "",
                kind_label=write_code("media_kind", item["kind"], language) if item.get("kind") else "",
                caption=item.get("caption") or "",
                taken_at=write_date(item["taken_at"], language) if item.get("taken_at") else "",
                is_releasable=bool(item.get("releasable")),
                is_main=bool(item.get("is_main")),
                has_preview=info is not None and info.has_preview,
                is_missing=info is None,
                width=info.width if info else 0,
                height=info.height if info else 0,
            )
        )
    return tuple(sorted(views, key=lambda view: not view.is_main))


def relation_views(actor: Actor, document: dict[str, Any]) -> tuple[RelationView, ...]:
    """Return the cases a case is related to; of one that this reader may not see, only what the document states."""
    relations: Sequence[dict[str, Any]] = document.get("relations", ())
    ids = [UUID(item["record"]) for item in relations if _is_id(item.get("record"))]
    seen = {str(record.id): record for record in visible_to(actor).filter(pk__in=ids)} if ids else {}
    views = []
    for item in relations:
        record = seen.get(item.get("record") or "")
        summary = orjson.loads(record.summary) if record else {}
        views.append(
            RelationView(
                id=item["id"],
                kind=item.get("kind") or "",
                kind_label=write_code("relation_kind", item["kind"], actor.language) if item.get("kind") else "",
                record_id=str(record.id) if record else "",
                reference=(record.reference or "") if record else "",
                title=record_title(record.type, summary, actor.language) if record else "",
                note=item.get("note") or "",
            )
        )
    return tuple(views)


def _is_id(text: str | None) -> bool:
    try:
        UUID(text or "")
    except ValueError:
        return False
    return True


def present_findings(actor: Actor, record: Record, revision: Revision, document: dict[str, Any]) -> list[Finding]:
    """Run every rule over a stored document as this reader, so that findings carry their data."""
    schema, found = effective_schema(record.type), domain(record.type)
    checked: Checked = parse_document(document, schema)
    if checked.model is None:
        return []
    on = found.event_date(document)
    context = FindingContext(actor, str(record.id), on, now(), is_dry=True)
    return [*check_leaves(document, {}, schema, on), *run_rules(checked, found, context)]


def view_findings(
    found: Iterable[Finding], document: dict[str, Any], reasons: dict[str, str], language: str, type: str
) -> Iterable[FindingView]:
    """Put findings into words, each with the reason that answers it."""
    for finding in found:
        offers = tuple(
            {"label": suggestion_text(offer, language, type), "patch": offer.patch, "marks": offer.marks}
            for offer in finding.suggestions
        )
        yield FindingView(
            code=finding.code,
            level=finding.level,
            path=finding.path,
            label=write_path(finding.path, language, type, document) if finding.path else "",
            text=finding_text(finding, language, type),
            reason=reasons.get(finding.key) or reasons.get(finding.code) or "",
            suggestions=offers,
        )
