"""Asking: one actor, one question, one selection; the answer counts only what the actor may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opencen.analysis.answers import Answer
from opencen.analysis.asking.choosing import open_moment
from opencen.analysis.asking.moment import Moment
from opencen.analysis.measures.dimensions import DIMENSIONS, PARAMETERS, Dimension, dimension, filter_dimension
from opencen.analysis.measures.selection import Selection, read_selection
from opencen.analysis.measures.ways import WAYS
from opencen.analysis.permissions import READ_FIGURES
from opencen.analysis.question import QUESTIONS, Question
from opencen.kernel.actor import Actor
from opencen.records.lock import lock_terms


def ask(actor: Actor, name: str, selection: Selection, parameters: Mapping[str, str] | None = None) -> Answer:
    """Answer a question within a selection, as of now."""
    return open_figures(actor).ask(name, selection, parameters)


def open_figures(actor: Actor) -> Figures:
    """Open the figures of this moment for an actor: what one page asks is answered from one moment."""
    actor.require(READ_FIGURES)
    return Figures(actor, open_moment())


@dataclass(slots=True)
class Figures:
    """All figures of one moment, as one actor may see them."""

    actor: Actor
    moment: Moment

    @property
    def as_of(self) -> datetime:
        """Return the moment."""
        return self.moment.as_of

    def ask(self, name: str, selection: Selection, parameters: Mapping[str, str] | None = None) -> Answer:
        """Answer a question within a selection."""
        return self.moment.answer(lock_terms(self.actor), name, selection, _kept(name, parameters))

    def ask_covered(self, name: str, selection: Selection, parameters: Mapping[str, str] | None = None) -> Answer:
        """Answer a question as it may be taken away: numbers that rest on a handful of cases are covered."""
        return self.moment.answer_covered(lock_terms(self.actor), name, selection, _kept(name, parameters))

    def records_behind(self, selection: Selection, members: Mapping[str, str], most: int = 200) -> list[UUID]:
        """Return the cases behind a cell: those with a counted line in every member named."""
        for name in members:
            if name not in WAYS:
                dimension(name)
        return self.moment.list_behind(lock_terms(self.actor), selection, members, most)

    def revisions_behind(self, selection: Selection, most: int) -> dict[str, int]:
        """Return every case that a selection counts, with its revision."""
        return self.moment.list_revisions(lock_terms(self.actor), selection, most)

    def count_years(self, selection: Selection) -> list[tuple[int, int, int]]:
        """Return cases and seizures by year."""
        return self.moment.count_years(lock_terms(self.actor), selection)


def _kept(name: str, parameters: Mapping[str, str] | None) -> dict[str, str]:
    """Return what a question is asked with, of all that was given."""
    known = QUESTIONS.get(name).parameters
    return {key: value for key, value in (parameters or {}).items() if key in known and value}


def find_question(name: str) -> Question:
    """Return a question, or raise NotFound."""
    return QUESTIONS.get(name)


def list_questions() -> list[Question]:
    """List the questions by name."""
    return sorted(QUESTIONS, key=lambda question: question.name)


def list_dimensions() -> list[Dimension]:
    """List the dimensions."""
    return list(DIMENSIONS)


def selection_from(given: Mapping[str, Sequence[str]]) -> Selection:
    """Read a selection from the parameters of an address."""
    national = [name for name in given if name.startswith("national:")]
    return read_selection(given, [*PARAMETERS, *national])


__all__ = [
    "Answer",
    "Figures",
    "Selection",
    "ask",
    "filter_dimension",
    "find_question",
    "list_dimensions",
    "list_questions",
    "open_figures",
    "selection_from",
]
