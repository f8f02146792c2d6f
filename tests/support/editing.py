"""Two people work on one investigation at the same moment, in threads of their own; says as JSON what became of it.

Started as `python -m tests.support.editing` on an installation of its own.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opencen.config.settings")
django.setup()

from django.db import connection  # noqa: E402 - after set-up

from opencen.investigations import journal, linking, stages, tasks  # noqa: E402 - after set-up
from opencen.investigations.models import Entry, Investigation, Link, Task  # noqa: E402 - after set-up
from opencen.investigations.stages import current_document  # noqa: E402 - after set-up
from opencen.kernel.errors import OpenCenError  # noqa: E402 - after set-up
from opencen.records.models import MergeTask, Record, Revision  # noqa: E402 - after set-up
from tests import make  # noqa: E402 - after set-up
from tests.investigations.teams import again, investigator, opened, state  # noqa: E402 - after set-up

ROUNDS = 6
Act = Callable[[], Any]


def both(*acts: Act) -> list[str]:
    """Run acts at the same moment; answer for each how it ended: its outcome, "done", or the code of its error."""
    start = threading.Barrier(len(acts))
    said = [""] * len(acts)

    def run(place: int, act: Act) -> None:
        start.wait()
        try:
            said[place] = str(getattr(act(), "outcome", "done"))
        except OpenCenError as error:
            said[place] = error.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


def main() -> None:
    """Let both work, and say what is there."""
    lead, deputy = investigator("Lead"), investigator("Deputy")
    row, lead = opened(lead, deputy)
    where, deputy = row.pk, again(deputy)
    case = make.submit_case(make.actor())
    found: dict[str, Any] = {}
    base = Record.objects.get(pk=where).revision
    found["other_fields"] = both(
        lambda: state(lead, where, base, prosecutor="Office of Tunis"),
        lambda: state(deputy, where, base, external_reference="TN-77"),
    )
    document = current_document(where)
    found["kept"] = [document.get("prosecutor"), document.get("external_reference")]
    base = Record.objects.get(pk=where).revision
    found["same_field"] = both(
        lambda: state(lead, where, base, background="Two couriers."),
        lambda: state(deputy, where, base, background="Three couriers."),
    )
    tasks_left = MergeTask.objects.filter(record_id=where, settled_at=None)
    waiting = "".join(task.public + task.nominal for task in tasks_left)
    found["both_texts"] = [
        text in waiting or text == current_document(where).get("background")
        for text in ("Two couriers.", "Three couriers.")
    ]
    found["revisions"] = sorted(Revision.objects.filter(record_id=where).values_list("number", flat=True))
    found["entries"] = [
        both(*(_writing(actor, where, f"{actor.name} {number}") for actor in (lead, deputy)))
        for number in range(ROUNDS)
    ]
    found["written"] = Entry.objects.filter(investigation_id=where, kind="note").count()
    found["linked"] = both(*(_linking(actor, where, str(case.record_id)) for actor in (lead, deputy)))
    found["links"] = Link.objects.filter(investigation_id=where, ended_at=None).count()
    given = tasks.NewTask(title="Ask the carrier", assignee=deputy.id)
    task = tasks.give_task(lead, investigation_id=where, task=given)
    found["ended"] = both(*(_ending(actor, where, task.id, actor.name) for actor in (lead, deputy)))
    found["task"] = Task.objects.get(pk=task.id).state
    found["moved"] = both(*(_moving(actor, where) for actor in (lead, lead)))
    found["stage"] = Investigation.objects.get(pk=where).stage
    print(json.dumps(found))


def _writing(actor: Any, where: Any, text: str) -> Act:
    return lambda: journal.write_entry(actor, investigation_id=where, entry=journal.NewEntry(kind="note", text=text))


def _linking(actor: Any, where: Any, record: str) -> Act:
    return lambda: linking.link_record(actor, investigation_id=where, record=record)


def _ending(actor: Any, where: Any, task: Any, result: str) -> Act:
    return lambda: tasks.end_task(actor, investigation_id=where, task_id=task, state="done", result=result)


def _moving(actor: Any, where: Any) -> Act:
    return lambda: stages.move_stage(actor, investigation_id=where, stage="plan", before="assess", reason="")


if __name__ == "__main__":
    main()
