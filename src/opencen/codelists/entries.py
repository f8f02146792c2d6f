"""What an index points to: the texts of codes, how well they answer, and which codes lie near to the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from opencen.codelists.lists import Code
from opencen.codelists.naming import ComposedLabels

ANY_LANGUAGE = ""
Favour = Callable[[str], tuple[int, int]]
"""Say how near to the reader a code is: the lower, the sooner it is offered."""


def alike(_: str) -> tuple[int, int]:
    """Favour no code."""
    return 0, 0


@dataclass(frozen=True, slots=True)
class Entry:
    """Point to one text of one code."""

    text: str
    code: str
    language: str
    is_alias: bool


class Ranked(NamedTuple):
    """How well a code answers: by which text, and how that fits."""

    score: float
    entry: Entry | None
    fit: float


Found = dict[str, Ranked]


def keep_better(found: Found, ranked: Ranked) -> None:
    """Keep the better of two readings of a code."""
    if ranked.entry is None:
        return
    known = found.get(ranked.entry.code)
    if known is None or ranked.score > known.score:
        fit = ranked.fit if known is None else max(known.fit, ranked.fit)
        found[ranked.entry.code] = ranked._replace(fit=fit)


def texts_of(code: Code) -> Iterator[tuple[str, str, bool]]:
    """Yield the texts of a code; what has one language only is a proper name, found in every language."""
    if isinstance(code.labels, ComposedLabels):
        for text, language in code.labels.searched():
            yield text, language, False
        for language, aliases in code.aliases.items():
            yield from ((alias, language, True) for alias in aliases)
        return
    languages = set(code.labels) | set(code.aliases)
    is_name = len(languages) == 1
    for language, label in code.labels.items():
        yield label, ANY_LANGUAGE if is_name else language, False
    for language, aliases in code.aliases.items():
        for alias in aliases:
            yield alias, ANY_LANGUAGE if is_name else language, True
