"""Compare what was written with known texts word by word: which of them it holds, and how much of it they explain."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from opencen.kernel.text import fold_ascii

Key = TypeVar("Key", bound=Hashable)

# Words that tell nothing apart, folded, of the five languages.
_LITTLE = (
    "a al an and au aux com con d da das de del des do dos du e el em en et for from in l la las le les los of on or ou"
    " o os par para pour por the to un une uma y wa fy mn aly"
)
LITTLE = frozenset(_LITTLE.split())
# The Arabic article is written onto its word.
_ARTICLE = re.compile(r"\bال(?=\w{3})")
LONG_ENOUGH = 5
SHORTEST = 2
MISSPELT = 84
SPELLINGS = 3
UNKNOWN_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Overlap(Generic[Key]):
    """A known text that shares words: how much of it was written, and how much of what was written it explains."""

    key: Key
    text: str
    held: float
    explained: float

    @property
    def score(self) -> float:
        """Return both together, between 0 and 1."""
        return (self.held + self.explained) / 2


class WordIndex(Generic[Key]):
    """Find known texts by the words that a written text shares with them, plurals and misspellings forgiven."""

    def __init__(self, texts: Iterable[tuple[Key, str]]) -> None:
        self._entries: list[tuple[Key, str, frozenset[str]]] = []
        self._places: dict[str, list[int]] = {}
        for key, text in texts:
            words = frozenset(stems(text))
            if not words:
                continue
            for word in words:
                self._places.setdefault(word, []).append(len(self._entries))
            self._entries.append((key, text, words))

    def find(self, text: str) -> list[Overlap[Key]]:
        """Return what shares a word with a text, the likest text of each key, the likest first."""
        wanted = stems(text)
        meanings = {word: self._known(word) for word in wanted}
        whole = sum(self._weight(word, known) for word, known in meanings.items())
        best: dict[Key, Overlap[Key]] = {}
        places = {place for known in meanings.values() for word in known for place in self._places[word]}
        for place in sorted(places):
            key, shown, words = self._entries[place]
            matched = {word: known & words for word, known in meanings.items() if known & words}
            found = set().union(*matched.values())
            held = sum(map(self._rarity, found)) / sum(map(self._rarity, words))
            explained = sum(self._weight(word, known) for word, known in matched.items()) / whole
            overlap = Overlap(key, shown, held, explained)
            if key not in best or overlap.score > best[key].score:
                best[key] = overlap
        return sorted(best.values(), key=lambda overlap: -overlap.score)

    def _known(self, word: str) -> set[str]:
        """Return the known words that a word may be."""
        if word in self._places:
            return {word}
        if len(word) < LONG_ENOUGH:
            return set()
        alike = process.extract(word, list(self._places), scorer=fuzz.ratio, score_cutoff=MISSPELT, limit=SPELLINGS)
        return {found for found, _, _ in alike}

    def _rarity(self, word: str) -> float:
        """Weigh a known word: what stands in few texts tells more."""
        return math.log(1 + len(self._entries) / len(self._places[word]))

    def _weight(self, word: str, known: set[str]) -> float:
        if known:
            return max(map(self._rarity, known))
        return UNKNOWN_WEIGHT * math.log(1 + len(self._entries))


def stems(text: str) -> list[str]:
    """Take a text apart into words without plural endings, articles and numbers."""
    words = [_stem(word) for word in fold_ascii(_ARTICLE.sub("", text)).split()]
    telling = [word for word in words if len(word) >= SHORTEST and word not in LITTLE and not word.isdigit()]
    return list(dict.fromkeys(telling))


def _stem(word: str) -> str:
    return word[:-1] if len(word) >= LONG_ENOUGH and word[-1] in "sx" else word
