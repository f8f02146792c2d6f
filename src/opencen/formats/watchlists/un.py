"""The consolidated list of the United Nations Security Council, as XML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from xml.etree import ElementTree

from opencen.formats.watchlists.guarding import check_bytes
from opencen.formats.watchlists.listed import (
    Listed,
    ListedBirth,
    ListedDocument,
    ListedKind,
    ListedName,
    ListedPlace,
    ParsedList,
)
from opencen.kernel.errors import Invalid

NAME = "un"
FILES = ("xml",)
_ROOT = "CONSOLIDATED_LIST"
_PARTS: dict[str, tuple[str, ListedKind]] = {"INDIVIDUALS": ("INDIVIDUAL", "person"), "ENTITIES": ("ENTITY", "company")}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
# What an entry holds, by its tag without the word INDIVIDUAL or ENTITY; anything else is kept as not read.
_KNOWN = {
    "DATAID", "VERSIONNUM", *_NAMES, "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "GENDER", "COMMENTS1",
    "NATIONALITY", "LIST_TYPE", "LAST_DAY_UPDATED", "ALIAS", "ADDRESS", "DATE_OF_BIRTH", "PLACE_OF_BIRTH",
    "DOCUMENT", "DESIGNATION", "TITLE", "NAME_ORIGINAL_SCRIPT", "SORT_KEY", "SORT_KEY_LAST_MOD",
}  # fmt: skip
Element = ElementTree.Element


class _Builder(ElementTree.TreeBuilder):
    """Build a tree, refusing a document type: with it would come entities that grow, or that read other files."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse a document type."""
        raise Invalid("import.xml_doctype", path="file")


def parse(files: Mapping[str, bytes]) -> ParsedList:
    """Read the file: every individual and every entity."""
    if "xml" not in files:
        raise Invalid("watchlist.file_missing", path="file", missing="xml")
    root = _root(files["xml"])
    entries: list[Listed] = []
    counts: dict[str, int] = {}
    for part, (tag, kind) in _PARTS.items():
        found = root.find(part)
        rows = list(found) if found is not None else []
        if found is None or any(row.tag != tag for row in rows):
            raise Invalid("watchlist.version", path="file", found=part, expected=tag)
        entries += [_entry(row, kind) for row in rows]
        counts[part.lower()] = len(rows)
    keys = {entry.key for entry in entries}
    if len(keys) != len(entries) or "" in keys:
        raise Invalid("watchlist.repeated_id", path="file", count=len(entries) - len(keys))
    return ParsedList(NAME, tuple(entries), _dated(root), counts)


def _root(content: bytes) -> Element:
    check_bytes(content)
    parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314 - the builder refuses document types, hence entities
    try:
        parser.feed(content)
        root: Element = parser.close()
    except ElementTree.ParseError as error:
        raise Invalid("watchlist.truncated", path="file", line=error.position[0]) from None
    if root.tag != _ROOT:
        raise Invalid("watchlist.version", path="file", found=root.tag[:60], expected=_ROOT)
    return root


def _dated(root: Element) -> date | None:
    try:
        return date.fromisoformat(root.get("dateGenerated", "")[:10])
    except ValueError:
        return None


def _text(element: Element | None, tag: str = "") -> str:
    found = element if not tag or element is None else element.find(tag)
    return " ".join((found.text or "").split()) if found is not None else ""


def _parts(entry: Element, name: str) -> list[Element]:
    """Return the repeated parts of an entry, by the name behind INDIVIDUAL_ or ENTITY_."""
    return [*entry.findall(f"{entry.tag}_{name}"), *entry.findall(name)]


def _values(entry: Element, name: str) -> tuple[str, ...]:
    found = (_text(value) for part in entry.findall(name) for value in part.findall("VALUE"))
    return tuple(dict.fromkeys(text for text in found if text))


def _entry(entry: Element, kind: ListedKind) -> Listed:
    aliases = _parts(entry, "ALIAS")
    births = [birth for part in _parts(entry, "DATE_OF_BIRTH") if (birth := _birth(part)) is not None]
    updates = _values(entry, "LAST_DAY_UPDATED")
    return Listed(
        key=_text(entry, "DATAID"),
        kind=kind,
        names=tuple(_names(entry, aliases, kind)),
        reference=_text(entry, "REFERENCE_NUMBER"),
        programmes=(_text(entry, "UN_LIST_TYPE"),),
        listed_on=_text(entry, "LISTED_ON")[:10],
        updated_on=max((text[:10] for text in updates), default=""),
        sex=_sex(_text(entry, "GENDER")),
        titles=(*_values(entry, "TITLE"), *_values(entry, "DESIGNATION")),
        births=(*births, *_alias_births(aliases)),
        birth_places=tuple(_places(_parts(entry, "PLACE_OF_BIRTH"))) + tuple(_alias_places(aliases)),
        nationalities=_values(entry, "NATIONALITY"),
        documents=tuple(_documents(entry)),
        addresses=tuple(_places(_parts(entry, "ADDRESS"))),
        remarks="\n".join(part for part in (entry.findtext("COMMENTS1") or "",) if part.strip()).strip(),
        unread=tuple(_unread(entry)),
    )


def _names(entry: Element, aliases: list[Element], kind: ListedKind) -> Iterator[ListedName]:
    parts = [text for tag in _NAMES if (text := _text(entry, tag))]
    main = " ".join(parts)
    # The list parts names by place, not by kind: only of two parts the second is the family name.
    is_parted = kind == "person" and len(parts) == 2
    yield ListedName(main, "main", parts[1] if is_parted else "", parts[0] if is_parted else "", "good")
    for original in entry.findall("NAME_ORIGINAL_SCRIPT"):
        if text := _text(original):
            yield ListedName(text, "original_script", quality="good")
    for alias in aliases:
        if text := _text(alias, "ALIAS_NAME"):
            quality = _text(alias, "QUALITY").lower()
            use: Any = "former" if quality.startswith("f.k.a") else "alias"
            grade: Any = "low" if quality == "low" else "good"
            yield ListedName(text, use, quality=grade, note=_text(alias, "NOTE"))


def _sex(text: str) -> Any:
    return {"male": "male", "female": "female"}.get(text.lower(), "")


def _birth(part: Element) -> ListedBirth | None:
    """Read a date, a year, or the years between which it lies; a note alone is kept as such."""
    kind, note = _text(part, "TYPE_OF_DATE"), _text(part, "NOTE")
    at = _text(part, "DATE")[:10] or _text(part, "YEAR") or _text(part, "FROM_YEAR")
    until = _text(part, "TO_YEAR")
    if not at and not note:
        return None
    return ListedBirth(at, until, kind.upper() == "APPROXIMATELY", note)


def _alias_births(aliases: list[Element]) -> Iterator[ListedBirth]:
    for alias in aliases:
        if at := _text(alias, "DATE_OF_BIRTH"):
            yield ListedBirth(at[:10], note=_text(alias, "ALIAS_NAME"))


def _alias_places(aliases: list[Element]) -> Iterator[ListedPlace]:
    for alias in aliases:
        city, country = _text(alias, "CITY_OF_BIRTH"), _text(alias, "COUNTRY_OF_BIRTH")
        if city or country:
            yield ListedPlace(city=city, country=country, note=_text(alias, "ALIAS_NAME"))


def _places(parts: list[Element]) -> Iterator[ListedPlace]:
    for part in parts:
        place = ListedPlace(
            street=_text(part, "STREET"),
            city=_text(part, "CITY"),
            region=_text(part, "STATE_PROVINCE"),
            postcode=_text(part, "ZIP_CODE"),
            country=_text(part, "COUNTRY"),
            note=_text(part, "NOTE"),
        )
        if place != ListedPlace():
            yield place


def _documents(entry: Element) -> Iterator[ListedDocument]:
    for part in _parts(entry, "DOCUMENT"):
        label = " ".join(text for tag in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2") if (text := _text(part, tag)))
        number, note = _text(part, "NUMBER"), _text(part, "NOTE")
        country = _text(part, "ISSUING_COUNTRY") or _text(part, "COUNTRY_OF_ISSUE")
        if city := _text(part, "CITY_OF_ISSUE"):
            note = "; ".join(text for text in (note, city) if text)
        if label or number or note:
            issued = _text(part, "DATE_OF_ISSUE")[:10]
            yield ListedDocument(label, number, country, issued, note=note)


def _unread(entry: Element) -> Iterator[str]:
    """Yield what an entry holds that is not known here: a newer version of the list may add to it."""
    for child in entry:
        name = child.tag.removeprefix(f"{entry.tag}_")
        if name not in _KNOWN and (text := " ".join(" ".join(child.itertext()).split())):
            yield f"{child.tag}: {text}"
