"""Notices: what one person is told once, of an investigation that it may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from opencen.investigations.access import KIND
from opencen.investigations.events import NOTICES_SEEN
from opencen.investigations.models import Investigation, Notice, Task
from opencen.investigations.permissions import READ_INVESTIGATIONS
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.log.service import nothing_done, record_act, service
from opencen.records.lock import lock_condition, lock_terms
from opencen.records.saved.queries import unseen as new_alerts
from opencen.records.types import domain_names
from opencen.records.watches.queries import watch_notices


def tell(user_id: UUID, investigation: Investigation, kind: str, key: str, task: Task | None = None) -> int:
    """Tell a person of something, once for each key; return how many notices that made."""
    given = {"investigation": investigation, "kind": kind, "task": task, "at": now()}
    _row, is_new = Notice.objects.get_or_create(user_id=user_id, key=key, defaults=given)
    return int(is_new)


def unseen(actor: Actor) -> QuerySet[Notice]:
    """Return what an actor was told and has not marked as seen, of investigations that it may see now."""
    lock = lock_condition(lock_terms(actor), "investigation__record__")
    return Notice.objects.filter(lock, user_id=actor.id, seen_at=None)


def count_notices(actor: Actor) -> int:
    """Count what the bell tells an actor: news, watch entries, reviews, notices; one question for all."""
    alerts = new_alerts(actor).order_by().values_list("user_id")
    others = watch_notices(actor)
    if KIND in domain_names() and actor.may(READ_INVESTIGATIONS) and actor.compartments:
        others.append(unseen(actor).order_by().values_list("user_id"))
    return alerts.union(*others, all=True).count() if others else alerts.count()


@service(READ_INVESTIGATIONS)
def mark_seen(actor: Actor) -> int:
    """Mark everything one was told as seen."""
    count = unseen(actor).update(seen_at=now())
    if not count:
        nothing_done()
        return 0
    record_act(NOTICES_SEEN, "user", actor.id, count=count)
    return count
