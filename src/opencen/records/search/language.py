"""The words a person types: all of them, "a phrase", -without, name:value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Literal

from opencen.kernel.errors import Invalid
from opencen.kernel.text import fold, identifier_key
from opencen.records.search.named import Named, plain_name

LONGEST_TEXT = 400
MOST_CLAUSES = 24
LONGEST_RUN = 5
SHORTEST_IDENTIFIER = 4
SHORTEST_PART = 2
LONGEST_JOINED = 3
IN_NAMES = ("el", "al", "ul", "ben", "bin", "ibn", "de", "da", "van")
LEAST_PARTED, MOST_PARTED = 5, 20
LONGEST_IDENTIFIER = 40
_CLAUSE = re.compile(
    r'(?P<minus>-?)(?:(?P<name>[^\W\d][\w.\u0300-\u036f\u064b-\u065f\u0670]*):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))'
)
# Words that carry no meaning in the languages of the labels; a query of nothing else keeps them.
_SMALL = frozenset(
    (*("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"),
     *("au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour"),
     *("sur", "un", "une"),
     *("com", "con", "da", "das", "del", "do", "dos", "e", "el", "em", "las", "los", "na", "no", "nos", "o", "os"),
     *("para", "por", "um", "uma", "una", "y"),
     *("الى", "على", "عن", "في", "مع", "من", "و"))
)  # fmt: skip

ClauseKind = Literal["words", "phrase", "named"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for, or excluded: folded words, with what they and their neighbours may be written as together.

    `identifiers` are numbers over several words, `joined` is for each word what others write as one: Ben Ali, Benali.
    """

    kind: ClauseKind
    words: tuple[str, ...]
    identifiers: tuple[str, ...] = ()
    name: str = ""
    value: str = ""
    is_excluded: bool = False
    joined: tuple[tuple[str, ...], ...] = ()


def parse_text(text: str, names: Mapping[str, Named]) -> tuple[Clause, ...]:
    """Read what was typed; `names` are those that may stand before a colon."""
    if len(text) > LONGEST_TEXT:
        raise Invalid("search.too_long", path="text", limit=LONGEST_TEXT)
    found = [clause for match in _CLAUSE.finditer(text) if (clause := _read(match, names)) is not None]
    if len(found) > MOST_CLAUSES:
        raise Invalid("search.too_many_words", path="text", limit=MOST_CLAUSES)
    return tuple(_with_runs(_without_small(_with_joined(_with_numbers(found, names)))))


def keep_clauses(text: str, names: Mapping[str, Named], is_kept: Callable[[Clause], bool]) -> str:
    """Return a typed text with those of its clauses alone that are to be kept."""
    read = ((match, _read(match, names)) for match in _CLAUSE.finditer(text))
    return " ".join(match[0] for match, clause in read if clause is None or is_kept(clause))


def _read(match: re.Match[str], names: Mapping[str, Named]) -> Clause | None:
    is_excluded, name = bool(match["minus"]), match["name"] or ""
    raw = match["phrase"] if match["phrase"] is not None else match["word"]
    if name and (plain := plain_name(name)) in names and raw.strip():
        return Clause("named", tuple(fold(raw).split()), name=plain, value=raw.strip(), is_excluded=is_excluded)
    if name:
        raw = f"{name}:{raw}"
    words = tuple(fold(raw).split())
    if not words:
        return None
    kind: ClauseKind = "phrase" if match["phrase"] is not None and len(words) > 1 else "words"
    identifiers = (key,) if _may_be_identifier(key := identifier_key(raw)) and kind == "words" else ()
    return Clause(kind, words, identifiers, value=raw, is_excluded=is_excluded)


def _with_numbers(clauses: list[Clause], names: Mapping[str, Named]) -> list[Clause]:
    """Let a number after a name go on over spaces: `container:MSKU 123456-5` asks for one number."""
    made: list[Clause] = []
    for clause in clauses:
        before = made[-1] if made else None
        is_number = clause.kind == "words" and not clause.is_excluded and _is_number(clause.value)
        if before and before.kind == "named" and is_number and names[before.name].is_identifier:
            value = f"{before.value} {clause.value}"
            made[-1] = replace(before, words=(*before.words, *clause.words), value=value)
        else:
            made.append(clause)
    return made


def _is_number(value: str) -> bool:
    return any(c.isdigit() for c in value) and not any(c.isalpha() for c in value)


def _without_small(clauses: list[Clause]) -> list[Clause]:
    kept = [clause for clause in clauses if clause.kind != "words" or not _SMALL.issuperset(clause.words)]
    return kept if any(not clause.is_excluded for clause in kept) else clauses


def _with_runs(clauses: list[Clause]) -> list[Clause]:
    """Let words that follow each other be one identifier as well: "MSKU 123456-5" is one number in two words."""
    made = list(clauses)
    for first in range(len(clauses)):
        for last in range(first + 1, min(first + LONGEST_RUN, len(clauses))):
            run = clauses[first : last + 1]
            if any(clause.kind != "words" or clause.is_excluded for clause in run):
                break
            key = identifier_key("".join(clause.value for clause in run))
            if not _may_be_identifier(key):
                continue
            for place in range(first, last + 1):
                known = made[place]
                made[place] = replace(known, identifiers=(*known.identifiers, key))
    return made


def _with_joined(clauses: list[Clause]) -> list[Clause]:
    """Let words that follow each other, in one clause or in several, be one word as well."""
    made: list[Clause] = []
    for key, group in groupby(clauses, lambda clause: clause.kind == "words" and not clause.is_excluded):
        together = list(group)
        for run in [together] if key else [[clause] for clause in together]:
            written = iter(_joined([word for clause in run for word in clause.words]))
            made.extend(replace(clause, joined=tuple(islice(written, len(clause.words)))) for clause in run)
    return made


def _joined(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return for each word what it makes with its neighbours, two or three together."""
    made: list[list[str]] = [[] for _ in words]
    for first in range(len(words)):
        for last in range(first + 1, min(first + LONGEST_JOINED, len(words))):
            run = words[first : last + 1]
            if not all(word.isalpha() for word in run):
                break
            for place in range(first, last + 1):
                made[place].append("".join(run))
    return [tuple(found) for found in made]


def word_parts(word: str) -> Iterator[tuple[str, ...]]:
    """Yield every two words that others may write one word as, and three around the article or patronymic of a name."""
    if not word.isalpha() or not LEAST_PARTED <= len(word) <= MOST_PARTED:
        return
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        yield word[:at], word[at:]
        for small in IN_NAMES:
            if word.startswith(small, at) and len(word) - at - len(small) >= SHORTEST_PART:
                yield word[:at], small, word[at + len(small) :]


def _may_be_identifier(key: str) -> bool:
    is_long_enough = SHORTEST_IDENTIFIER <= len(key) <= LONGEST_IDENTIFIER
    return is_long_enough and key.isalnum() and any(c.isdigit() for c in key)


def has_long_word(clauses: Iterable[Clause]) -> bool:
    """Tell whether a word is long enough that a short one beside it may be misspelt."""
    return any(len(word) >= LEAST_PARTED and word.isalpha() for clause in clauses for word in clause.words)


def tolerance(word: str, *, has_company: bool = False) -> int:
    """Return how many letters of a word may be wrong: none of a number or a short word, unless a long one is beside."""
    if len(word) < SHORTEST_IDENTIFIER - has_company or any(c.isdigit() for c in word):
        return 0
    return 2 if len(word) >= 8 else 1
