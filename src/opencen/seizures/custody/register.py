"""The register of exhibits: what acts add up to, and which act cannot stand where it is stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from opencen.kernel.errors import Conflict, Invalid, OpenCenError
from opencen.records.texts import amount
from opencen.seizures.custody.clocks import clocks_for, set_values
from opencen.seizures.custody.kinds import KINDS
from opencen.seizures.custody.models import CustodyAct, Exhibit
from opencen.seizures.custody.permissions import READ
from opencen.seizures.custody.state import State, dues_of, fold, in_unit, replay
from opencen.seizures.small_records.base import WITHDRAWN, first_versions, in_force
from opencen.seizures.small_records.registers import Register

BEGINS = "taken_in"
WITNESSES = 2
_WHILE_OUT = ("came_back", "result", "disposed", "sampled")


def state_of(exhibit: Exhibit, acts: Iterable[CustodyAct]) -> State:
    """Add an exhibit's acts up, by the clocks of its goods."""
    return fold(acts, clocks_for(exhibit.commodity, set_values()), exhibit.commodity)


def sampled_at(exhibit: Exhibit) -> datetime | None:
    """Return when a sample of the exhibit went to a laboratory."""
    acts = in_force(CustodyAct.objects.filter(exhibit__parent_id=exhibit.id))
    sent = (act.at for act in acts if act.kind == "handed_over" and act.answers.get("to") == "laboratory")
    return next(sent, None)


def project(exhibit: Exhibit, acts: Sequence[CustodyAct]) -> None:
    """Write what the acts add up to into the exhibit's columns, and into those of what it was taken of."""
    state = state_of(exhibit, acts)
    dues = dues_of(state, sampled_at(exhibit), is_sample=exhibit.parent_id is not None)
    exhibit.status, exhibit.place, exhibit.holder = state.status, state.place[:200], state.holder[:200]
    exhibit.seal, exhibit.unit = state.seal[:200], state.unit
    exhibit.came_in, exhibit.present = state.came_in, state.present
    exhibit.due_at, exhibit.due_for = (dues[0].until, dues[0].name) if dues else (None, "")
    exhibit.problems = len(state.problems)
    exhibit.save()
    if exhibit.parent is not None:
        project(exhibit.parent, EXHIBITS.acts_of(exhibit.parent))


def check(exhibit: Exhibit, acts: list[CustodyAct], act: CustodyAct) -> None:
    """Refuse an act that cannot stand where it is stated, or that a later act could not stand after."""
    if act.kind == "disposed" and len(act.answers.get("people", ())) < WITNESSES:
        raise Invalid("custody.witnesses_missing", path="people")
    _check_sample(exhibit, acts, act)
    before, after = _faults(exhibit, acts), _faults(exhibit, [*acts, act])
    if act.id in after:
        raise after[act.id]
    for later in in_force([*acts, act]):
        if later.id in after and later.id not in before:
            raise Conflict("custody.later_act", path="at", act=KINDS[later.kind].label)


def _check_sample(exhibit: Exhibit, acts: list[CustodyAct], act: CustodyAct) -> None:
    """Leave how much a sample holds, and whether it was taken, to the act upon the exhibit it was taken of."""
    corrected = next((one for one in acts if one.id == act.corrects), None)
    if exhibit.parent is None or exhibit.sampled_by is None or corrected is None or corrected.kind != BEGINS:
        return
    sampled = EXHIBITS.acts_of(exhibit.parent)
    firsts = first_versions(sampled)
    taken = next((one for one in in_force(sampled) if firsts[one.id].id == exhibit.sampled_by), None)
    stands = None if act.kind == WITHDRAWN else _stated(act, exhibit.parent)
    if stands != (_stated(taken, exhibit.parent) if taken else None):
        raise Conflict("custody.correct_the_sampling", path="corrects", number=exhibit.parent.number)


def _stated(act: CustodyAct, exhibit: Exhibit) -> tuple[Decimal, str]:
    answers = act.answers
    return Decimal(answers["amount"]), answers.get("unit") or exhibit.unit


def _faults(exhibit: Exhibit, acts: list[CustodyAct]) -> dict[UUID, OpenCenError]:
    """Say of each act that stands, in the order of what happened, why it could not follow the ones before."""
    found: dict[UUID, OpenCenError] = {}

    def look(state: State, act: CustodyAct) -> None:
        try:
            _check_next(state, act.kind, act.answers)
        except (Invalid, Conflict) as error:
            found[act.id] = error

    replay(acts, clocks_for(exhibit.commodity, set_values()), exhibit.commodity, look)
    return found


def _check_next(state: State, kind: str, answers: Mapping[str, Any]) -> None:
    """Refuse what cannot follow: back from nowhere, out twice, more than is there, another unit."""
    if kind == BEGINS:
        return
    if state.taken_in_at is None:
        raise Conflict("custody.not_taken_in", path="at")
    if state.status == "ended":
        raise Conflict("custody.has_ended")
    if state.status == "out" and kind not in _WHILE_OUT:
        raise Conflict("custody.is_out", holder=state.holder)
    if state.status != "out" and kind == "came_back":
        raise Conflict("custody.is_here")
    for name in ("amount", "used"):
        if answers.get(name) is not None:
            _check_amount(state, kind, answers, name)


def _check_amount(state: State, kind: str, answers: Mapping[str, Any], name: str) -> None:
    said = in_unit(Decimal(answers[name]), answers.get("unit") or state.unit, state.unit)
    if said is None:
        raise Invalid("custody.unit_differs", path="unit", unit=state.unit)
    takes = kind in ("sampled", "disposed") or name == "used"
    if takes and said > state.present + state.clocks.tolerance(state.present, state.unit):
        data = {"amount": amount(said, state.unit), "expected": amount(state.present, state.unit)}
        raise Invalid("custody.more_than_there", path=name, **data)


EXHIBITS: Register[Exhibit, CustodyAct] = Register(
    room="custody",
    read=READ,
    rows=Exhibit,
    acts=CustodyAct,
    owner="exhibit",
    begins=BEGINS,
    kinds=KINDS,
    check=check,
    project=project,
    joined=("parent",),
)
