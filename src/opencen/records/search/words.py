"""Typed text as queries of the index: words, phrases, identifiers and the codes that the words name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tantivy import Occur, Query

from opencen.kernel.text import fold, fold_ascii, identifier_key
from opencen.records.search.codes import vocabulary
from opencen.records.search.columns import facets_of, find_column
from opencen.records.search.language import Clause, parse_text, tolerance
from opencen.records.search.schema import NOMINAL_WORDS, PUBLIC_WORDS, SCHEMA

Part = tuple[Occur, Query]
CODE_WEIGHT = 2.0
IDENTIFIER_WEIGHT = 8.0


def text_query(text: str, kinds: Sequence[str], *, reads_nominal: bool, is_forgiving: bool) -> list[Part]:
    """Return what must and must not hold for a typed text."""
    known = frozenset(name for kind in kinds for name in facets_of(kind))
    reader = _Reader(kinds, reads_nominal, is_forgiving)
    clauses = parse_text(text, known)
    parts = [(Occur.MustNot if clause.is_excluded else Occur.Must, reader.read(clause)) for clause in clauses]
    if parts and all(clause.is_excluded for clause in clauses):
        parts.append((Occur.Must, Query.all_query()))
    return parts


def is_forgivable(text: str, kinds: Sequence[str]) -> bool:
    """Tell whether a text has a word that may be misspelt."""
    known = frozenset(name for kind in kinds for name in facets_of(kind))
    clauses = [clause for clause in parse_text(text, known) if clause.kind == "words" and not clause.is_excluded]
    return any(tolerance(word) for clause in clauses for word in clause.words)


class _Reader:
    """Turn clauses into queries over the fields that may be read."""

    def __init__(self, kinds: Sequence[str], reads_nominal: bool, is_forgiving: bool) -> None:
        self.kinds = kinds
        self.reads_nominal = reads_nominal
        self.is_forgiving = is_forgiving
        self.words = (*PUBLIC_WORDS, *NOMINAL_WORDS) if reads_nominal else PUBLIC_WORDS
        self.identifiers = ("identifiers", "nominal_identifiers") if reads_nominal else ("identifiers",)
        self.codes = ("codes", "nominal_codes") if reads_nominal else ("codes",)

    def read(self, clause: Clause) -> Query:
        """Compile one clause."""
        if clause.kind == "facet":
            return self._facet(clause)
        if clause.kind == "phrase":
            return _any(self._phrase(clause.words))
        is_forgiving = self.is_forgiving and not clause.is_excluded
        every = [(Occur.Must, _any(self._word(word, is_forgiving))) for word in clause.words]
        return _any([Query.boolean_query(every), *self._identifier(clause)])

    def _word(self, word: str, is_forgiving: bool) -> Iterator[Query]:
        for form in dict.fromkeys((word, fold_ascii(word))):
            for field in self.words:
                yield Query.term_query(SCHEMA, field, form)
                if is_forgiving and (distance := tolerance(form)):
                    yield Query.fuzzy_term_query(SCHEMA, field, form, distance)
        terms = vocabulary().named(word)
        if is_forgiving and not terms and (distance := tolerance(word)):
            terms = vocabulary().nearly_named(word, distance)
        yield from self._terms(terms)

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
            for key in clause.identifiers:
                begun = Query.regex_query(SCHEMA, field, f"{key}.*")
                yield Query.const_score_query(begun, IDENTIFIER_WEIGHT)

    def _facet(self, clause: Clause) -> Query:
        """Compile `facet:value`; a value may be a code or a word of its label in any language."""
        column = find_column(self.kinds, clause.name, reads_nominal=self.reads_nominal)
        values = {column.to_term(clause.value), column.to_term(clause.value.upper())}
        listed = f"{column.facet.codelist}/"
        folded = fold(clause.value)
        found = vocabulary().named_by(folded) or vocabulary().named(folded)
        values |= {term[len(listed) :] for term in found if column.facet.codelist and term.startswith(listed)}
        return Query.term_set_query(SCHEMA, column.field, sorted(values))


def _any(choices: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in choices])
