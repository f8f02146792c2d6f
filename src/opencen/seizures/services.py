"""Acts upon pairs of cases: they are one event, or a person tells them apart."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.ids import uuid7
from opencen.log.service import record_act, service
from opencen.records.documents import reasons_of
from opencen.records.intake import Receipt, SubmissionIn, check, submit
from opencen.records.lock import is_own, visible_to
from opencen.records.models import Record, Revision
from opencen.records.showing import show_revision
from opencen.seizures.events import TOLD_APART
from opencen.seizures.models import ToldApart
from opencen.seizures.permissions import RECORD_CASES
from opencen.seizures.queries.doubles import ordered

# What answers a warning that the case had before: relating it changed nothing that the warning is about.
_ONLY_RELATED = "Related to another case as the same event; nothing else was changed."


def relate_as_same_event(actor: Actor, *, first: UUID, second: UUID) -> Receipt:
    """Relate two cases as one event: the one entered later says so, as an amendment through the one door."""
    actor.require(RECORD_CASES)
    pair = _both(actor, first, second)
    stating = next(
        (case for case in sorted(pair, key=lambda case: case.created_at, reverse=True) if is_own(case)), None
    )
    if stating is None:
        raise Conflict("record.not_ours", origin=pair[0].origin)
    other = next(case for case in pair if case.id != stating.id)
    revision = Revision.objects.get(record_id=stating.id, number=stating.revision)
    document = show_revision(actor, revision, "case")
    relations = document.get("relations", [])
    if not any(item.get("record") == str(other.id) and item.get("kind") == "same_event" for item in relations):
        relations = [*relations, {"id": f"same-{str(other.id)[:13]}", "kind": "same_event", "record": str(other.id)}]
    given = SubmissionIn(
        type="case",
        id=stating.id,
        submission_id=uuid7(),
        document={**document, "relations": relations},
        base_revision=stating.revision,
        reasons=reasons_of(revision),
    )
    doubts = [found for found in check(actor, given).findings if found.level == "warning"]
    reasons = {**{found.key: _ONLY_RELATED for found in doubts}, **given.reasons}
    receipt = submit(actor, replace(given, reasons=reasons))
    if not receipt.is_accepted:
        raise Conflict("double.refused", codes=", ".join(found.code for found in receipt.findings))
    return receipt


@service(RECORD_CASES)
def tell_apart(actor: Actor, *, first: UUID, second: UUID, reason: str) -> None:
    """Note that two cases are two events, and why; the pair is not shown again."""
    if not reason.strip():
        raise Invalid("double.reason_missing", path="reason")
    pair = ordered(*(case.id for case in _both(actor, first, second)))
    kept = {"reason": reason.strip()[:300], "by": actor.id, "at": now()}
    ToldApart.objects.update_or_create(first=pair[0], second=pair[1], defaults=kept)
    record_act(TOLD_APART, "case", pair[0], other=str(pair[1]))


def _both(actor: Actor, first: UUID, second: UUID) -> list[Record]:
    """Return two different cases that the actor sees, or raise NotFound."""
    found = list(visible_to(actor).filter(type="case", pk__in=(first, second)).exclude(state="cancelled"))
    if len(found) != 2:
        raise NotFound("case.not_found")
    return found
