"""Find the people, businesses and vessels of a record in its free text, however they are written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from opencen.kernel.free_text.spans import KnownName, Span
from opencen.kernel.free_text.words import PARTICLES, Token, common_words, read_tokens, read_words
from opencen.kernel.text import fold, fold_ascii

_SIMILAR = 84
_SIMILAR_FROM = 5
_GAP = re.compile(r"[ \u00a0.,'’\-]{0,3}")
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\. ?){1,3}[^\W\d_](?:\.|\b)")
_UPPER_WORD = re.compile(r"\b[^\W\d_]{2,4}\b")
_SOFT_LETTERS = re.compile(r"[aeiouyw']+")
_SAME_SOUND = (("ch", "sh"), ("dj", "j"), ("ph", "f"), ("q", "k"), ("c", "k"))
_ALSO_WORDS = read_words("also_words")
_GENERIC = read_words("generic_business_words")


@dataclass(frozen=True, slots=True)
class _KnownWord:
    folded: str
    ascii: str
    skeleton: str

    @classmethod
    def make(cls, word: str) -> _KnownWord:
        folded = fold(word)
        plain = fold_ascii(word)
        bare = fold_ascii(folded.removeprefix("ال")) if folded.startswith("ال") else plain
        return cls(folded, plain, _skeleton(bare))

    def matches(self, token: Token, other: _KnownWord) -> bool:
        """Tell whether a word of the text is this word: the same, misspelt, or written in another script."""
        if token.folded == self.folded or (other.ascii == self.ascii and len(self.ascii) >= 4):
            return len(self.folded) > 2 or token.text[0].isupper() or token.is_arabic
        if token.text.isascii() == self.folded.isascii() and not token.is_arabic:
            return _is_similar(token, self.ascii, other.ascii)
        return len(self.skeleton) >= 3 and self.skeleton == other.skeleton


def find_known(text: str, tokens: list[Token], known_names: Sequence[KnownName]) -> list[Span]:
    """Find every known name: whole, in part, misspelt, in another script, or as initials."""
    if not known_names:
        return []
    words = [_KnownWord.make(token.folded) for token in tokens]
    found: list[Span] = []
    for known in known_names:
        if known.kind == "name":
            found += _find_person(text, tokens, words, known)
        else:
            found += _find_phrase(text, tokens, words, known)
    return found


def _find_person(text: str, tokens: list[Token], words: list[_KnownWord], known: KnownName) -> list[Span]:
    parts = [token for token in read_tokens(known.text) if token.folded not in PARTICLES]
    wanted = _known_words(known)
    hits = [
        any(one.matches(token, word) for one in wanted) and _may_be_name(token)
        for token, word in zip(tokens, words, strict=True)
    ]
    initials = {fold_ascii(part.text)[:1] for part in parts}
    letters = [fold_ascii(token.text)[:1] for token in read_tokens(known.text)]
    found = []
    for group in _join_neighbours(text, tokens, hits, initials):
        start, end = group[0].start, group[-1].end
        if group[-1].is_initial and text[end : end + 1] == ".":
            end += 1
        found.append(Span(start, end, "name", text[start:end], "known_name"))
    return [*found, *_find_initials(text, letters)]


def _known_words(known: KnownName) -> list[_KnownWord]:
    """Return the words of a name that stand for it alone, and neighbours written as one (Ben Ali, Benali)."""
    folded = [part for token in read_tokens(known.text) for part in token.parts]
    single = [part for part in folded if part not in PARTICLES and len(part) > 1]
    joined = [one + two for one, two in pairwise(folded)]
    hyphenated = [token.folded for token in read_tokens(known.text) if len(token.parts) > 1]
    return [_KnownWord.make(word) for word in dict.fromkeys([*single, *joined, *hyphenated])]


def _may_be_name(token: Token) -> bool:
    """Tell whether a word may be meant as a name: what is a common word as well needs its capital."""
    return (
        token.is_arabic
        or token.text[0].isupper()
        or (token.folded not in common_words() and token.folded not in _ALSO_WORDS)
    )


def _is_similar(token: Token, known: str, written: str) -> bool:
    if min(len(known), len(written)) < _SIMILAR_FROM or not token.text[0].isupper():
        return False
    if token.folded in common_words():
        return False
    return known[0] == written[0] and fuzz.ratio(known, written) >= _SIMILAR


def _join_neighbours(text: str, tokens: list[Token], hits: list[bool], initials: Iterable[str]) -> list[list[Token]]:
    """Group neighbouring hits, with the particles between them and the initials beside them."""
    members = list(hits)
    for place, hit in enumerate(hits):
        for beside in (place - 1, place + 1) if hit else ():
            if 0 <= beside < len(tokens) and _is_beside(text, tokens, place, beside):
                letter = fold_ascii(tokens[beside].text)
                members[beside] |= tokens[beside].is_initial and letter in initials
    groups: list[list[Token]] = []
    last = -2
    for place, token in enumerate(tokens):
        if not members[place]:
            continue
        between = tokens[last + 1 : place]
        near = last >= 0 and all(_is_beside(text, tokens, step, step + 1) for step in range(last, place))
        if groups and near and all(word.folded in PARTICLES for word in between):
            groups[-1] += [*between, token]
        else:
            groups.append([token])
        last = place
    return groups


def _is_beside(text: str, tokens: list[Token], one: int, other: int) -> bool:
    first, second = tokens[min(one, other)], tokens[max(one, other)]
    return _GAP.fullmatch(text[first.end : second.start]) is not None


def _find_initials(text: str, letters: list[str]) -> list[Span]:
    """Find the initials of a name, dotted in any order of its words, or as capitals standing alone."""
    if len(letters) < 2:
        return []
    found = []
    for match in _DOTTED.finditer(text):
        written = fold_ascii(match[0]).replace(" ", "")
        if len(written) > 1 and _are_initials(written, letters):
            found.append(match)
    for match in _UPPER_WORD.finditer(text):
        word = match[0]
        if word.isupper() and _abbreviates(fold_ascii(word), letters) and not _is_no_initials(fold(word)):
            found.append(match)
    return [Span(*match.span(), "name", match[0], "known_initials") for match in found]


def _is_no_initials(folded: str) -> bool:
    return folded in common_words() or folded in _UNITS


def _abbreviates(written: str, letters: list[str]) -> bool:
    """Tell whether letters run from the first to the last word of a name, or back, some left out."""
    for order in (letters, letters[::-1]):
        rest = iter(order)
        if written[0] == order[0] and written[-1] == order[-1] and all(letter in rest for letter in written):
            return True
    return False


_UNITS = frozenset({"kg", "mg", "ml", "cl", "hl", "km", "cm", "mm", "gr", "lb", "oz", "tn", "un", "eu", "us", "uk"})


def _are_initials(written: str, letters: list[str]) -> bool:
    """Tell whether letters are initials of the name's words, none used twice."""
    left = list(letters)
    for letter in written:
        if letter not in left:
            return False
        left.remove(letter)
    return True


def _find_phrase(text: str, tokens: list[Token], words: list[_KnownWord], known: KnownName) -> list[Span]:
    """Find the distinctive words of a business or vessel, with the rest of its name around them."""
    wanted = [_KnownWord.make(token.folded) for token in read_tokens(known.text)]
    distinctive = [word for word in wanted if word.folded not in _GENERIC | PARTICLES and len(word.folded) > 2]
    whole = {word.folded for word in wanted}
    found = []
    for place, (token, word) in enumerate(zip(tokens, words, strict=True)):
        if not any(one.matches(token, word) for one in distinctive) or not _may_be_name(token):
            continue
        first = _reach(text, tokens, place, -1, whole)
        last = _reach(text, tokens, place, 1, whole)
        start, end = tokens[first].start, tokens[last].end
        found.append(Span(start, end, known.kind, text[start:end], "known_name"))
    return found


def _reach(text: str, tokens: list[Token], place: int, step: int, whole: set[str]) -> int:
    """Go from a word over its neighbours as long as they belong to the same name."""
    for _ in whole:
        beside = place + step
        if not 0 <= beside < len(tokens) or tokens[beside].folded not in whole:
            break
        if not _is_beside(text, tokens, place, beside):
            break
        place = beside
    return place


def _skeleton(ascii_word: str) -> str:
    """Reduce a word to the consonants that survive a change of script: Lotfi and the Arabic ltfy both give ltf."""
    plain = ascii_word
    for written, sound in _SAME_SOUND:
        plain = plain.replace(written, sound)
    return re.sub(r"(.)\1+", r"\1", _SOFT_LETTERS.sub("", plain)).rstrip("h")
