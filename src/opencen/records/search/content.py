"""What a record is found by: its words, names, identifiers, codes and facet values, public and nominal apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from struct import pack
from typing import Any

from opencen.kernel.scripts import is_other_script, name_key
from opencen.kernel.text import fold, fold_ascii, identifier_key
from opencen.records.effective import effective_schema
from opencen.records.facets import Facet
from opencen.records.schema import Annotations, Node
from opencen.records.search.codes import CodeBook
from opencen.records.types import domain

NAME_KINDS = ("party", "person_name", "company_name")
TEXT_KINDS = ("text", "prose", "identifier")
NUMBER_KINDS = ("decimal", "integer")
LONGEST_IDENTIFIER = 60
MOST_NAMED = 20
LATIN, OTHER_SCRIPT = "~", "^"
"""What stands before the key of a name: how the name is written in the record."""


@dataclass(slots=True)
class Part:
    """What is read from the public or from the nominal fields of a document."""

    words: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    identifiers: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    values: dict[str, list[Any]] = field(default_factory=dict)

    def add_value(self, key: str, value: Any) -> None:
        """Add a facet value once."""
        present = self.values.setdefault(key, [])
        if value not in present:
            present.append(value)


@dataclass(frozen=True, slots=True)
class Content:
    """What a document is found by; the nominal part is kept in fields of its own, so that it can be cut."""

    public: Part
    nominal: Part


def read_content(kind: str, document: dict[str, Any], book: CodeBook) -> Content:
    """Sort every stated field of a document to what it is found by."""
    content = Content(Part(), Part())
    _add_group(content, "", document, effective_schema(kind).tree, book)
    for facet in domain(kind).facets:
        if facet.where is not None:
            _add_where(content.public, facet, document, book)
    return content


def _add_group(content: Content, above: str, group: dict[str, Any], node: Node, book: CodeBook) -> None:
    """Walk the stated fields; half a million documents are walked at once, so paths are not taken apart for each."""
    for name, value in group.items():
        inner = node.groups.get(name)
        if inner is None:
            leaf = node.leaves.get(name)
            if leaf is None or leaf.audience:
                continue
            part = content.nominal if leaf.nominal else content.public
            for single in value if isinstance(value, list) else (value,):
                _add_leaf(part, above + name, leaf, single, book)
        else:
            below = f"{above}{name}/"
            for item in value if isinstance(value, list) else (value,):
                _add_group(content, below, item, inner, book)


def _add_leaf(part: Part, key: str, leaf: Annotations, value: Any, book: CodeBook) -> None:
    if leaf.codelist:
        _add_code(part, key, leaf.codelist, str(value), book)
    elif leaf.kind == "boolean":
        part.add_value(key, "true" if value else "false")
    elif leaf.kind in NUMBER_KINDS:
        if leaf.indexed:
            part.add_value(key, number_key(float(value)))
    elif leaf.kind in NAME_KINDS:
        _add_name(part, key, str(value))
    elif leaf.kind == "record":
        part.identifiers.add(identifier_key(str(value)))
    elif leaf.kind in TEXT_KINDS:
        _add_text(part, key, leaf, str(value))


def _add_code(part: Part, key: str, codelist: str, code: str, book: CodeBook) -> None:
    for step in book.path(codelist, code):
        part.add_value(key, step)
        part.codes.add(f"{codelist}/{step}")
    if name := book.name_of_place(codelist, code):
        part.words.append(fold(name))


def _add_text(part: Part, key: str, leaf: Annotations, text: str) -> None:
    folded = fold(text)
    part.words.append(folded)
    if not folded.isascii() and (latin := fold_ascii(text)) != folded:
        part.words.append(latin)
    if leaf.kind == "prose":
        return
    if leaf.indexed or any(c.isdigit() for c in text):
        part.identifiers.add(identifier_key(text)[:LONGEST_IDENTIFIER])
    if leaf.indexed:
        part.add_value(key, folded[:200])
        _add_number(part, key, text, folded)


def _add_name(part: Part, key: str, text: str) -> None:
    """Take a name in: its words for all and for its field, and the key that it shares with other scripts."""
    for form in name_forms(text):
        part.names.append(form)
        _add_named(part, key, form)
    for word in fold(text).split():
        if found := name_key(word):
            mark = OTHER_SCRIPT if is_other_script(word) else LATIN
            part.named.add(f"{key}{mark}{found}")


def _add_number(part: Part, key: str, text: str, folded: str) -> None:
    """Take a number or short text in for its field: whole, and by its words where it has several."""
    whole = identifier_key(text)[:LONGEST_IDENTIFIER]
    part.named.add(f"{key}={whole}")
    if whole.lower() != folded:
        _add_named(part, key, folded)


def _add_named(part: Part, key: str, folded: str) -> None:
    part.named.update(f"{key}={word}" for word in folded.split()[:MOST_NAMED])


def number_key(value: float) -> str:
    """Write a number so that texts order as numbers do.

    The index would keep numbers of one path in columns of several types, and its ranges over those panic.
    """
    bits = int.from_bytes(pack(">d", value), "big")
    ordered = bits ^ 0xFFFF_FFFF_FFFF_FFFF if bits >> 63 else bits | 1 << 63
    return f"n{ordered:016x}"


def name_forms(text: str) -> Iterator[str]:
    """Yield a name as it is found: folded in its own script, and in Latin letters."""
    folded, latin = fold(text), fold_ascii(text)
    yield folded
    if latin != folded:
        yield latin


def _add_where(part: Part, facet: Facet, document: dict[str, Any], book: CodeBook) -> None:
    for code in where_values(facet, document):
        for step in book.path(facet.codelist, code):
            part.add_value(facet.key, step)


def where_values(facet: Facet, document: dict[str, Any]) -> Iterator[str]:
    """Yield the values of a facet in the items that count for it."""
    if facet.where is None:
        return
    name, wanted = facet.where
    head, *steps = facet.path.split(".")
    for item in document.get(head, ()):
        role = item.get(name)
        if role == wanted or (role is None and facet.or_empty):
            yield from _values_below(item, steps)


def _values_below(value: Any, steps: Iterable[str]) -> Iterator[str]:
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    if value is not None:
        yield str(value)
