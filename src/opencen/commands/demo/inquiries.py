"""Two investigations in two closed teams: the reefer line, and undervalued fruit; they hold one telephone in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from opencen.accounts.queries import actor_named
from opencen.commands.demo.reefer import CONSIGNEE
from opencen.commands.demo.settling import Person
from opencen.commands.protocol import CommandFailed
from opencen.investigations import journal, linking, stages, tasks, team
from opencen.investigations.deconfliction import read_for_overlaps
from opencen.investigations.opening import NewInvestigation, open_investigation
from opencen.investigations.queries import get_investigation
from opencen.investigations.reminders import remind
from opencen.kernel.actor import Actor
from opencen.kernel.clock import clock_at
from opencen.kernel.ids import uuid7
from opencen.log.sealer import seal_all
from opencen.records.intake import SubmissionIn, submit
from opencen.records.queries import read_record
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest

PHONE = "+216 20 000 147"
REEFER_IDEAS = [
    {
        "id": "h1",
        "statement": "A port worker tells the consignee in which reefer the goods lie.",
        "state": "supported",
        "supports": "The duplicate seal was ready before the vessel was alongside.",
        "contradicts": "No call to the terminal on the day.",
    },
    {"id": "h2", "statement": f"{CONSIGNEE} knows nothing of the goods.", "state": "open"},
]
REEFER_EVIDENCE = [
    {
        "id": "e1", "number": "1", "kind": "exhibit", "description": "Duplicate seal ZZ0482911",
        "disclosure": "disclosed", "kept_at": "Radès, store 2", "disclosed_to": "Counsel of S. Ouerdanel",
    },
    {
        "id": "e2", "number": "2", "kind": "digital", "description": "Extraction of the telephone of S. Ouerdanel",
        "kept_at": "Digital laboratory", "disclosure": "undecided",
    },
    {
        "id": "e3", "number": "3", "kind": "surveillance", "description": "Observation at gate 4",
        "kept_at": "Team safe",
        "disclosure": "withheld", "reason": "Shows the place of a camera still in use",
    },
]  # fmt: skip
FRUIT_IDEAS = [
    {
        "id": "h1",
        "statement": "Bananas are declared at a third of what others declare; the rest is paid through a broker.",
        "state": "open",
    }
]


def add_investigations(people: Mapping[str, Person], today: datetime) -> None:
    """Open both, work on them for some days, and let owners and assignees be told."""
    with clock_at(today - timedelta(days=9)):
        reefer = _open_reefer(people)
        fruit = _open_fruit(people)
    _work_on_reefer(people, reefer, today)
    _work_on_fruit(people, fruit, today)
    seal_all()
    with clock_at(today):
        read_for_overlaps()
        remind()


def _who(people: Mapping[str, Person], username: str) -> Actor:
    """Return somebody as a new sign-in knows it: with the closed groups it is in by now."""
    found = actor_named(username)
    if found is None:
        raise CommandFailed(f"nobody of the demonstration is called {username}")
    return found


def _open_reefer(people: Mapping[str, Person]) -> UUID:
    members = tuple(people[name].actor.id for name in ("analyst", "port-team"))
    case = _case_of(_who(people, "investigator"), "Sami Ouerdanel")
    new = NewInvestigation(
        title="Blue Reef: cocaine in cooling units, Guayaquil to Radès",
        template="drugs",
        purpose="Find who in the port of Radès opens cooling units of reefers from Ecuador, and for whom.",
        members=members,
        record=case,
        how="case" if case else "hand",
    )
    return UUID(str(open_investigation(_who(people, "investigator"), new=new).pk))


def _open_fruit(people: Mapping[str, Person]) -> UUID:
    new = NewInvestigation(
        title="Undervalued fruit through a broker in Tunis",
        template="commercial_fraud",
        purpose="Establish the prices really paid for fruit declared below the market since January.",
        members=(people["contact"].actor.id,),
    )
    return UUID(str(open_investigation(_who(people, "fraud"), new=new).pk))


def _case_of(actor: Actor, text: str) -> UUID | None:
    found = search(actor, SearchRequest(type="case", text=text, limit=1))
    return found.ids[0] if found.ids else None


def _state(actor: Actor, investigation_id: UUID, **changes: Any) -> None:
    present = read_record(actor, "investigation", investigation_id)
    given = SubmissionIn(
        "investigation",
        investigation_id,
        uuid7(),
        {**present["document"], **changes},
        base_revision=present["newest_revision"],
    )
    receipt = submit(actor, given)
    if not receipt.is_accepted:
        raise CommandFailed(f"the door refused an investigation: {[found.key for found in receipt.findings]}")


def _work_on_reefer(people: Mapping[str, Person], where: UUID, today: datetime) -> None:
    lead = _who(people, "investigator")
    analyst, monitor = people["analyst"].actor.id, people["port-team"].actor.id
    with clock_at(today - timedelta(days=8)):
        _state(lead, where, hypotheses=REEFER_IDEAS, phones=[{"id": "t1", "number": PHONE, "holder": "the broker"}])
        stages.move_stage(lead, investigation_id=where, stage="plan", before="assess")
        team.set_member(lead, investigation_id=where, user_id=analyst, role="deputy")
        _task(lead, where, "Ask the carrier for the seal log of the last ten reefers", monitor, today.date(), -3)
        _task(lead, where, "Draw who called whom in the week of the find", analyst, today.date(), 4)
        _task(lead, where, "Agree the next hearing with the prosecutor", lead.id, today.date(), -1)
        done = _task(lead, where, "Secure the pictures of gate 4", lead.id, today.date(), -5)
        _write(lead, where, "decision", "The container goes on empty; no controlled delivery. Prosecutor informed.")
    with clock_at(today - timedelta(days=6)):
        tasks.end_task(
            lead,
            investigation_id=where,
            task_id=done,
            state="done",
            result="72 hours secured, hash in the exhibit list.",
        )
        _write(
            _who(people, "analyst"), where, "communication", "Asked for the list of reefer monitors on duty.",
            party="Terminal operator, Radès", channel="letter", direction="out",
        )  # fmt: skip
    with clock_at(today - timedelta(days=2)):
        _state(lead, where, evidence=REEFER_EVIDENCE, legal_basis="Customs code, art. 391; order of 14 November")
        _write(lead, where, "contact", "The monitor of the night shift will come on Tuesday.", party="Monitor 2")
        stages.move_stage(lead, investigation_id=where, stage="operate", before="plan")
        for text in ("CASTOR LINE", "Guayaquil cocaine"):
            _link_found(lead, where, text)


def _work_on_fruit(people: Mapping[str, Person], where: UUID, today: datetime) -> None:
    lead = _who(people, "fraud")
    contact = people["contact"].actor.id
    with clock_at(today - timedelta(days=5)):
        _state(
            lead, where, hypotheses=FRUIT_IDEAS, phones=[{"id": "t1", "number": "0021620000147", "holder": "broker"}]
        )
        _write(lead, where, "note", "Prices of the three other importers taken from declarations of the quarter.")
        _task(lead, where, "Mutual assistance: invoice copies from the exporter's customs", contact, today.date(), 1)
        _link_found(lead, where, CONSIGNEE)


def _task(lead: Actor, where: UUID, title: str, assignee: UUID, today: Any, days: int) -> UUID:
    given = tasks.NewTask(title, assignee, today + timedelta(days=days))
    return tasks.give_task(lead, investigation_id=where, task=given).id


def _write(
    actor: Actor, where: UUID, kind: str, text: str, *, party: str = "", channel: str = "", direction: str = ""
) -> None:
    entry = journal.NewEntry(kind, text, party=party, channel=channel, direction=direction)
    journal.write_entry(actor, investigation_id=where, entry=entry)


def _link_found(lead: Actor, where: UUID, text: str) -> None:
    """Link the first case that a search finds and that is not linked yet."""
    known = {link.record_id for link in get_investigation(lead, where).links}
    for case_id in search(lead, SearchRequest(type="case", text=text, limit=5)).ids:
        if case_id not in known:
            linking.link_record(lead, investigation_id=where, record=str(case_id))
            return
