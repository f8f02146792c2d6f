"""Reminders: a task or a stage is due in two days, or its day has passed; each is told once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from opencen.investigations.access import KIND
from opencen.investigations.models import Investigation, Notice, Task
from opencen.kernel.clock import now
from opencen.log.transactions import write_transaction
from opencen.records.jobs import job
from opencen.records.types import domain_names

AHEAD_DAYS = 2


@job("investigation_reminders", every=300.0)
def remind() -> int:
    """Tell assignees and leads what is due; return how many notices that made."""
    if KIND not in domain_names():
        return 0
    wanted = [*_task_notices(), *_stage_notices()]
    known = set(Notice.objects.filter(key__in=[notice.key for notice in wanted]).values_list("user_id", "key"))
    fresh = [notice for notice in wanted if (notice.user_id, notice.key) not in known]
    if not fresh:
        return 0
    with write_transaction():
        Notice.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=100)
    return len(fresh)


def _task_notices() -> list[Notice]:
    today = now().date()
    rows = Task.objects.select_related("investigation").filter(
        state="open", due__lte=today + timedelta(days=AHEAD_DAYS), investigation__closed_at=None
    )
    found = []
    for row in rows:
        late = row.due is not None and row.due < today
        kind = "task_late" if late else "task_due"
        people = {row.assignee_id, row.investigation.lead_id} if late else {row.assignee_id}
        found += [_notice(user, row.investigation, kind, f"{kind}:{row.id}:{row.due}", row) for user in sorted(people)]
    return found


def _stage_notices() -> list[Notice]:
    today = now().date()
    rows = Investigation.objects.filter(closed_at=None, stage_due__lte=today + timedelta(days=AHEAD_DAYS))
    found = []
    for row in rows:
        kind = "stage_late" if row.stage_due is not None and row.stage_due < today else "stage_due"
        found.append(_notice(row.lead_id, row, kind, f"{kind}:{row.pk}:{row.stage_due}"))
    return found


def _notice(user_id: UUID, row: Investigation, kind: str, key: str, task: Task | None = None) -> Notice:
    return Notice(user_id=user_id, investigation=row, kind=kind, key=key[:80], task=task, at=now())
