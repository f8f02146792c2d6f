"""Suggest what a value or a header that no list knows may mean, with the reason; a person says yes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats.measures import LANGUAGES
from opencen.kernel.text import fold_ascii

ALIKE = 78
LEAD = 6
LONGEST = 80
MOST_CODES = 20_000
_UNIT_AT_END = re.compile(r"^(.*?)[\s(\[,/:-]+(?:en|in|em|per)?\s*([^\s()\[\],/:-]+)\s*[)\].]?$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code that a text may mean: its label, and the text of the list that is so like it."""

    code: str
    label: str
    text: str


def suggest_code(name: str, text: str, language: str) -> Suggestion | None:
    """Suggest the code whose label or alias is much more like a text than any other's; else none."""
    wanted = fold_ascii(text[:LONGEST])
    if len(wanted) < 3:
        return None
    codes = get_list(name)
    if len(codes) > MOST_CODES:
        return None
    texts = _folded_texts(name, id(codes))
    nearest = process.extract(wanted, list(texts), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=8)
    if not nearest:
        return None
    best, (code, shown) = nearest[0][1], texts[nearest[0][0]]
    if any(texts[other][0] != code and best - score < LEAD for other, score, _ in nearest[1:]):
        return None
    return Suggestion(code, codes.label(code, language), shown)


@lru_cache(maxsize=16)
def _folded_texts(name: str, version: int) -> dict[str, tuple[str, str]]:
    """Return the labels and aliases of a list, folded, each with its code; what several codes share is left out."""
    found: dict[str, tuple[str, str]] = {}
    shared: set[str] = set()
    for code in get_list(name):
        for text in (*code.labels.values(), *(alias for aliases in code.aliases.values() for alias in aliases)):
            key = fold_ascii(text)
            if found.setdefault(key, (code.code, text))[0] != code.code:
                shared.add(key)
    return {key: value for key, value in found.items() if key not in shared}


def split_unit(header: str) -> tuple[str, str]:
    """Take a unit off a header's end: "Poids (kg)" gives "Poids" and the unit; no unit gives the header alone."""
    match = _UNIT_AT_END.match(header.strip())
    unit = resolve("unit", match[2].rstrip("."), LANGUAGES) if match and match[1] else None
    return (match[1].strip(), unit.code) if match and unit else (header, "")


def recognised_share(name: str, texts: Sequence[str]) -> float:
    """Return how many of the distinct texts a list knows, as a share."""
    known = sum(resolve(name, text, LANGUAGES) is not None for text in texts)
    return known / len(texts) if texts else 0.0
