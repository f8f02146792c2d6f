"""What may stand before a colon: `container:`, `date:`, `commodity:`, and the fields' labels in every language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as N_

from opencen.kernel.text import fold
from opencen.records.effective import effective_schema
from opencen.records.forms import field_label
from opencen.records.paths import schema_leaves
from opencen.records.schema import Annotations
from opencen.records.search.columns import facets_of
from opencen.records.search.spoken import SPOKEN, variants
from opencen.records.types import domain_names

NamedKind = Literal["column", "words", "number", "date", "photos", "quality", "born"]
NAME_KINDS = ("party", "person_name", "company_name")
GENERIC = frozenset({"number", "name", "reference", "record", "kind", "code", "role", "country", "note", "text"})
# The trade's short words for fields that a schema spells out.
SHORT = {
    "imo": "vessel_imo", "awb": "air_waybill", "bl": "bill_of_lading", "parcel": "parcel_number",
    "declaration": "declaration_number", "vessel": "conveyance", "ship": "conveyance", "phone": "phones",
    "goods": "commodity",
}  # fmt: skip
DATES = {N_("Date"): "date", N_("From"): "from", N_("To"): "to"}


@dataclass(frozen=True, slots=True)
class Named:
    """What a name before a colon asks: one facet or code, words at some paths, a number, a date, photos, quality.

    When somebody was born stands in dates of some paths, and as a number at the path `part`.
    """

    kind: NamedKind
    paths: tuple[str, ...] = ()
    part: str = ""
    is_identifier: bool = False


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line of the help: what one types, and what it asks."""

    name: str
    example: str
    text: str


def plain_name(text: str) -> str:
    """Bring a name as typed, or a label, to the form that names are compared by."""
    return fold(text).replace(" ", "_")


def search_names(kinds: Sequence[str]) -> dict[str, Named]:
    """Return every name that may stand before a colon in some databases, labels of all languages included."""
    known = tuple((kind, effective_schema(kind).fingerprint) for kind in kinds)
    return _names(known, tuple(code for code, _ in settings.LANGUAGES if code != "ar-xb"))


def name_paths(kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the fields of some databases that hold names of people and companies, as the index writes them."""
    return _name_paths(tuple((kind, effective_schema(kind).fingerprint) for kind in kinds))


@lru_cache(maxsize=32)
def _name_paths(known: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    found = {
        path.replace(".", "/")
        for kind, _ in known
        for path, leaf in schema_leaves(effective_schema(kind).tree)
        if leaf.kind in NAME_KINDS
    }
    return tuple(sorted(found))


@lru_cache(maxsize=32)
def _names(known: tuple[tuple[str, str], ...], languages: tuple[str, ...]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for kind, _ in known:
        for name, named in _of_schema(kind):
            _join(found, name, named)
    for kind, _ in known:
        for name, facet in facets_of(kind).items():
            found[plain_name(name)] = Named("column", (name,))
            for text in _translated(facet.label, languages):
                found.setdefault(text, Named("column", (name,)))
        for label, named in _labels(kind, languages):
            found.setdefault(label, named)
    found |= {name: found[full] for name, full in SHORT.items() if full in found and name not in found}
    fixed = {part: Named("date", part=part) for part in DATES.values()}
    for label, part in DATES.items():
        for text in _translated(label, languages):
            found.setdefault(text, Named("date", part=part))
    return _as_spoken(found | fixed | _births(found) | {"photos": Named("photos"), "quality": Named("quality")})


def _births(found: dict[str, Named]) -> dict[str, Named]:
    """Let every name for a birth ask the same: dates of births, and years where only they are stated."""
    dates = tuple(dict.fromkeys(path for named in found.values() if named.kind == "born" for path in named.paths))
    year = found.get("birth_year", Named("words"))
    part = year.paths[0] if year.kind == "number" else ""
    known = [name for name, one in found.items() if one.kind == "born" or (part and one == year)]
    return dict.fromkeys(("birth", *known), Named("born", dates, part)) if dates or part else {}


def _as_spoken(found: dict[str, Named]) -> dict[str, Named]:
    """Add the other ways in which names are said; a name that means a field itself is never taken by another."""
    spoken = {plain_name(word): found[name] for name, words in SPOKEN.items() if name in found for word in words}
    made = spoken | found
    for name, named in (*found.items(), *spoken.items()):
        for variant in variants(name):
            made.setdefault(variant, named)
    return made


def _of_schema(kind: str) -> Iterator[tuple[str, Named]]:
    """Yield the fields by their own names; one with a name that many share is called as the group it stands in."""
    for path, leaf in schema_leaves(effective_schema(kind).tree):
        named = _named(path, leaf)
        if named is None:
            continue
        yield plain_name(path.replace(".", "_")), named
        steps = path.split(".")
        if steps[-1] not in GENERIC:
            yield steps[-1], named
        elif len(steps) > 1 and named.kind == "words":
            yield _single(steps[-2]), named
            if leaf.kind in NAME_KINDS:
                yield "name", named


def _named(path: str, leaf: Annotations) -> Named | None:
    if leaf.audience:
        return None
    if leaf.codelist:
        return Named("column", (path,))
    if leaf.kind in NAME_KINDS:
        return Named("words", (path,))
    if not leaf.indexed:
        return None
    if leaf.kind == "partial_date":
        return Named("born", (path,))
    if leaf.kind in ("decimal", "integer"):
        return Named("number", (path,))
    return Named("words", (path,), is_identifier=True) if leaf.kind in ("text", "identifier") else None


def _single(group: str) -> str:
    return f"{group[:-3]}y" if group.endswith("ies") else group.removesuffix("s")


def _join(found: dict[str, Named], name: str, named: Named) -> None:
    """Let one name ask several fields of words; a code's name keeps to the first."""
    known = found.get(name)
    if known is None:
        found[name] = named
    elif known.kind == named.kind == "words" and named.paths[0] not in known.paths:
        is_identifier = known.is_identifier and named.is_identifier
        found[name] = Named("words", (*known.paths, *named.paths), is_identifier=is_identifier)


def _translated(label: str, languages: Sequence[str]) -> Iterator[str]:
    for language in languages:
        with override(language):
            yield plain_name(gettext(label))


def _labels(kind: str, languages: Sequence[str]) -> Iterator[tuple[str, Named]]:
    """Yield the labels of the form's fields in every language."""
    schema = effective_schema(kind)
    leaves = dict(schema_leaves(schema.tree))
    lines = [(line.path, line) for section in schema.layout.sections for line in section.fields]
    lines += [(f"{group.path}.{line.path}", line) for group in schema.layout.groups.values() for line in group.fields]
    for path, line in lines:
        named = _named(path, leaves[path]) if path in leaves else None
        if named is None:
            continue
        for language in languages:
            with override(language):
                if label := plain_name(field_label(line, language)):
                    yield label, named


def help_lines(kind: str) -> list[HelpLine]:
    """Return what the help beside the box shows of a database."""
    names = search_names([kind] if kind in domain_names() else [])
    lines = [
        HelpLine("", "brown bricks", gettext("both words, anywhere; one letter may be wrong")),
        HelpLine("", '"brown bricks"', gettext("these words next to each other")),
        HelpLine("", "bricks -brown", gettext("without a word")),
        HelpLine("date", "date:2026-03", gettext("a day, month or year; also 2026-01-15..2026-03")),
        HelpLine("container", "container:MSKU 123456-5", gettext("a number, written any way; its beginning is enough")),
        HelpLine("plate", "plate:123TU4567", gettext("a number plate")),
        HelpLine("consignee", "consignee:Sahel", gettext("a company; any script")),
        HelpLine("person", "person:Иван", gettext("a person; any script")),
        HelpLine("birth", "birth:1975", gettext("when somebody was born: a day, month or year; also 1970..1975")),
        HelpLine("commodity", "commodity:résine", gettext("goods by code or by name, in any language")),
        HelpLine("office", "office:Rades", gettext("an office by code or name")),
        HelpLine("state", "-state:cancelled", gettext("without a state")),
        HelpLine("quality", "quality:<60", gettext("less complete than 60 %")),
        HelpLine("photos", "photos:yes", gettext("with photos")),
    ]
    return [line for line in lines if not line.name or line.name in names]
