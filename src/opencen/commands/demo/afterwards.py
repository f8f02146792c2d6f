"""What became of the goods and of the case: exhibits in their store, one late, one too light; proceedings in court."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from opencen.commands.demo.cases import Drawn
from opencen.commands.demo.history import Desk
from opencen.kernel.clock import clock_at
from opencen.seizures.custody.services import record_custody, take_in
from opencen.seizures.legal.services import open_proceeding, record_legal

STORE = "Radès store, cage 2"
PRESENT = [
    {"name": "Amel Ghariani", "capacity": "officer", "signed": "1"},
    {"name": "Sami Ouerdanel", "capacity": "owner", "signed": "0", "reason": "refused to sign"},
    {"name": "Hédi Karoui", "capacity": "witness", "signed": "1"},
]
LABORATORY = {
    "to": "laboratory",
    "organisation": "National laboratory",
    "receiver": "Dr Samia Toumi",
    "purpose": "analysis",
}


def keep_exhibits(desk: Desk, reefer: Drawn, late: Drawn) -> None:
    """Keep the exhibits of the case of the guide, with a sample at the laboratory; of another none went there."""
    exhibit = _taken(desk, reefer, "l1", {"amount": "86.42", "unit": "kg", "seal": "TN 204471", "place": STORE}, 8)
    _taken(desk, reefer, "l3", {"amount": "20160", "unit": "kg", "seal": "TN 204473", "place": "Cold store 1"}, 9)
    seal = {"seal_found": "TN 204471"}
    inventory = {"found": "yes", "people": PRESENT, **seal}
    _act(desk, reefer, exhibit, "inventoried", inventory, 10)
    sample = _act(desk, reefer, exhibit, "sampled", {"amount": "60", "unit": "g", "seal": "S 1181", **_again()}, 12)
    _act(desk, reefer, sample, "handed_over", {**LABORATORY, "amount": "60", "unit": "g"}, 13)
    found = {"laboratory": "National laboratory", "certificate": "NL-26-1180", "purity": "81"}
    _act(desk, reefer, sample, "result", {**found, "used": "4", "unit": "g"}, 140)
    _act(desk, reefer, exhibit, "weighed", {"amount": "85.1", "seal_found": "TN 204472"}, 150)
    line = late.document["lines"][0]
    given = {"amount": str(line["quantity"]), "unit": line["unit"], "place": STORE, "seal": "TN 204480"}
    _taken(desk, late, line["id"], given, 6)


def _again() -> dict[str, str]:
    return {"seal_after": "TN 204472"}


def _taken(desk: Desk, case: Drawn, line: str, given: dict[str, Any], hours: float) -> Any:
    at = case.found + timedelta(hours=hours)
    with clock_at(at):
        return take_in(desk.actor("validator"), case_id=case.id, line=line, given=given, at=at)


def _act(desk: Desk, case: Drawn, exhibit: Any, kind: str, given: dict[str, Any], hours: float) -> Any:
    at = case.found + timedelta(hours=hours)
    with clock_at(at):
        return record_custody(desk.actor("validator"), exhibit_id=exhibit.id, kind=kind, given=given, at=at)


def follow_in_court(desk: Desk, reefer: Drawn, today: datetime) -> None:
    """Follow the case of the guide to court: a deadline that passed for one man, an acquittal of another."""
    legal = desk.actor("legal")
    opened = {"stage": "first_instance", "court": "Tunis court of first instance", "docket": "2026/44812"}
    with clock_at(reefer.found + timedelta(days=4)):
        first = open_proceeding(
            legal, case_id=reefer.id, item="p1", given={**opened, "prosecutor": "Mrs Ayari", "counsel": "Mr Zouari"}
        )
        second = open_proceeding(legal, case_id=reefer.id, item="p2", given=opened)
        day = _day(today - timedelta(days=1))
        record_legal(
            legal,
            proceeding_id=first.id,
            kind="deadline",
            given={"what": "Answer the claim for the goods", "until": day},
        )
    with clock_at(reefer.found + timedelta(days=7)):
        hearing = {"on": _day(reefer.found + timedelta(days=7)), "result": "Adjourned to hear the laboratory"}
        record_legal(legal, proceeding_id=first.id, kind="hearing", given=hearing)
        decision = {"outcome": "acquitted", "decided_on": _day(reefer.found + timedelta(days=7))}
        record_legal(legal, proceeding_id=second.id, kind="decision", given=decision)


def _day(moment: datetime) -> str:
    found: date = moment.date()
    return found.isoformat()
