"""Reads the log for recorded cases and opens an investigation where a rule says so: one for an event, never two."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError

from opencen.accounts.queries import actors_of
from opencen.investigations.events import RULE_OPENED
from opencen.investigations.models import Opening, OpeningRule
from opencen.investigations.notices import tell
from opencen.investigations.opening import NewInvestigation, open_investigation
from opencen.investigations.permissions import MANAGE_INVESTIGATIONS
from opencen.investigations.rules import KIND, rule_hits
from opencen.kernel.actor import Actor, system_actor
from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound, OpenCenError
from opencen.log.reader import Sealed, entries_after, newest_sequence
from opencen.log.service import record_act, service
from opencen.log.transactions import write_transaction
from opencen.records import events
from opencen.records.derived import Current, load_current
from opencen.records.jobs import job
from opencen.records.lock import visible_to
from opencen.records.models import Cursor
from opencen.records.texts import translate
from opencen.records.types import domain, domain_names
from opencen.seizures.same_event import event_groups

LOGGER = logging.getLogger("opencen.investigations")
STORE = "investigation_rules"
RUN = 1000
MOST_RUNS = 50


@job(STORE, every=5.0)
def read_for_rules() -> int:
    """Open what the rules ask for since the last time, a great import in several runs; return how many entries."""
    total = 0
    for _run in range(MOST_RUNS):
        read = _read_run()
        total += read
        if read < RUN:
            break
    return total


def _read_run() -> int:
    if KIND not in domain_names() or "case" not in domain_names():
        return 0
    cursor = Cursor.objects.filter(store=STORE).first()
    rules = list(OpeningRule.objects.filter(is_on=True).order_by("set_at"))
    if cursor is None or not rules:
        _move(newest_sequence())
        return 0
    entries = entries_after(cursor.sequence, RUN)
    if not entries:
        return 0
    for current in load_current(_stored_cases(entries)):
        rule = next((rule for rule in rules if rule_hits(rule, current.document)), None)
        if rule is not None and current.record.state != "cancelled":
            open_by_rule(rule, current)
    _move(entries[-1].sequence)
    return len(entries)


def _stored_cases(entries: Iterable[Sealed]) -> set[UUID]:
    taken = ("stored", "merged")
    return {
        UUID(entry.subject_id)
        for entry in entries
        if entry.act == events.STORED.name and entry.subject_type == "case" and entry.data.get("outcome") in taken
    }


def _move(sequence: int) -> None:
    if Cursor.objects.filter(store=STORE, sequence=sequence).exists():
        return
    with write_transaction():
        Cursor.objects.update_or_create(store=STORE, defaults={"sequence": sequence, "at": now()})


def open_by_rule(rule: OpeningRule, current: Current) -> Opening | None:
    """Open an investigation for the event of a case; None where one was opened for it before."""
    case_id = current.record.id
    event_id = event_groups([case_id])[case_id]
    if Opening.objects.filter(event_id=event_id).exists() or Opening.objects.filter(case_id=case_id).exists():
        return None
    try:
        with write_transaction():
            opening = Opening.objects.create(event_id=event_id, case_id=case_id, rule=rule, at=now())
            row = open_investigation(_opener(), new=_words(rule, current))
            opening.investigation = row
            opening.save(update_fields=["investigation"])
            tell(rule.lead_id, row, "opened", f"opened:{row.pk}")
            return opening
    except IntegrityError:
        return None  # another worker was first
    except OpenCenError as error:
        LOGGER.warning("rule %s opened nothing for case %s: %s", rule.id, case_id, error.code)
        with write_transaction():
            return Opening.objects.create(
                event_id=event_id, case_id=case_id, rule=rule, problem=error.code[:64], at=now()
            )


@service(MANAGE_INVESTIGATIONS)
def try_again(actor: Actor, *, event_id: UUID) -> Opening:
    """Try once more what a rule could not open, by the rule that asks for it now; say anew why where it cannot."""
    domain(KIND)
    row = Opening.objects.filter(event_id=event_id, investigation=None).exclude(problem="").first()
    current = next(iter(load_current([row.case_id])), None) if row else None
    if row is None or current is None or current.record.state == "cancelled":
        raise NotFound("investigation.opening_unknown")
    rules = OpeningRule.objects.filter(is_on=True).order_by("set_at")
    row.rule = next((rule for rule in rules if rule_hits(rule, current.document)), row.rule)
    row.problem, row.at = "", now()
    try:
        with write_transaction():
            row.investigation = open_investigation(_opener(), new=_words(row.rule, current))
            tell(row.rule.lead_id, row.investigation, "opened", f"opened:{row.investigation.pk}")
    except OpenCenError as error:
        row.investigation, row.problem = None, error.code[:64]
    row.save(update_fields=["rule", "problem", "at", "investigation"])
    record_act(RULE_OPENED, "rule", row.rule_id, rule=str(row.rule_id), problem=row.problem)
    return row


def _opener() -> Actor:
    return system_actor("records:submit", "investigation:record", "investigation:read", "case:read")


def _words(rule: OpeningRule, current: Current) -> NewInvestigation:
    """Say what is opened; who leads must see the case that it is opened for."""
    leads = actors_of([rule.lead_id])
    if not leads:
        raise OpenCenError("investigation.person_unknown")
    if not visible_to(leads[0]).filter(pk=current.record.id).exists():
        raise OpenCenError("investigation.rule_blind")
    reference = current.record.reference or str(current.record.id)
    language = leads[0].language
    return NewInvestigation(
        title=translate("{rule}: {reference}", language, rule=rule.name, reference=reference),
        template=rule.template,
        lead=rule.lead_id,
        record=current.record.id,
        how="rule",
        background=translate(
            "Opened by the rule “{rule}” from {reference}.", language, rule=rule.name, reference=reference
        ),
    )
