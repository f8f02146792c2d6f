"""What the acts of a proceeding add up to: its stage, its outcome, what is due, and what it means for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from opencen.codelists.catalogue import get_list
from opencen.seizures.legal.models import LegalAct
from opencen.seizures.small_records.base import first_versions, in_force

CLEARING = ("acquitted", "dismissed", "no_action")
CONVICTING = ("convicted",)


@dataclass(frozen=True, slots=True)
class Due:
    """One open deadline: which act set it, what for (a text, or the kind of act), until when."""

    act: UUID
    name: str
    what: str
    until: date


@dataclass(slots=True)
class State:
    """The present of a proceeding."""

    stage: str = ""
    outcome: str = ""
    decided_on: str = ""
    dues: list[Due] = field(default_factory=list)

    @property
    def standing(self) -> str:
        """Return the standing that the outcome gives the party; nothing while it is open or appealed."""
        plain = self.outcome.partition(".")[0]
        if plain in CLEARING:
            return "cleared"
        if plain in CONVICTING:
            return "convicted"
        return "settled" if plain == "settled" else ""


_CLOCKS = {
    "deadline": ("until", "deadline"),
    "decision": ("appeal_until", "appeal"),
    "settlement": ("pay_until", "payment"),
    "appealed": ("until", "grounds"),
}
"""Which answer of which kind of act sets a deadline, and what for."""


def sets_deadline(act: LegalAct) -> bool:
    """Tell whether an act sets a deadline."""
    return act.kind in _CLOCKS and bool(act.answers.get(_CLOCKS[act.kind][0]))


def fold(acts: Iterable[LegalAct]) -> State:
    """Add the acts of a proceeding up; one whose opening was withdrawn is closed."""
    state, listed = State(), list(acts)
    firsts = {act_id: first.id for act_id, first in first_versions(listed).items()}
    standing = in_force(listed)
    for act in standing:
        answers = act.answers
        _advance(state, act.kind, answers)
        _run_clocks(state, act, answers, firsts)
    if listed and not any(act.kind == "opened" for act in standing):
        state.stage, state.dues = "closed", []
    state.dues.sort(key=lambda due: due.until)
    return state


def _advance(state: State, kind: str, answers: dict[str, str]) -> None:
    if kind in ("opened", "staged"):
        state.stage = answers.get("stage", state.stage)
    elif kind == "decision":
        state.outcome, state.decided_on = answers["outcome"], answers["decided_on"]
        if not answers.get("appeal_until") and get_list("outcome").attribute(state.outcome, "closes", False):
            state.stage = "closed" if state.standing == "cleared" else "enforcement"
    elif kind == "settlement":
        state.outcome = "settled"
    elif kind == "appealed":
        state.stage, state.outcome = "appeal", "appeal"


def _run_clocks(state: State, act: LegalAct, answers: dict[str, str], firsts: dict[UUID, UUID]) -> None:
    """Start and stop deadlines: those set by hand, time to appeal, time to pay, grounds of an appeal.

    A deadline goes by the act that first set it, so that a correction of it is the same deadline.
    """
    if act.kind == "met":
        met = UUID(answers["deadline"])
        state.dues = [due for due in state.dues if due.act != firsts.get(met, met)]
    elif act.kind == "appealed":
        state.dues = [due for due in state.dues if due.name != "appeal"]
    elif act.kind == "paid":
        state.dues = [due for due in state.dues if due.name != "payment"]
    field_name, name = _CLOCKS.get(act.kind, ("", ""))
    if day := answers.get(field_name):
        state.dues.append(Due(firsts[act.id], name, answers.get("what", ""), date.fromisoformat(day)))
    if state.stage == "closed":
        state.dues = []
