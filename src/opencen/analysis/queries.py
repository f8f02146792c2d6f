"""Asking: one actor, one question, one selection; the answer counts only what the actor may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from opencen.analysis.answers import Answer
from opencen.analysis.facts.snapshot import Snapshot, drop_snapshot, present_snapshot
from opencen.analysis.measures.dimensions import DIMENSIONS, PARAMETERS, Dimension
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.selection import Selection, read_selection
from opencen.analysis.permissions import READ_FIGURES
from opencen.analysis.question import QUESTIONS, Question
from opencen.kernel.actor import Actor
from opencen.kernel.registry import scan_modules

MODULES = tuple(scan_modules("opencen.analysis.questions"))


def ask(actor: Actor, name: str, selection: Selection, parameters: Mapping[str, str] | None = None) -> Answer:
    """Answer a question within a selection, as of now."""
    actor.require(READ_FIGURES)
    found = QUESTIONS.get(name)
    kept = {key: value for key, value in (parameters or {}).items() if key in found.parameters and value}
    try:
        return _answer(actor, found, selection, kept, present_snapshot())
    except duckdb.IOException:  # the files of the snapshot at hand were replaced meanwhile
        drop_snapshot()
        return _answer(actor, found, selection, kept, present_snapshot())


def _answer(
    actor: Actor, found: Question, selection: Selection, parameters: Mapping[str, str], snapshot: Snapshot
) -> Answer:
    return found.answer(Reader.of(actor, snapshot, selection), parameters)


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


__all__: Sequence[Any] = ["ask", "find_question", "list_dimensions", "list_questions", "selection_from"]
