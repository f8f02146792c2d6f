"""Typed text as queries of the index: words, phrases, identifiers, names in any script, codes that words name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from tantivy import Occur, Query

from opencen.kernel.scripts import is_other_script, name_key
from opencen.kernel.text import fold_ascii, identifier_key
from opencen.records.search.asking import ask_column, ask_date, ask_number, ask_photos, ask_quality
from opencen.records.search.births import born, is_birth_year, says_years
from opencen.records.search.codes import vocabulary
from opencen.records.search.content import LATIN, OTHER_SCRIPT
from opencen.records.search.language import Clause, has_long_word, keep_clauses, parse_text, tolerance, word_parts
from opencen.records.search.named import Named, name_paths, search_names
from opencen.records.search.schema import NAMED, NAMES, NOMINAL_WORDS, PUBLIC_WORDS, SCHEMA

Part = tuple[Occur, Query]
CODE_WEIGHT = 2.0
IDENTIFIER_WEIGHT = 8.0
KEY_WEIGHT = 0.5
SHORTEST_NUMBER = 3
# A reference as one says it: without its country, without the zeros of its number.
_REFERENCE = re.compile(r"(?:([A-Z]{2})[-/._ ])?([A-Z][A-Z0-9]{1,5})[-/._ ](\d{4})[-/._ ]0*(\d{1,6})")


def text_query(
    text: str,
    kinds: Sequence[str],
    *,
    reads_nominal: bool,
    is_forgiving: bool,
    among: Sequence[UUID] | None = None,
) -> list[Part]:
    """Return what must and must not hold for a typed text; `among` are those whose births are looked at, None: all."""
    reader = _Reader(kinds, reads_nominal, is_forgiving, among)
    clauses = parse_text(text, reader.names)
    reader.has_company = has_long_word(clauses)
    reader.reads_years = reader.reads_births and len(clauses) > 1
    parts = [(Occur.MustNot if clause.is_excluded else Occur.Must, reader.read(clause)) for clause in clauses]
    if parts and all(clause.is_excluded for clause in clauses):
        parts.append((Occur.Must, Query.all_query()))
    return parts


def without_births(text: str, kinds: Sequence[str]) -> str:
    """Return a text without what may say when somebody was born; the same text where nothing does."""
    names = search_names(kinds)

    def is_kept(clause: Clause) -> bool:
        is_birth = clause.kind == "named" and names[clause.name].kind == "born"
        return not is_birth and not (clause.kind == "words" and is_birth_year(clause.value))

    return keep_clauses(text, names, is_kept) if _births(names) else text


def _births(names: Mapping[str, Named]) -> tuple[str, ...]:
    """Return the paths of dates of birth in the databases that names are of."""
    found = names.get("birth")
    return found.paths if found is not None and found.kind == "born" else ()


def is_forgivable(text: str, kinds: Sequence[str]) -> bool:
    """Tell whether a text has a word that may be misspelt."""
    names = search_names(kinds)
    clauses = [
        clause
        for clause in parse_text(text, names)
        if not clause.is_excluded and (clause.kind == "words" or _has_words(names, clause))
    ]
    return any(tolerance(word) or name_key(word) for clause in clauses for word in clause.words)


def _has_words(names: Mapping[str, Named], clause: Clause) -> bool:
    return clause.kind == "named" and names[clause.name].kind == "words"


class _Reader:
    """Turn clauses into queries over the fields that may be read."""

    def __init__(
        self, kinds: Sequence[str], reads_nominal: bool, is_forgiving: bool, among: Sequence[UUID] | None
    ) -> None:
        self.kinds = kinds
        self.among = among
        self.names = search_names(kinds)
        self.reads_births = bool(_births(self.names)) and reads_nominal
        self.reads_years = False
        self.has_company = False
        self.name_paths = name_paths(kinds)
        self.reads_nominal = reads_nominal
        self.is_forgiving = is_forgiving
        self.words = (*PUBLIC_WORDS, *NOMINAL_WORDS) if reads_nominal else PUBLIC_WORDS
        self.identifiers = ("identifiers", "nominal_identifiers") if reads_nominal else ("identifiers",)
        self.codes = ("codes", "nominal_codes") if reads_nominal else ("codes",)
        self.named = NAMED if reads_nominal else NAMED[:1]

    def read(self, clause: Clause) -> Query:
        """Compile one clause."""
        if clause.kind == "named":
            return self._ask(clause, self.names[clause.name])
        if clause.kind == "phrase":
            return _any(self._phrase(clause.words))
        is_forgiving = self.is_forgiving and not clause.is_excluded
        every = [
            (Occur.Must, _any([*self._word(word, is_forgiving), *self._otherwise(word, joined, is_forgiving)]))
            for word, joined in zip(clause.words, clause.joined, strict=True)
        ]
        is_year = self.reads_years and not clause.is_excluded and is_birth_year(clause.value)
        years = [self._born(clause.value, self.names["birth"])] if is_year else []
        return _any([Query.boolean_query(every), *self._identifier(clause), *years])

    def _born(self, value: str, named: Named) -> Query:
        """Ask for when somebody was born, as a date of its own or as the year that a case states."""
        found = [born(path, value, self.among) for path in named.paths if self.reads_births]
        if named.part and says_years(value):
            found.append(ask_number(self.kinds, named.part, value, reads_nominal=self.reads_nominal))
        return Query.const_score_query(_any(found), CODE_WEIGHT)

    def _word(self, word: str, is_forgiving: bool) -> Iterator[Query]:
        for form in dict.fromkeys((word, fold_ascii(word))):
            for field in self.words:
                yield Query.term_query(SCHEMA, field, form)
                if is_forgiving and (distance := tolerance(form, has_company=self.has_company)):
                    yield Query.fuzzy_term_query(SCHEMA, field, form, distance)
        yield from self._keys(word, is_forgiving, self.name_paths)
        terms = vocabulary().named(word)
        if is_forgiving and not terms and (distance := tolerance(word)):
            terms = vocabulary().nearly_named(word, distance)
        yield from self._terms(terms)

    def _otherwise(self, word: str, joined: Sequence[str], is_forgiving: bool) -> Iterator[Query]:
        """Ask for a word written as one with its neighbours, and for one that is written as two: of names always."""
        for together in joined:
            for field in self.words:
                yield Query.term_query(SCHEMA, field, together)
            for parts in word_parts(together) if is_forgiving and self.reads_nominal else ():
                yield Query.phrase_query(SCHEMA, NAMES, list(parts))
        for parts in word_parts(word):
            for field in self.words:
                if is_forgiving or field == NAMES:
                    yield Query.phrase_query(SCHEMA, field, list(parts))

    def _terms(self, terms: Iterable[str]) -> Iterator[Query]:
        if listed := sorted(terms):
            for field in self.codes:
                yield Query.const_score_query(Query.term_set_query(SCHEMA, field, listed), CODE_WEIGHT)

    def _phrase(self, words: Sequence[str]) -> Iterator[Query]:
        for field in self.words:
            yield Query.phrase_query(SCHEMA, field, list(words))
        yield from self._terms(vocabulary().named_by(" ".join(words)))

    def _identifier(self, clause: Clause) -> Iterator[Query]:
        whole = identifier_key(clause.value)
        for field in self.identifiers:
            if whole:
                yield Query.const_score_query(Query.term_query(SCHEMA, field, whole), IDENTIFIER_WEIGHT)
            if reference := _reference(clause.value):
                yield Query.const_score_query(Query.regex_query(SCHEMA, field, reference), IDENTIFIER_WEIGHT)
            for key in clause.identifiers:
                begun = Query.regex_query(SCHEMA, field, f"{key}.*")
                yield Query.const_score_query(begun, IDENTIFIER_WEIGHT)

    def _keys(self, word: str, is_forgiving: bool, paths: Sequence[str]) -> Iterator[Query]:
        """Ask for a name by its consonants: across scripts at once, in one script where nothing is spelt as typed."""
        key = name_key(word)
        if not key:
            return
        marks = (LATIN, OTHER_SCRIPT) if is_forgiving or is_other_script(word) else (OTHER_SCRIPT,)
        for field in self.named:
            terms = [f"{path}{mark}{key}" for path in paths for mark in marks]
            found = Query.term_set_query(SCHEMA, field, terms)
            yield Query.const_score_query(found, KEY_WEIGHT)

    def _ask(self, clause: Clause, named: Named) -> Query:
        """Compile `name:value`; a value may be a code or a word of its label in any language."""
        if named.kind == "words":
            return _any(self._words_at(clause, named.paths))
        if named.kind == "date":
            return ask_date(named.part, clause.value)
        if named.kind == "born":
            return self._born(clause.value, named)
        if named.kind == "quality":
            return ask_quality(clause.value)
        if named.kind == "photos":
            return ask_photos(clause.value)
        if named.kind == "number":
            return ask_number(self.kinds, named.paths[0], clause.value, reads_nominal=self.reads_nominal)
        return ask_column(self.kinds, named.paths[0], clause.value, reads_nominal=self.reads_nominal)

    def _words_at(self, clause: Clause, paths: Sequence[str]) -> Iterator[Query]:
        """Ask for all words in one field, or for a number however it is written; its beginning is enough."""
        key = identifier_key(clause.value)
        is_number = any(c.isdigit() for c in key) and key.isalnum() and len(key) >= SHORTEST_NUMBER
        for path in (path.replace(".", "/") for path in paths):
            for field in self.named:
                every = [
                    (
                        Occur.Must,
                        _any([*self._word_at(field, path, word, clause), *self._joined_at(field, path, joined)]),
                    )
                    for word, joined in zip(clause.words, clause.joined, strict=True)
                ]
                yield Query.boolean_query(every)
                if is_number:
                    begun = Query.regex_query(SCHEMA, field, f"{path}={key}.*")
                    yield Query.const_score_query(begun, IDENTIFIER_WEIGHT)

    def _joined_at(self, field: str, path: str, joined: Sequence[str]) -> Iterator[Query]:
        return (Query.term_query(SCHEMA, field, f"{path}={together}") for together in joined)

    def _word_at(self, field: str, path: str, word: str, clause: Clause) -> Iterator[Query]:
        for form in dict.fromkeys((word, fold_ascii(word), identifier_key(word))):
            yield Query.term_query(SCHEMA, field, f"{path}={form}")
            if (
                self.is_forgiving
                and not clause.is_excluded
                and (distance := tolerance(form, has_company=self.has_company))
            ):
                yield Query.fuzzy_term_query(SCHEMA, field, f"{path}={form}", distance)
        for parts in word_parts(word) if self.is_forgiving and not clause.is_excluded else ():
            every = [(Occur.Must, Query.term_query(SCHEMA, field, f"{path}={part}")) for part in parts]
            yield Query.boolean_query(every)
        yield from self._keys(word, self.is_forgiving and not clause.is_excluded, (path,))


def _reference(text: str) -> str:
    """Return the pattern of the whole reference that a shortened one means, of any country where none is named."""
    match = _REFERENCE.fullmatch(text.strip().upper())
    if match is None:
        return ""
    country, office, year, serial = match.groups()
    return f"{country or '[A-Z][A-Z]'}{office}{year}{serial:0>6}"


def _any(choices: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in choices])
