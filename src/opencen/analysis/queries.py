"""Asking: one actor, one question, one selection; the answer counts only what the actor may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from opencen.analysis.answers import Answer
from opencen.analysis.facts.snapshot import Snapshot, drop_snapshot, present_snapshot
from opencen.analysis.measures.dimensions import DIMENSIONS, PARAMETERS, Dimension, filter_dimension
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.selection import Selection, read_selection
from opencen.analysis.permissions import READ_FIGURES
from opencen.analysis.question import QUESTIONS, Question
from opencen.kernel.actor import Actor
from opencen.kernel.registry import scan_modules

MODULES = tuple(scan_modules("opencen.analysis.questions"))


def ask(actor: Actor, name: str, selection: Selection, parameters: Mapping[str, str] | None = None) -> Answer:
    """Answer a question within a selection, as of now."""
    return open_figures(actor).ask(name, selection, parameters)


def open_figures(actor: Actor) -> Figures:
    """Open the figures of this moment for an actor: what one page asks is answered from one moment."""
    actor.require(READ_FIGURES)
    return Figures(actor, present_snapshot())


@dataclass(slots=True)
class Figures:
    """All figures of one moment, as one actor may see them."""

    actor: Actor
    snapshot: Snapshot

    def ask(self, name: str, selection: Selection, parameters: Mapping[str, str] | None = None) -> Answer:
        """Answer a question within a selection."""
        found = QUESTIONS.get(name)
        kept = {key: value for key, value in (parameters or {}).items() if key in found.parameters and value}
        try:
            return found.answer(Reader.of(self.actor, self.snapshot, selection), kept)
        except duckdb.IOException:  # the files of this moment were replaced meanwhile
            drop_snapshot()
            self.snapshot = present_snapshot()
            return found.answer(Reader.of(self.actor, self.snapshot, selection), kept)


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
