"""Asking: one actor, one question, one selection; the answer counts only what the actor may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import duckdb
import ibis

from opencen.accounts.queries import office_tree
from opencen.analysis.answers import Answer
from opencen.analysis.facts.snapshot import Snapshot, drop_snapshot, present_snapshot
from opencen.analysis.measures.dimensions import DIMENSIONS, PARAMETERS, Dimension, dimension, filter_dimension
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.selection import EMPTY, Selection, read_month, read_selection
from opencen.analysis.measures.tables import Table, Value
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

    def records_behind(self, selection: Selection, members: Mapping[str, str], most: int = 200) -> list[UUID]:
        """Return the cases behind a cell: those with a counted line in every member named."""
        reader = Reader.of(self.actor, self.snapshot, selection)
        table = reader.cases
        for name, code in members.items():
            table = table.filter(_is_member(table, name, code))
        rows = reader.fetch(table.select("record_id").distinct().order_by("record_id").limit(most))
        return [row[0] for row in rows]

    def revisions_behind(self, selection: Selection, most: int) -> list[tuple[UUID, int]]:
        """Return every case that a selection counts, with its revision."""
        table = Reader.of(self.actor, self.snapshot, selection)
        rows = table.cases.select("record_id", "revision").distinct().order_by("record_id").limit(most)
        return [(row[0], row[1]) for row in table.fetch(rows)]

    def count_years(self, selection: Selection) -> list[tuple[int, int, int]]:
        """Return cases and seizures by year."""
        rows = Reader.of(self.actor, self.snapshot, selection).tabulate(("year",), ("cases", "seizures"))
        return [(row[0], row[1], row[2]) for row in rows if row[0] is not None]


def _is_member(table: Table, name: str, code: str) -> Value:
    """Return the condition that a row is in one member; a month and an office as addresses write them."""
    values = dimension(name).values(table)
    if code == EMPTY:
        return values.isnull()
    if name == "month":
        return values == read_month(code, name)
    if name == "year":
        return values.cast("string") == code
    if name == "office":
        found = office_tree().by_code.get(code)
        return values == found.id if found else ibis.literal(False)
    return values == code


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
