"""Read the words of a text for what each may be within a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto

from opencen.kernel.free_text.spans import Kind, Span
from opencen.kernel.free_text.vocabulary import (
    INTRODUCTIONS,
    TITLES,
    is_ordinary,
    is_ordinary_word,
)
from opencen.kernel.free_text.words import (
    PARTICLES,
    STRONG_PARTICLES,
    Token,
    arabic_words,
    common_words,
    given_names,
    places,
)

NAME_GAP = re.compile(r"[ \u00a0]{1,2}|\.[ \u00a0]?|[-‑]|, (?=[^\W\d_])")
TITLE_GAP = re.compile(r"\.?[ \u00a0]{0,2}[:\"«“']?[ \u00a0]?")
_LOWER_SHARE = 0.3

# "On", which folds to the name Ali: people write the name with the dotted letter.
_ON = "على"


class Role(Enum):
    """Say what a word may be within a name."""

    NONE = auto()
    NAME = auto()
    UPPER = auto()
    GIVEN = auto()
    PARTICLE = auto()
    INITIAL = auto()


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a text's words with what each may be within a name."""

    text: str
    tokens: list[Token]
    roles: list[Role]
    known: frozenset[int]
    is_upper_text: bool

    def gap(self, place: int) -> str:
        """Return what stands between a word and the next one, or the end."""
        end = self.tokens[place + 1].start if place + 1 < len(self.tokens) else len(self.text)
        return self.text[self.tokens[place].end : end]


def read_roles(
    text: str, tokens: list[Token], known: Sequence[Span], not_names: AbstractSet[tuple[str, ...]]
) -> Reading:
    """Tell of every word what it may be within a name, those of known names included."""
    small = sum(character.islower() for character in text)
    large = sum(character.isupper() for character in text)
    is_upper_text = large > 12 and small < _LOWER_SHARE * (small + large)
    written_small = {token.folded for token in tokens if not (token.is_capitalised or token.is_upper)}
    roles = [_tell_role(token, written_small, is_upper_text) for token in tokens]
    for place in _find_places(text, tokens, not_names):
        roles[place] = Role.NONE
    covered = _find_covered(tokens, known)
    for place in covered:
        roles[place] = Role.GIVEN
    reading = Reading(text, tokens, roles, covered, is_upper_text)
    _read_arabic(reading)
    _read_titled(reading)
    return reading


def _find_covered(tokens: list[Token], known: Sequence[Span]) -> frozenset[int]:
    """Return the words that belong to people already found."""
    spans = [span for span in known if span.kind == "name"]
    return frozenset(
        place
        for place, token in enumerate(tokens)
        if any(span.start <= token.start and token.end <= span.end for span in spans)
    )


def _tell_role(token: Token, written_small: set[str], is_upper_text: bool) -> Role:
    parts = token.parts
    if token.is_initial:
        return Role.INITIAL
    if token.folded in PARTICLES:
        return Role.PARTICLE
    is_given = any(part in given_names() for part in parts)
    if len(parts) > 1 and all(is_ordinary_word(part) or (part,) in places() for part in parts):
        return Role.NONE
    if token.is_arabic:
        if token.text == _ON:
            return Role.NONE
        return Role.GIVEN if is_given or strip_joined(token.folded) in given_names() else Role.NONE
    if not (token.is_capitalised or token.is_upper):
        return Role.NONE
    if is_given and (token.folded not in common_words() or len(parts) > 1):
        return Role.GIVEN
    if token.folded in written_small or token.folded in common_words():
        return Role.NONE
    if all(is_ordinary_word(part) for part in parts):
        return Role.NONE
    if token.is_upper:
        return Role.UPPER if len(token.text) > 2 or is_upper_text else Role.NONE
    return Role.NAME


def strip_joined(folded: str) -> str:
    """Take off the one-letter words that Arabic writes together with the next one (and, to, by)."""
    return folded[1:] if len(folded) > 3 and folded[0] in "ولبفك" else folded


def _find_places(text: str, tokens: list[Token], more: AbstractSet[tuple[str, ...]]) -> set[int]:
    """Return the words that belong to the name of a place; a single one beside another capital may be a family name."""
    found: set[int] = set()
    place = 0
    while place < len(tokens):
        length = _match_place(tokens, place, more)
        if length > 1 or (length == 1 and not _has_name_beside(text, tokens, place)):
            found |= set(range(place, place + length))
        place += max(length, 1)
    return found


def _match_place(tokens: list[Token], start: int, more: AbstractSet[tuple[str, ...]]) -> int:
    """Return how many words from here on name a place, the longest reading."""
    if not (tokens[start].is_arabic or tokens[start].text[0].isupper()):
        return 0
    words: list[str] = []
    longest = 0
    for count, token in enumerate(tokens[start : start + 6], 1):
        words += token.parts
        key = tuple(words)
        bare = (key[0].removeprefix("ب").removeprefix("ل"), *key[1:]) if key and token.is_arabic else key
        if key in places() or bare in places() or (key in more and not any(word in given_names() for word in key)):
            longest = count
    return longest


def _has_name_beside(text: str, tokens: list[Token], place: int) -> bool:
    """Tell whether the word before is a given name, or a word beside is capitalised without being a common word."""
    before = tokens[place - 1] if place else None
    if before and text[before.end : tokens[place].start] == " " and before.text[0].isupper():
        return before.folded in given_names() or (len(before.text) > 1 and not is_ordinary(before))
    return False


def _read_arabic(reading: Reading) -> None:
    """Let a name in Arabic script, which has no capitals, run on: three words after a title, two after a name."""
    allowed = 0
    for place, token in enumerate(reading.tokens):
        role = reading.roles[place]
        if place and reading.gap(place - 1).strip(" "):
            allowed = 0
        if not token.is_arabic:
            allowed = 0
        elif token.folded in INTRODUCTIONS:
            reading.roles[place] = Role.NONE
            allowed = 3
        elif role is Role.GIVEN:
            allowed = max(allowed - 1, 2)
        elif role is Role.PARTICLE:
            allowed = max(allowed, 1) if token.folded in STRONG_PARTICLES else allowed
        elif allowed and token.folded not in arabic_words() and not _is_arabic_verb(token.folded):
            reading.roles[place] = Role.NAME
            allowed -= 1
        else:
            allowed = 0


def _is_arabic_verb(folded: str) -> bool:
    """Tell whether a word has the prefix of the third person or a joined `and`, which few names have."""
    return (folded[0] == "ي" and 3 < len(folded) < 7) or (folded[0] == "و" and len(folded) > 5)


def _read_titled(reading: Reading) -> None:
    """Let one or two words after a title be a name, whatever else they mean."""
    for place in range(len(reading.tokens) - 1):
        if not is_title(reading, place):
            continue
        for step in range(place + 1, min(place + 3, len(reading.tokens))):
            token = reading.tokens[step]
            gap = reading.gap(step - 1)
            if not (TITLE_GAP if step == place + 1 else NAME_GAP).fullmatch(gap):
                break
            if token.text[0].isupper() and not token.is_initial and reading.roles[step] is Role.NONE:
                reading.roles[step] = Role.NAME
            elif reading.roles[step] is Role.NONE:
                break


def is_title(reading: Reading, place: int) -> bool:
    """Tell whether a word is a form of address before a name."""
    token = reading.tokens[place]
    if token.folded not in TITLES:
        return False
    if token.folded == "m":
        return token.text == "M" and reading.gap(place).startswith(".")
    return token.folded not in ("don", "dit", "sr") or token.text[0].isupper() or token.folded == "dit"


def make_span(reading: Reading, start: int, end: int, kind: Kind, why: str) -> Span:
    """Mark a run of words, the point of a closing initial included."""
    first, last = reading.tokens[start].start, reading.tokens[end - 1].end
    if reading.roles[end - 1] is Role.INITIAL and reading.text[last : last + 1] == ".":
        last += 1
    return Span(first, last, kind, reading.text[first:last], why)
