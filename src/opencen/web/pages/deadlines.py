"""What is due on Home: exhibits that wait, and deadlines of proceedings, for who keeps the one or the other."""

from __future__ import annotations

from typing import Any

from opencen.kernel.actor import Actor
from opencen.seizures.custody import permissions as custody
from opencen.seizures.custody.queries import exhibits_due
from opencen.seizures.legal import permissions as legal
from opencen.seizures.legal.queries import proceedings_due
from opencen.web.pages.custody import DUE_LABELS as EXHIBIT_LABELS
from opencen.web.pages.legal import DUE_LABELS as LEGAL_LABELS

SHOWN = 5


def home_deadlines(actor: Actor) -> list[dict[str, Any]]:
    """List what is overdue or due soon, the nearest first: reminders, as long as the thing is not done."""
    found: list[dict[str, Any]] = []
    if actor.may(custody.RECORD) and actor.may(custody.READ):
        found += [
            {
                "url": f"/custody/{row.id}",
                "reference": row.reference,
                "number": row.number,
                "what": EXHIBIT_LABELS.get(row.due_for, ""),
                "at": row.due_at,
                "is_overdue": row.is_overdue,
            }
            for row in exhibits_due(actor, SHOWN)
        ]
    if actor.may(legal.RECORD) and actor.may(legal.READ):
        found += [
            {
                "url": f"/cases/{row.record_id}/legal#proceeding-{row.number}",
                "reference": row.reference,
                "number": "",
                "what": LEGAL_LABELS.get(row.due_for, ""),
                "at": row.due_on,
                "is_overdue": row.is_overdue,
            }
            for row in proceedings_due(actor, SHOWN)
        ]
    return found
