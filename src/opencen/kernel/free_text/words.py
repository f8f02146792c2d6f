"""The word lists that tell names from other capitalised words, and the tokens of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opencen.kernel.text import fold

_FOLDER = Path(__file__).parent / "words"
_LETTER = r"[^\W\d_]"
_MARKED = rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u064b-\u065f\u0670])*"
_WORD = re.compile(rf"{_MARKED}(?:[-‑'’]{_MARKED})*")
# French elision belongs to the grammar; O'Brien, D'Souza, N'Guessan and M'hamed to the name.
_ELISION = re.compile(r"(?:[ldjsnmct]|[LJSCT]|[qQ]u)['’](?=\w)")
_POSSESSIVE = re.compile(r"['’]s$")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARTICLE_JOINED = re.compile(r"(?:al|el|as|ash|at|ad|ar|az|an|ul)[-‑'’][A-ZÀ-Ý]")
_SENTENCE_END = re.compile(r"[.!?:;\n•«\"“(]\s*$|^\s*$|\n\s*[-*–]\s*$")


def read_words(name: str) -> frozenset[str]:
    """Read one of the word lists, folded."""
    return frozenset(fold(word) for line in _read_lines(name) for word in line.split())


def _read_lines(name: str) -> list[str]:
    lines = (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


PARTICLES = read_words("particles")
# These make a name of the one word that follows: Ben Ali, Van Houten.
STRONG_PARTICLES = read_words("strong_particles")


@dataclass(frozen=True, slots=True)
class Token:
    """Hold one word of a text, its place and what its letters tell."""

    start: int
    end: int
    text: str
    folded: str
    starts_sentence: bool

    @property
    def is_arabic(self) -> bool:
        """Tell whether it is written in Arabic script, which has no capitals."""
        return bool(_ARABIC.match(self.text))

    @property
    def is_capitalised(self) -> bool:
        """Tell whether it starts with a capital and goes on in small letters."""
        if self.text[0].islower():
            return bool(_ARTICLE_JOINED.match(self.text))
        return self.text[0].isupper() and (len(self.text) == 1 or not self.text.isupper())

    @property
    def is_upper(self) -> bool:
        """Tell whether it is all capitals."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_initial(self) -> bool:
        """Tell whether it is one capital letter."""
        return len(self.text) == 1 and self.text.isupper()

    @property
    def parts(self) -> list[str]:
        """Return the folded parts of a hyphenated word."""
        return self.folded.split()


def read_tokens(text: str) -> list[Token]:
    """Split a text into its words; elided articles and possessive endings are left out."""
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        if elision := _ELISION.match(word):
            start += elision.end()
        if possessive := _POSSESSIVE.search(word):
            end -= len(possessive[0])
        if start < end:
            before = text[max(0, match.start() - 8) : match.start()]
            word = text[start:end]
            folded = fold(word.replace("'", "").replace("’", ""))
            found.append(Token(start, end, word, folded, bool(_SENTENCE_END.search(before))))
    return found


@cache
def given_names() -> frozenset[str]:
    """Return names that are seldom anything else."""
    return read_words("given_names")


@cache
def ambiguous_names() -> frozenset[str]:
    """Return names that are also words or places."""
    return read_words("ambiguous_names")


@cache
def common_words() -> frozenset[str]:
    """Return words that stand with a capital letter without being a name."""
    return read_words("not_names")


@cache
def arabic_words() -> frozenset[str]:
    """Return Arabic words that no name contains."""
    return read_words("arabic_words")


@cache
def places() -> frozenset[tuple[str, ...]]:
    """Return place names as their folded words."""
    return frozenset(tuple(fold(line).split()) for line in _read_lines("places"))
