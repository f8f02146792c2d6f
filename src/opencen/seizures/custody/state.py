"""What the acts upon an exhibit add up to: where it is, how much is left, what is due, and what does not agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.records.findings import Finding
from opencen.records.texts import amount, code
from opencen.seizures.custody.clocks import Clocks
from opencen.seizures.custody.models import CustodyAct
from opencen.seizures.small_records.base import in_force
from opencen.seizures.small_records.fields import Answers

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Due:
    """One clock that runs: what for, since when and until when."""

    name: str
    since: datetime
    until: datetime


@dataclass(slots=True)
class State:
    """The present of an exhibit."""

    clocks: Clocks
    commodity: str
    status: str = "held"
    place: str = ""
    holder: str = ""
    holder_kind: str = ""
    seal: str = ""
    package: str = ""
    description: str = ""
    unit: str = ""
    came_in: Decimal = NOTHING
    present: Decimal = NOTHING
    explained: Decimal = NOTHING
    samples: Decimal = NOTHING
    used: Decimal = NOTHING
    disposed: Decimal = NOTHING
    taken_in_at: datetime | None = None
    stored_at: datetime | None = None
    laboratory_at: datetime | None = None
    result_at: datetime | None = None
    seen_at: datetime | None = None
    back_by: datetime | None = None
    out_at: datetime | None = None
    problems: list[Finding] = field(default_factory=list)

    @property
    def accounted(self) -> Decimal:
        """Return how much of what came in can be told where it went."""
        return self.present + self.samples + self.used + self.disposed + self.explained

    def quantity(self, value: Decimal) -> Any:
        """Return an amount of the exhibit as texts write it."""
        return amount(value, self.unit)

    def doubt(self, name: str, **data: Any) -> None:
        """Note what does not agree."""
        self.problems.append(Finding(name, "warning", "", data))


def replay(
    acts: Iterable[CustodyAct],
    clocks: Clocks,
    commodity: str,
    look: Callable[[State, CustodyAct], None] | None = None,
) -> State:
    """Go through the acts of an exhibit in the order of what happened; `look` sees the state before each."""
    state = State(clocks, commodity)
    for act in in_force(acts):
        if look is not None:
            look(state, act)
        _FOLDS[act.kind](state, act.answers, act.at)
    return state


def fold(acts: Iterable[CustodyAct], clocks: Clocks, commodity: str) -> State:
    """Add the acts of an exhibit up."""
    state = replay(acts, clocks, commodity)
    if state.taken_in_at is None:
        state.status = "withdrawn"
    _close(state)
    return state


def _amount(answers: Answers, name: str = "amount") -> Decimal | None:
    return Decimal(str(answers[name])) if answers.get(name) is not None else None


def in_unit(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Say an amount in another unit of the same family; nothing where there is none."""
    if unit == wanted or not unit:
        return value
    units = get_list("unit")
    if unit not in units or wanted not in units:
        return None
    if units.attribute(unit, "family") != units.attribute(wanted, "family"):
        return None
    factors = [units.attribute(name, "factor") for name in (unit, wanted)]
    if not all(factors):
        return None
    return value * Decimal(str(factors[0])) / Decimal(str(factors[1]))


def stated_amount(state: State, answers: Answers, name: str = "amount") -> Decimal | None:
    """Return an amount of an act in the unit of the exhibit."""
    found = _amount(answers, name)
    if found is None:
        return None
    said = in_unit(found, str(answers.get("unit") or ""), state.unit)
    return found if said is None else said


def _taken_in(state: State, answers: Answers, at: datetime) -> None:
    state.unit = str(answers.get("unit") or "")
    state.came_in = state.present = _amount(answers) or NOTHING
    state.seal, state.package = answers.get("seal", ""), answers.get("package", "")
    state.description, state.place = answers.get("description", ""), answers.get("place", "")
    state.taken_in_at = state.seen_at = at
    state.stored_at = at if state.place else None


def _weigh(state: State, answers: Answers) -> None:
    """Compare a weighing with what is expected; one that is explained is expected from then on."""
    found = stated_amount(state, answers)
    if found is None:
        return
    apart = abs(found - state.present)
    tolerance = state.clocks.tolerance(state.present, state.unit)
    if answers.get("reason"):
        state.explained += state.present - found
        state.present = found
    elif apart > tolerance:
        state.doubt(
            "custody.weight_differs",
            found=state.quantity(found),
            expected=state.quantity(state.present),
            difference=state.quantity(apart),
            tolerance=state.quantity(tolerance),
        )


def _compare_seal(state: State, answers: Answers) -> None:
    found = answers.get("seal_found", "")
    if found and state.seal and _plain(found) != _plain(state.seal):
        state.doubt("custody.seal_differs", found=found, expected=state.seal)


def _plain(seal: str) -> str:
    return "".join(sign for sign in seal.upper() if sign.isalnum())


def _weighed(state: State, answers: Answers, at: datetime) -> None:
    _compare_seal(state, answers)
    _weigh(state, answers)
    state.seen_at = at


def _moved(state: State, answers: Answers, at: datetime) -> None:
    state.place = answers.get("place", "")
    state.stored_at = state.stored_at or at


def _resealed(state: State, answers: Answers, _at: datetime) -> None:
    _compare_seal(state, answers)
    state.seal = answers.get("seal", "")


def _handed_over(state: State, answers: Answers, at: datetime) -> None:
    _weigh(state, answers)
    state.status, state.holder, state.holder_kind = "out", answers.get("organisation", ""), answers.get("to", "")
    state.out_at, state.stored_at = at, state.stored_at or at
    if state.holder_kind == "laboratory":
        state.laboratory_at = at
    day = answers.get("back_by")
    state.back_by = datetime.combine(datetime.fromisoformat(day).date(), time(23, 59), UTC) if day else None


def _came_back(state: State, answers: Answers, at: datetime) -> None:
    _compare_seal(state, answers)
    _weigh(state, answers)
    state.status, state.holder, state.holder_kind, state.back_by, state.out_at = "held", "", "", None, None
    state.place, state.seen_at = answers.get("place", ""), at


def _sampled(state: State, answers: Answers, _at: datetime) -> None:
    taken = stated_amount(state, answers) or NOTHING
    state.samples += taken
    state.present -= taken
    state.seal = answers.get("seal_after") or state.seal


def _result(state: State, answers: Answers, at: datetime) -> None:
    used = stated_amount(state, answers, "used") or NOTHING
    state.used += used
    state.present -= used
    state.result_at = at
    found = answers.get("substance", "")
    if found and state.commodity and not _agree(found, state.commodity):
        state.doubt(
            "custody.substance_differs", found=code("commodity", found), stated=code("commodity", state.commodity)
        )


def _agree(found: str, stated: str) -> bool:
    codes = get_list("commodity")
    one, other = codes.standard(found), codes.standard(stated)
    return codes.is_under(one, other) or codes.is_under(other, one)


def _inventoried(state: State, answers: Answers, at: datetime) -> None:
    _compare_seal(state, answers)
    if answers.get("found") == "no":
        state.doubt("custody.not_as_recorded")
    else:
        state.problems = [found for found in state.problems if found.code != "custody.not_as_recorded"]
    state.seen_at = at


def _disposed(state: State, answers: Answers, at: datetime) -> None:
    gone = stated_amount(state, answers) or NOTHING
    state.disposed += gone
    state.present -= gone
    state.stored_at = state.stored_at or at
    if answers.get("is_last") or state.present <= NOTHING:
        state.status, state.holder, state.back_by = "ended", "", None


_FOLDS: Mapping[str, Callable[[State, Answers, datetime], None]] = {
    "taken_in": _taken_in,
    "weighed": _weighed,
    "moved": _moved,
    "resealed": _resealed,
    "handed_over": _handed_over,
    "came_back": _came_back,
    "sampled": _sampled,
    "result": _result,
    "inventoried": _inventoried,
    "disposed": _disposed,
}


def _close(state: State) -> None:
    """Ask where the rest is once nothing should be left."""
    rest = state.present if state.status == "ended" else min(state.present, NOTHING)
    if abs(rest) <= state.clocks.tolerance(state.came_in, state.unit):
        return
    state.doubt(
        "custody.balance_open",
        came_in=state.quantity(state.came_in),
        accounted=state.quantity(state.accounted - rest),
        samples=state.quantity(state.samples),
        used=state.quantity(state.used),
        disposed=state.quantity(state.disposed),
        missing=state.quantity(rest),
    )


def dues_of(state: State, sampled_at: datetime | None, *, is_sample: bool) -> list[Due]:
    """List the clocks that run for an exhibit, the nearest first; a sample goes to the laboratory for its exhibit."""
    began = state.taken_in_at
    if began is None or state.status == "ended":
        return []
    asked = state.clocks
    analysed = state.laboratory_at or sampled_at
    found: list[Due] = []
    if asked.store_hours is not None and not is_sample and state.stored_at is None:
        found.append(Due("store", began, began + timedelta(hours=asked.store_hours)))
    if asked.laboratory_hours is not None and not is_sample and analysed is None and state.result_at is None:
        found.append(Due("laboratory", began, began + timedelta(hours=asked.laboratory_hours)))
    if asked.result_days is not None and state.laboratory_at and state.result_at is None:
        found.append(Due("result", state.laboratory_at, state.laboratory_at + timedelta(days=asked.result_days)))
    if state.back_by and state.out_at:
        found.append(Due("return", state.out_at, state.back_by))
    if asked.inventory_days is not None and state.status == "held" and state.seen_at:
        found.append(Due("inventory", state.seen_at, state.seen_at + timedelta(days=asked.inventory_days)))
    return sorted(found, key=lambda due: due.until)
