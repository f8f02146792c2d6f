"""Log a check in ten seconds, or a day's tally, through the one door in."""

from __future__ import annotations

from uuid import UUID

import orjson

from opencen.accounts.queries import office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.kernel.partial_dates import PartialDate
from opencen.records.intake import Receipt, SubmissionIn, submit
from opencen.records.models import Record


def log_control(
    actor: Actor,
    *,
    subject: str,
    count: int = 1,
    method: str = "routine_control",
    technique: str = "",
    result: str = "none",
    at: str = "",
    submission_id: UUID | None = None,
) -> Receipt:
    """Record a check that found nothing, or a tally of such checks, for the actor's own office.

    A repeat under the same submission id gets the first receipt again.
    """
    submission_id = submission_id or uuid7()
    office = office_tree().by_id.get(actor.office_id) if actor.office_id else None
    document = {
        "country": office.country if office else "",
        "office": office.code if office else "",
        "at": at or _time_of(actor, submission_id),
        "subject": subject,
        "count": count,
        "detection_method": method,
        "technique": technique,
        "result": result,
    }
    stated = {name: value for name, value in document.items() if value != ""}
    return submit(actor, SubmissionIn("control", submission_id, submission_id, stated))


def _time_of(actor: Actor, control_id: UUID) -> str:
    """Return when the check is said to have been: now, or as the first of a repeated click said."""
    first = Record.objects.filter(pk=control_id, type="control", author_id=actor.id).first()
    stated = orjson.loads(first.summary).get("at") if first else None
    return stated or str(PartialDate.from_datetime(now().replace(second=0, microsecond=0)))
