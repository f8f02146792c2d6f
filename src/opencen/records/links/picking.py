"""Find the record to link by what it is called, while its name is typed; what one may not see is never offered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from tantivy import DocAddress, Occur, Query

from opencen.accounts.queries import office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.text import fold, fold_ascii, identifier_key
from opencen.records.links.wording import KINDS, kind_word
from opencen.records.lock import lock_terms, visible_to
from opencen.records.models import Record
from opencen.records.search.compile import compile_request, kinds_of
from opencen.records.search.language import tolerance
from opencen.records.search.named import name_paths
from opencen.records.search.request import SearchRequest
from opencen.records.search.schema import NAMED, SCHEMA
from opencen.records.search.view import READER
from opencen.records.search.words import text_query
from opencen.records.titles import head_summary, record_title
from opencen.records.types import address_of

MOST_FOUND = 8
MOST_NAMED = 60
LONGEST_TEXT = 100
SHORTEST_BEGUN = 2
NAME_WEIGHT = 2.0
OWN_WEIGHT = 20.0
OWN_NAMES = "names/text"
"""What a record is called itself weighs more than a name that stands somewhere in it."""
REFERENCE_WEIGHT = 60.0
SHORTEST_NUMBER = 3
NUMBER = re.compile(r"[0-9A-Z]+(?:[-/ ][0-9A-Z]*)+|[0-9A-Z]*[0-9][0-9A-Z]*")
"""Letters and digits with a hyphen among them, or with a digit: a number, and no word."""
TITLED = "investigation"
TITLES = ("public", "nominal")
LINKABLE = ("suspect", "company", "conveyance", "case", "investigation")


@dataclass(frozen=True, slots=True)
class Found:
    """A record as a picker offers it: by its name, with what tells it from its namesakes."""

    id: UUID
    type: str
    kind_label: str
    reference: str
    title: str
    second: str
    office: str
    state: str
    url: str


def find_by_name(actor: Actor, text: str, kinds: Iterable[str] = (), *, without: UUID | None = None) -> list[Found]:
    """Return the records that a text begins to name, the likeliest first; misspellings are forgiven at the end."""
    words = fold(text[:LONGEST_TEXT])
    terms = lock_terms(actor)
    terms = replace(terms, types=terms.types & frozenset(kinds or LINKABLE))
    request = SearchRequest(sort="relevance")
    types = kinds_of(terms, request)
    if not words or not types:
        return []
    locked = compile_request(actor, terms, request, reads_nominal=True, is_forgiving=False).always
    for is_forgiving in (False, True):
        asked = _any([_asked(words, types, is_forgiving=is_forgiving), *_numbered(text)])
        ids = _best(Query.boolean_query([(Occur.Must, locked), (Occur.Must, asked)]), MOST_FOUND + 1)
        if any(found != without for found in ids):
            break
    return [found for found in found_by_id(actor, ids) if found.id != without][:MOST_FOUND]


def found_by_id(actor: Actor, ids: Sequence[UUID]) -> list[Found]:
    """Return what some records are called, those that exist for the actor, in the order asked for."""
    rows = visible_to(actor).in_bulk(list(ids[:MOST_NAMED])) if ids else {}
    return [_found(rows[record_id], actor.language) for record_id in ids if record_id in rows]


def _asked(words: str, types: Sequence[str], *, is_forgiving: bool) -> Query:
    """Ask for a name that begins so, or for whatever the search box would find."""
    paths = "|".join(name_paths(types))
    named = [(Occur.Must, _any(_begun(word, paths))) for word in words.split()]
    anything = text_query(words, types, reads_nominal=True, is_forgiving=is_forgiving, among=())
    titled = [_titled(words, is_forgiving=is_forgiving)] if TITLED in types else []
    return _any([Query.boolean_query(named), Query.boolean_query(anything), *titled])


def _numbered(text: str) -> Iterator[Query]:
    """Ask for references and other numbers that begin as typed: B-TN is a company's before it is a word of a case."""
    typed = text.strip().upper()
    if not NUMBER.fullmatch(typed) or len(key := identifier_key(typed)) < SHORTEST_NUMBER:
        return
    for field, begun, weight in (("reference", typed, REFERENCE_WEIGHT), ("identifiers", key, OWN_WEIGHT)):
        yield Query.const_score_query(Query.regex_query(SCHEMA, field, f"{re.escape(begun)}.*"), weight)


def _titled(words: str, *, is_forgiving: bool) -> Query:
    """Ask for an investigation by the beginnings of words: it has a title, and no name of its own."""
    parts = [(Occur.Must, Query.const_score_query(Query.term_query(SCHEMA, "type", TITLED), 0.0))]
    for word in words.split():
        begun = [Query.regex_query(SCHEMA, field, f"{re.escape(word)}.*") for field in TITLES]
        distance = tolerance(word) if is_forgiving else 0
        begun += [Query.fuzzy_term_query(SCHEMA, field, word, distance) for field in TITLES if distance]
        parts.append((Occur.Must, Query.const_score_query(_any(begun), NAME_WEIGHT)))
    return Query.boolean_query(parts)


def _begun(word: str, paths: str) -> Iterator[Query]:
    rest = ".*" if len(word) >= SHORTEST_BEGUN else ""
    for form in dict.fromkeys((word, fold_ascii(word))):
        for field in NAMED:
            for asked, weight in ((paths, NAME_WEIGHT), (OWN_NAMES, OWN_WEIGHT)):
                found = Query.regex_query(SCHEMA, field, f"({asked})={re.escape(form)}{rest}")
                yield Query.const_score_query(found, weight)


def _best(query: Query, most: int) -> list[UUID]:
    """Return the best of every slice of the index; records that changed since are read in memory."""
    best: list[tuple[float, DocAddress, int]] = []
    slices = READER.view().slices
    for place, part in enumerate(slices):
        asked = query
        if part.excluded:
            gone = Query.term_set_query(SCHEMA, "id", [record_id.hex for record_id in part.excluded])
            asked = Query.boolean_query([(Occur.Must, query), (Occur.MustNot, gone)])
        best.extend((float(score), address, place) for score, address in part.searcher.search(asked, most).hits)
    best.sort(key=lambda hit: hit[0], reverse=True)
    return [UUID(hex=slices[place].searcher.doc(address)["id"][0]) for _, address, place in best[:most]]


def _any(choices: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in choices])


def _found(record: Record, language: str) -> Found:
    office = office_tree().by_id.get(record.office_id)
    kind = f"record:{record.type}"
    return Found(
        id=record.id,
        type=record.type,
        kind_label=kind_word(kind, language) if kind in KINDS else record.type,
        reference=record.reference or "",
        title=record_title(record, language),
        second=str(head_summary(record).get("other") or ""),
        office=office.name if office else "",
        state=record.state,
        url=address_of(record.type, record.id),
    )
