"""Find in free text what may identify somebody, so that a person decides before it leaves (the release preview).

Every finding says why it was made. Recall comes before precision: what is flagged needlessly costs a glance, what is
missed leaves the country. Latin, Arabic and Cyrillic scripts; other scripts are found by known names and numbers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from opencen.kernel.free_text.businesses import find_businesses
from opencen.kernel.free_text.known import find_known
from opencen.kernel.free_text.names import find_names
from opencen.kernel.free_text.numbers import find_numbers
from opencen.kernel.free_text.reading import read_roles
from opencen.kernel.free_text.spans import Kind, KnownName, Span, redact, replacement, settle
from opencen.kernel.free_text.words import read_tokens
from opencen.kernel.text import fold

__all__ = ["Kind", "KnownName", "Phrases", "Span", "find_identifying", "make_phrases", "redact", "replacement"]

Phrases = AbstractSet[tuple[str, ...]]


def make_phrases(names: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Fold names of places or the like once, for many searches."""
    return frozenset(tuple(fold(name).split()) for name in names)


def find_identifying(
    text: str, known_names: Sequence[KnownName] = (), *, not_names: Phrases = frozenset()
) -> list[Span]:
    """Find names and numbers that may identify somebody, in the order of the text and never overlapping.

    `known_names` are the people, businesses and vessels of the record: they are found in any spelling, shortened or by
    their initials. `not_names` are phrases that are no names, such as the places of the record or of a gazetteer.
    """
    if not text:
        return []
    tokens = read_tokens(text)
    known = find_known(text, tokens, known_names)
    reading = read_roles(text, tokens, known, not_names)
    return settle(text, [*find_numbers(text), *known, *find_businesses(reading), *find_names(reading)])
