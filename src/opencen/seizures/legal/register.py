"""The register of proceedings: what acts add up to, and which act cannot follow."""

from __future__ import annotations

from opencen.kernel.errors import Conflict, Invalid
from opencen.log.service import record_act
from opencen.seizures.legal.events import STANDING
from opencen.seizures.legal.kinds import KINDS
from opencen.seizures.legal.models import LegalAct, Proceeding
from opencen.seizures.legal.permissions import READ
from opencen.seizures.legal.state import fold, sets_deadline
from opencen.seizures.small_records.base import WITHDRAWN
from opencen.seizures.small_records.registers import Register

BEGINS = "opened"
AFTER_THE_END = ("appealed", "paid", "auctioned", WITHDRAWN)
_SUMS = ("amount", "price", "floor_price")


def check(row: Proceeding, acts: list[LegalAct], act: LegalAct) -> None:
    """Refuse a sum without its currency, an act upon what is closed, and a deadline that there is not."""
    answers = act.answers
    if any(answers.get(name) for name in _SUMS) and not answers.get("currency"):
        raise Invalid("legal.currency_missing", path="currency")
    if act.kind == WITHDRAWN:
        _check_withdrawal(acts, act)
    state = fold(acts)
    if state.stage == "closed" and act.corrects is None and act.kind not in AFTER_THE_END:
        raise Conflict("legal.closed")
    if act.kind != "met":
        return
    open_now = {str(due.act) for due in state.dues}
    known = {str(one.id) for one in acts if sets_deadline(one)} if act.corrects else open_now
    if answers["deadline"] not in known:
        raise Invalid("legal.deadline_unknown", path="deadline")


def _check_withdrawal(acts: list[LegalAct], act: LegalAct) -> None:
    """Keep the opening of a proceeding while acts upon it stand."""
    corrected = next(one for one in acts if one.id == act.corrects)
    undone = {one.corrects for one in acts}
    others = [one for one in acts if one.kind not in (BEGINS, WITHDRAWN) and one.id not in undone]
    if corrected.kind == BEGINS and others:
        raise Conflict("legal.has_acts", path="corrects")


def project(row: Proceeding, acts: list[LegalAct]) -> None:
    """Write what the acts add up to into the columns; a standing that changed is an act that others read."""
    state = fold(acts)
    before = row.standing
    row.stage, row.outcome, row.standing = state.stage, state.outcome, state.standing
    row.due_on, row.due_for = (state.dues[0].until, state.dues[0].name) if state.dues else (None, "")
    row.save()
    if row.item and before != row.standing:
        record_act(
            STANDING, "case", row.record_id, proceeding=str(row.id), item=row.item, standing=row.standing or "open"
        )


PROCEEDINGS: Register[Proceeding, LegalAct] = Register(
    room="legal",
    read=READ,
    rows=Proceeding,
    acts=LegalAct,
    owner="proceeding",
    begins=BEGINS,
    kinds=KINDS,
    check=check,
    project=project,
)
