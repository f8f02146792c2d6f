"""The contract of a question: one figure, one file in `questions/`, found by scan."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise

from opencen.analysis.answers import Answer
from opencen.analysis.measures.reader import Reader
from opencen.kernel.registry import Registry

Parameters = Mapping[str, str]


class Question(ABC):
    """One figure. Its docstring is the sentence that says how it counts."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    base: ClassVar[str]
    parameters: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Compute the figure within the reader's selection."""


QUESTIONS: Registry[Question] = Registry("question")


def question(found: type[Question]) -> type[Question]:
    """Register a question under its name."""
    QUESTIONS.add(found.name, found())
    return found
