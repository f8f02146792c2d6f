"""Acts upon watch entries: set, renew, end, report a hit, settle a review after a clearing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.records.lock import visible_to
from opencen.records.models import Record
from opencen.records.watches.events import (
    REVIEWED,
    WATCH_ENDED,
    WATCH_HIT,
    WATCH_RENEWED,
    WATCH_SET,
    WATCHES_PRINTED,
)
from opencen.records.watches.models import Hit, StandingReview, Watch
from opencen.records.watches.permissions import READ_WATCHES, REPORT_HITS, SET_WATCHES
from opencen.records.watches.queries import WATCHED, open_reviews, visible_watches

LONGEST = timedelta(days=366)
DECISIONS = ("keep", "erase")
CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class NewWatch:
    """What a person states of a watch entry."""

    action: str
    ends_at: datetime
    starts_at: datetime | None = None
    authority: str = ""
    order_number: str = ""
    places: str = ""
    instructions: str = ""
    contact: str = ""


@service(SET_WATCHES)
def set_watch(actor: Actor, *, record_id: UUID, watch: NewWatch) -> Watch:
    """Set a watch entry on a person, company or means of transport; a stop only on a named authority."""
    record = _subject(actor, record_id)
    for problem in problems_of(watch):
        raise problem
    starts_at = watch.starts_at or now()
    row = Watch.objects.create(
        reference=_take_reference(now().year),
        record_id=record.id,
        action=watch.action,
        authority=watch.authority.strip()[:200],
        order_number=watch.order_number.strip()[:80],
        starts_at=starts_at,
        ends_at=watch.ends_at,
        places=watch.places.strip()[:400],
        instructions=watch.instructions.strip()[:20_000],
        contact=watch.contact.strip()[:400],
        owner_id=actor.id,
        set_at=now(),
    )
    until = watch.ends_at.isoformat()
    record_act(WATCH_SET, record.type, record.id, watch=str(row.id), action=row.action, until=until)
    return row


def problems_of(watch: NewWatch) -> Iterator[Invalid]:
    """Yield all that stands against a new watch entry, so that a form can say it at once."""
    if not watch.action:
        yield Invalid("watch.action_missing", path="action")
    elif watch.action not in get_list("watch_action"):
        yield Invalid("watch.action_unknown", path="action", value=watch.action[:40])
    try:
        _check_period(watch.starts_at or now(), watch.ends_at)
    except Invalid as problem:
        yield problem
    if watch.action == "stop" and not watch.authority.strip():
        yield Invalid("watch.authority_missing", path="authority")


@service(SET_WATCHES)
def renew_watch(actor: Actor, *, watch_id: UUID, ends_at: datetime) -> Watch:
    """Let a watch entry last longer; who renews it is asked next time."""
    row = _in_force(actor, watch_id)
    _check_period(max(row.starts_at, now()), ends_at)
    row.ends_at, row.owner_id = ends_at, actor.id
    row.save(update_fields=["ends_at", "owner_id"])
    record_act(WATCH_RENEWED, row.record.type, row.record_id, watch=str(row.id), until=ends_at.isoformat())
    return row


@service(SET_WATCHES)
def end_watch(actor: Actor, *, watch_id: UUID, cause: str) -> Watch:
    """End a watch entry before its time, and say why."""
    row = _in_force(actor, watch_id)
    if not cause.strip():
        raise Invalid("field.missing", path="cause")
    row.ended_at, row.ended_by, row.end_cause = now(), actor.id, cause.strip()[:400]
    row.save(update_fields=["ended_at", "ended_by", "end_cause"])
    record_act(WATCH_ENDED, row.record.type, row.record_id, watch=str(row.id), cause="person")
    return row


@dataclass(frozen=True, slots=True)
class NewHit:
    """What a person reports of a hit."""

    outcome: str
    at: datetime
    place: str = ""
    note: str = ""
    case_id: UUID | None = None


@service(REPORT_HITS)
def report_hit(actor: Actor, *, watch_id: UUID, hit: NewHit) -> Hit:
    """Report that the subject was met and what came of it; also after the entry's end, if it was met before."""
    row = visible_watches(actor).filter(pk=watch_id).first()
    if row is None:
        raise NotFound("watch.not_found")
    if hit.outcome not in get_list("watch_outcome"):
        raise Invalid("watch.outcome_unknown", path="outcome", value=hit.outcome[:40])
    if hit.at > now() + timedelta(minutes=5):
        raise Invalid("watch.hit_in_the_future", path="at")
    if hit.at < row.starts_at - timedelta(days=1):
        raise Invalid("watch.hit_before_start", path="at")
    if hit.at > (row.ended_at or row.ends_at):
        raise Conflict("watch.ended")
    if hit.case_id is not None and not visible_to(actor).filter(pk=hit.case_id, type="case").exists():
        raise NotFound("record.not_found", path="case")
    found = Hit.objects.create(
        watch=row,
        at=hit.at,
        place=hit.place.strip()[:200],
        outcome=hit.outcome,
        note=hit.note.strip()[:20_000],
        case_id=hit.case_id,
        reported_by=actor.id,
        reported_at=now(),
    )
    hit_id, watched = str(found.id), row.record
    record_act(WATCH_HIT, watched.type, watched.id, watch=str(row.id), hit=hit_id, outcome=found.outcome)
    return found


@service(READ_WATCHES)
def note_printed(actor: Actor, *, count: int) -> None:
    """Log that the entries in force were taken away on paper."""
    record_act(WATCHES_PRINTED, "user", actor.id, count=count)


@service("account:own")
def settle_review(actor: Actor, *, review_id: UUID, decision: str, note: str = "") -> StandingReview:
    """Decide what becomes of a record whose subject was cleared: keep it for a stated reason, or have it erased."""
    row = open_reviews(actor).filter(pk=review_id).select_related("record").first()
    if row is None:
        raise NotFound("review.not_found")
    if decision not in DECISIONS:
        raise Invalid("review.decision_unknown", path="decision", value=decision[:40])
    if decision == "keep" and not note.strip():
        raise Invalid("field.missing", path="note")
    row.decision, row.note, row.decided_by, row.decided_at = decision, note.strip()[:2000], actor.id, now()
    row.save(update_fields=["decision", "note", "decided_by", "decided_at"])
    record_act(REVIEWED, row.record.type, row.record_id, review=str(row.id), decision=decision)
    return row


def _subject(actor: Actor, record_id: UUID) -> Record:
    record = visible_to(actor).filter(pk=record_id).first()
    if record is None:
        raise NotFound("record.not_found")
    if record.type not in WATCHED:
        raise Invalid("watch.no_subject", path="record")
    if record.kind == CLEARED:
        raise Conflict("watch.cleared")
    return record


def _in_force(actor: Actor, watch_id: UUID) -> Watch:
    row = visible_watches(actor).filter(pk=watch_id).select_for_update(of=("self",)).first()
    if row is None:
        raise NotFound("watch.not_found")
    if row.status() == "ended":
        raise Conflict("watch.ended")
    return row


def _check_period(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Invalid("watch.ends_before_start", path="ends_at")
    if ends_at <= now():
        raise Invalid("watch.ends_in_the_past", path="ends_at")
    if ends_at - starts_at > LONGEST:
        raise Invalid("watch.too_long", path="ends_at", days=LONGEST.days)


def _take_reference(year: int) -> str:
    """Give the next number of the year: W-2026-0147."""
    key = f"W-{year}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_serial (key, last) VALUES (%s, 1)"
            " ON CONFLICT (key) DO UPDATE SET last = records_serial.last + 1 RETURNING last",
            [key],
        )
        serial: int = cursor.fetchone()[0]
    return f"{key}-{serial:04d}"
