"""The contract of a question: one figure, one file in `questions/`, found by scan."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise

from opencen.analysis.answers import Answer
from opencen.analysis.measures.reader import Reader
from opencen.kernel.errors import Invalid
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
    # Whether small cells are covered in what is taken away as a file.
    is_protected: ClassVar[bool] = False

    @abstractmethod
    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Compute the figure within the reader's selection."""


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
