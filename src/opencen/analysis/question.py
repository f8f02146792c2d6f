"""The contract of a question: one figure, one file in `questions/`, found by scan."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise

from opencen.analysis.answers import Answer, Column
from opencen.analysis.covering import NUMBERS, Layer, cases_by, number_columns, weigh_rows, write_member
from opencen.analysis.measures.dimensions import dimension
from opencen.analysis.measures.reader import Reader
from opencen.kernel.errors import Invalid, NotFound
from opencen.kernel.registry import Registry

Parameters = Mapping[str, str]


class Question(ABC):
    """One figure. Its docstring is the sentence that says how it counts."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    base: ClassVar[str]
    parameters: ClassVar[tuple[str, ...]] = ()
    # What a parameter may be; the first is taken where none is given.
    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    # Numbers that rest on no case: they are never covered in what is taken away.
    free: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Compute the figure within the reader's selection."""

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Say on how many cases the numbers rest: on those of their row, else on those of its members."""
        columns = number_columns(answer, self.free)
        names = [column.name for column in answer.columns]
        if "cases" in names:
            at = names.index("cases")
            return [weigh_rows(answer, [row[at] or 0 for row in answer.rows], columns)]
        sides = [at for at, column in enumerate(answer.columns) if column.kind not in NUMBERS and _is_known(column)]
        counted = cases_by(reader, [names[at] for at in sides])
        cells = [tuple(write_member(names[at], row[at]) for at in sides) for row in answer.rows]
        counts = [counted.get(cell, 0) for cell in cells]
        grid = [(cell[0], cell[1]) for cell in cells] if len(sides) == 2 else None
        return [weigh_rows(answer, counts, columns, grid)]


def _is_known(column: Column) -> bool:
    """Tell whether a column holds the members of a dimension."""
    try:
        dimension(column.name)
    except NotFound:
        return False
    return True


def read_choice(asked: Question, parameters: Parameters, name: str) -> str:
    """Return what a parameter says, its first choice where it says nothing, or raise Invalid."""
    choices = asked.choices[name]
    found = parameters.get(name) or choices[0]
    if found not in choices:
        raise Invalid("figure.unknown_choice", path=name, value=found[:40], expected=", ".join(choices))
    return found


QUESTIONS: Registry[Question] = Registry("question")


def question(found: type[Question]) -> type[Question]:
    """Register a question under its name."""
    QUESTIONS.add(found.name, found())
    return found
