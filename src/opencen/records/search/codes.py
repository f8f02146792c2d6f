"""Codes in the text search: the path a code stands on, and the codes that a typed word names in any language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from opencen.codelists.catalogue import get_list
from opencen.codelists.known import other_names
from opencen.codelists.lists import Code, CodeList
from opencen.codelists.queries import national_codes
from opencen.kernel.errors import NotFound
from opencen.kernel.text import fold
from opencen.records.effective import effective_schema
from opencen.records.paths import schema_leaves
from opencen.records.types import domain_names

LARGE = 3000
NAMES = frozenset({"place", "port", "airport", "hs"})
"""Lists known to be large; a process that only searches never loads them."""
SHORTEST_BEGINNING = 4
ARTICLE = "ال"
# Codes that people write as words: EUR, USD.
WRITTEN = frozenset({"currency"})
_LAST = "\U0010ffff"


class CodeBook:
    """Look up code lists for one run of work; a list is fetched once."""

    def __init__(self) -> None:
        self._lists: dict[str, CodeList | None] = {}
        self._paths: dict[tuple[str, str], tuple[str, ...]] = {}

    def list(self, name: str) -> CodeList | None:
        """Return a list, or None where this installation has none of that name."""
        if name not in self._lists:
            try:
                self._lists[name] = get_list(name)
            except NotFound:
                self._lists[name] = None
        return self._lists[name]

    def path(self, name: str, code: str) -> tuple[str, ...]:
        """Return a code and all above it; a national code stands under what it maps to as well."""
        key = (name, code)
        if key not in self._paths:
            self._paths[key] = tuple(dict.fromkeys(self._walk(name, code)))
        return self._paths[key]

    def _walk(self, name: str, code: str) -> Iterator[str]:
        yield code
        codes = self.list(name)
        if codes is None:
            return
        yield from codes.ancestors(code)
        if (standard := codes.standard(code)) != code:
            yield from self._walk(name, standard)

    def name_of_place(self, name: str, code: str) -> str:
        """Return the name behind a code of a large list: its words are indexed with the record."""
        codes = self.list(name)
        return codes.label(code) if codes is not None and (name in NAMES or len(codes) > LARGE) else ""


class Vocabulary:
    """All words of the labels and aliases of the code lists that documents use, in every language.

    Of very long lists only the national codes: the names of the others are indexed with the records.
    """

    def __init__(self, lists: dict[str, CodeList], own: dict[str, tuple[Code, ...]]) -> None:
        self.lists = lists
        self.own = own
        self._texts: dict[str, set[str]] = {}
        owners: dict[str, set[str]] = {}
        listed = ((name, code) for name, codes in lists.items() for code in codes)
        added = ((name, code) for name, codes in own.items() for code in codes)
        for name, code in chain(listed, added):
            term = f"{name}/{code.code}"
            for text in (*_texts_of(code), *((fold(code.code),) if name in WRITTEN else ())):
                self._texts.setdefault(text, set()).add(term)
        for place, others in other_names():
            for text in others:
                self._texts.setdefault(fold(text), set()).add(f"place/{place}")
        for text, terms in self._texts.items():
            for word in text.split():
                for form in _forms(word):
                    owners.setdefault(form, set()).update(terms)
        self._owners = owners
        self._words = sorted(owners)

    def named(self, word: str) -> set[str]:
        """Return the terms `list/code` whose label has a word, or a word that begins so."""
        found: set[str] = set()
        for form in _forms(word):
            if len(form) < SHORTEST_BEGINNING:
                found.update(self._owners.get(form, ()))
            else:
                first, last = bisect_left(self._words, form), bisect_left(self._words, form + _LAST)
                found |= self._terms(self._words[first:last])
        return found

    def nearly_named(self, word: str, distance: int) -> set[str]:
        """Return the terms whose label has a word spelt nearly so."""
        found = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=distance, limit=20)
        return self._terms([text for text, _, _ in found])

    def named_by(self, phrase: str) -> set[str]:
        """Return the terms whose label holds these words next to each other."""
        words = phrase.split()
        spaced = f" {phrase} "
        hits = {text for text in self._texts if spaced in f" {text} "} if len(words) > 1 else set()
        return {term for text in hits for term in self._texts[text]} or (
            set(self._owners.get(phrase, ())) if len(words) == 1 else set()
        )

    def _terms(self, words: list[str]) -> set[str]:
        return {term for word in words for term in self._owners[word]}


def _forms(word: str) -> Iterator[str]:
    """Yield a word, and an Arabic one without its article."""
    yield word
    if word.startswith(ARTICLE) and len(word) >= len(ARTICLE) + 3:
        yield word[len(ARTICLE) :]


def _texts_of(code: Code) -> Iterator[str]:
    for label in code.labels.values():
        yield fold(label)
    for aliases in code.aliases.values():
        for alias in aliases:
            yield fold(alias)


_vocabulary: Vocabulary | None = None


def vocabulary() -> Vocabulary:
    """Return the words of the code lists in use, gathered anew when one of the lists has changed."""
    global _vocabulary
    book = CodeBook()
    lists = {}
    for name in sorted(used_lists() - NAMES):
        codes = book.list(name)
        if codes is not None and len(codes) <= LARGE:
            lists[name] = codes
    own = {name: national for name in sorted(NAMES) if (national := national_codes(name))}
    known = _vocabulary
    is_same = known is not None and known.lists.keys() == lists.keys() and known.own == own
    if known is None or not is_same or any(known.lists[k] is not lists[k] for k in lists):
        known = _vocabulary = Vocabulary(lists, own)
    return known


def codes_named(name: str, phrase: str) -> set[str]:
    """Return the codes of one list that a folded phrase names in any language, or that begin so."""
    words, listed = vocabulary(), f"{name}/"
    if name in words.lists:
        found = words.named_by(phrase) or words.named(phrase)
        return {term[len(listed) :] for term in found if term.startswith(listed)}
    # The list of a column that no document holds, such as the state of a record.
    texts = {code.code: tuple(_texts_of(code)) for code in get_list(name)} if phrase else {}
    exact = {code for code, said in texts.items() if phrase in said}
    is_long = len(phrase) >= SHORTEST_BEGINNING
    begun = {code for code, said in texts.items() if is_long and any(text.startswith(phrase) for text in said)}
    return exact or begun


def used_lists() -> set[str]:
    """Name the code lists that the installed document types use."""
    trees = [effective_schema(kind).tree for kind in domain_names()]
    return {leaf.codelist for tree in trees for _, leaf in schema_leaves(tree) if leaf.codelist}
