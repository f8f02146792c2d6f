"""Plants an investigation of the contact's own team in the world of the endpoint matrix."""

from __future__ import annotations

from typing import Any

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from opencen.investigations.journal import NewEntry, write_entry
from opencen.investigations.linking import link_record
from opencen.investigations.opening import NewInvestigation, open_investigation
from opencen.investigations.rules import NewRule, add_rule
from opencen.investigations.tasks import NewTask, give_task

SECRET = "Ploverhithe"


def plant(people: dict[str, User], case_reference: str) -> dict[str, Any]:
    """Open an investigation whose every text holds a word that nobody outside the team may read."""
    contact = actor_of(people["contact"])
    new = NewInvestigation(SECRET, "drugs", SECRET)
    row = open_investigation(contact, new=new)
    contact = actor_of(people["contact"])
    where = {"investigation_id": row.pk}
    task = give_task(contact, **where, task=NewTask(SECRET, contact.id))
    link = link_record(contact, **where, record=case_reference, note=SECRET)
    write_entry(contact, **where, entry=NewEntry("contact", SECRET, party=SECRET))
    rule = add_rule(actor_of(people["administrator"]), rule=NewRule(SECRET, "security", "weapons", contact.id))
    return {
        "investigation_id": row.pk,
        "investigation_task_id": task.id,
        "investigation_link_id": link.id,
        "rule_id": rule.id,
    }
