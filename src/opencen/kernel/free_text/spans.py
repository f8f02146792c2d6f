"""What was found: a stretch of text, its kind and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["name", "company", "vessel", "plate", "phone", "email", "online", "document", "container", "account"]

# Where two findings overlap the earlier kind here stands: a number that proves itself before a guess.
_ORDER: tuple[Kind, ...] = (
    "email",
    "online",
    "account",
    "container",
    "vessel",
    "plate",
    "phone",
    "document",
    "company",
    "name",
)
_CERTAIN = frozenset({"check_digit", "known_name", "known_initials"})


@dataclass(frozen=True, slots=True)
class KnownName:
    """Name somebody of the record, so that the text is searched for every way of writing it."""

    text: str
    kind: Literal["name", "company", "vessel"] = "name"


@dataclass(frozen=True, slots=True)
class Span:
    """Mark a stretch of text that may identify somebody; `why` is the code of the reason."""

    start: int
    end: int
    kind: Kind
    text: str
    why: str


def replacement(kind: Kind) -> str:
    """Return what stands in the text instead of a finding."""
    return f"[{kind}]"


def redact(text: str, spans: Iterable[Span]) -> str:
    """Return the text with every finding replaced by its kind."""
    parts: list[str] = []
    place = 0
    for span in sorted(spans, key=lambda span: span.start):
        parts += [text[place : span.start], replacement(span.kind)]
        place = max(place, span.end)
    return "".join([*parts, text[place:]])


def settle(text: str, found: Iterable[Span]) -> list[Span]:
    """Put findings in order and join those that overlap, so that each letter belongs to one at most."""
    settled: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if settled and span.start < settled[-1].end:
            settled[-1] = _join(text, settled[-1], span)
        else:
            settled.append(span)
    return settled


def _join(text: str, one: Span, other: Span) -> Span:
    """Cover both findings under the kind that is surer."""
    start, end = min(one.start, other.start), max(one.end, other.end)
    surer = min(one, other, key=lambda span: (span.why not in _CERTAIN, _ORDER.index(span.kind), span.start - span.end))
    return replace(surer, start=start, end=end, text=text[start:end])
