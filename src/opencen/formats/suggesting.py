"""Suggest what a value or a header that no list knows may mean, with the reason; a person says yes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats.measures import LANGUAGES
from opencen.formats.money import read_currency
from opencen.formats.spelling import written_for
from opencen.formats.words import Overlap, WordIndex
from opencen.kernel.text import fold_ascii

ALIKE = 78
LEAD = 6
WHOLE = 0.99
MOSTLY = 0.6
WORDS_LEAD = 0.08
SHORTEST, TOO_SHORT, SURELY = 2, 3, 4
LONGEST = 80
MOST_CODES = 20_000
MOST_SHOWN = 3
_UNIT_AT_END = re.compile(r"^(.*?)[\s(\[,/:-]+(?:en|in|em|per)?\s*([^\s()\[\],/:-]+)\s*[)\].]?$")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
Codes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that a text may mean: its label, and the text of the list that is so like it."""

    code: str
    label: str
    text: str


def suggest_codes(name: str, text: str, language: str) -> list[Suggestion]:
    """Suggest the code that a text is most like; where several are as like, the few of them."""
    codes = get_list(name)
    if len(fold_ascii(text[:LONGEST])) < SHORTEST or len(codes) > MOST_CODES:
        return []
    return [
        Suggestion(code, codes.label(code, language), shown)
        for code, shown in _nearest(name, text[:LONGEST], id(codes))[:MOST_SHOWN]
    ]


@lru_cache(maxsize=4096)
def _nearest(name: str, text: str, version: int) -> Codes:
    """Find codes by the part outside brackets, by the words they share, by their spelling; one word by its spelling."""
    bare = _BRACKETS.sub(" ", text).strip()
    for part in (bare, *_BRACKETS.findall(text)):
        known = resolve(name, part, LANGUAGES) if part and part != text else None
        if known:
            return ((known.code, part),)
    finding = [_by_words, _by_spelling]
    if len(fold_ascii(text).split()) == 1:
        finding.reverse()
    return next((found for find in finding if (found := find(name, text, version))), ())


def _by_spelling(name: str, text: str, version: int) -> Codes:
    wanted = fold_ascii(text)
    texts = _folded_texts(name, version)
    if wanted in texts:
        return (texts[wanted],)
    if len(wanted) <= TOO_SHORT:
        return ()
    if len(wanted) > SURELY and (slip := {texts[t] for t in texts if _is_a_slip(wanted, t)}):
        return _one_code(slip)
    nearest = process.extract(wanted, list(texts), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=8)
    if not nearest:
        return ()
    best, found = nearest[0][1], texts[nearest[0][0]]
    if any(texts[other][0] != found[0] and best - score < LEAD for other, score, _ in nearest[1:]):
        return ()
    return (found,)


def _is_a_slip(wanted: str, text: str) -> bool:
    """Tell whether one key was struck wrongly: a letter more, less or other, or two exchanged."""
    return abs(len(text) - len(wanted)) < 2 and OSA.distance(wanted, text, score_cutoff=1) == 1


def _one_code(found: set[tuple[str, str]]) -> Codes:
    return (min(found),) if len({code for code, _ in found}) == 1 else ()


def _by_words(name: str, text: str, version: int) -> Codes:
    """Find codes whose whole name stands in the text, or that share most words with it."""
    overlaps = [found for found in _word_index(name, version).find(text) if is_near(found)]
    if not overlaps:
        return ()
    codes = get_list(name)
    best = overlaps[0]
    near = [found for found in overlaps if best.score - found.score < WORDS_LEAD]
    # A narrower code says more than the wider ones around it.
    narrow = [one for one in near if not any(o.key != one.key and codes.is_under(o.key, one.key) for o in near)]
    return tuple((found.key, found.text) for found in narrow)


def is_near(found: Overlap[str]) -> bool:
    """Tell whether enough words are shared to propose it."""
    return found.held >= WHOLE or (found.held >= MOSTLY and found.explained >= MOSTLY)


@lru_cache(maxsize=16)
def _word_index(name: str, version: int) -> WordIndex[str]:
    return WordIndex(_texts_of(name))


@lru_cache(maxsize=16)
def _folded_texts(name: str, version: int) -> dict[str, tuple[str, str]]:
    """Return the texts of a list, folded, each with its code; what several codes share is left out."""
    found: dict[str, tuple[str, str]] = {}
    shared: set[str] = set()
    for code, text in _texts_of(name):
        key = fold_ascii(text)
        if found.setdefault(key, (code, text))[0] != code:
            shared.add(key)
    return {key: value for key, value in found.items() if key not in shared}


def _texts_of(name: str) -> Iterator[tuple[str, str]]:
    """Yield the labels, aliases and further spellings of a list, each with its code."""
    for code in get_list(name):
        for text in (*code.labels.values(), *(alias for aliases in code.aliases.values() for alias in aliases)):
            yield code.code, text
        for text in written_for(name).get(code.code, ()):
            yield code.code, text


def split_unit(header: str) -> tuple[str, str]:
    """Take a unit off a header's end: "Poids (kg)" gives "Poids" and the unit; no unit gives the header alone."""
    match = _UNIT_AT_END.match(header.strip())
    unit = resolve("unit", match[2].rstrip("."), LANGUAGES) if match and match[1] else None
    return (match[1].strip(), unit.code) if match and unit else (header, "")


def split_currency(header: str) -> tuple[str, str]:
    """Take a currency off a header's end: "Valeur (DT)" gives "Valeur" and the code; none gives the header alone."""
    match = _UNIT_AT_END.match(header.strip())
    code = read_currency(match[2]) if match and match[1] else ""
    return (match[1].strip(), code) if match and code else (header, "")


def recognised_share(name: str, texts: Sequence[str]) -> float:
    """Return how many of the distinct texts a list knows, as a share."""
    known = sum(resolve(name, text, LANGUAGES) is not None for text in texts)
    return known / len(texts) if texts else 0.0
