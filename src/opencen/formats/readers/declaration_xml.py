"""XML of declaration systems: one row for each item of a declaration, with what stands around it; no entity is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from opencen.formats.limits import check_size
from opencen.formats.tables import Table
from opencen.kernel.errors import Invalid

XML = "application/xml"
DEEPEST = 40
JOINED = "; "
Element = ElementTree.Element


class _Builder(ElementTree.TreeBuilder):
    """Build a tree, refusing what a data file has no need of: a document type, hence entities, and endless depth."""

    depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse a document type: with it would come entities that grow, or that read other files."""
        raise Invalid("import.xml_doctype", path="file")

    def start(self, tag: Any, attrs: Any) -> Any:
        """Open an element, no deeper than a declaration goes."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Invalid("import.unreadable", reason="too deep")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        """Close an element."""
        self.depth -= 1
        return super().end(tag)


class DeclarationReader:
    """Read declarations, one or many in a file, as one table; the paths of the elements are the headers."""

    name = "declaration_xml"
    media_types = frozenset({XML})

    def read(self, path: str, encoding: str = "") -> list[Table]:
        """Return the one table."""
        parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314 - the builder refuses document types, hence entities
        try:
            parser.feed(Path(path).read_bytes())
            root = parser.close()
        except ElementTree.ParseError as error:
            raise Invalid("import.unreadable", path=f"line {error.position[0]}", reason=str(error)[:200]) from None
        rows = [row for declaration in _declarations(root) for row in _rows(declaration)]
        names = list(dict.fromkeys(name for row in rows for name in row))
        check_size("", len(rows), len(names))
        table: list[list[Any]] = [[row.get(name, "") for name in names] for row in rows]
        return [Table("", [list(names), *table], first_row=0)]


def _declarations(root: Element) -> list[Element]:
    """Return the declarations of a file: the root's children where they are all alike, else the root itself."""
    tags = {_name(child) for child in root}
    return list(root) if len(tags) == 1 and len(root) > 1 else [root]


def _rows(declaration: Element) -> Iterator[dict[str, str]]:
    """Yield a row for each entry of the element that stands most often; what stands around it holds for each."""
    counts = Counter(_name(child) for child in declaration if len(child))
    repeated = {name: count for name, count in counts.items() if count > 1} or ({"Item": 1} if "Item" in counts else {})
    item = "Item" if "Item" in repeated else max(repeated, key=lambda name: repeated[name], default="")
    around: dict[str, str] = {}
    for child in declaration:
        if _name(child) != item:
            _flatten(child, _name(child), around)
    items = [child for child in declaration if _name(child) == item]
    for child in items:
        row = dict(around)
        _flatten(child, item, row)
        yield row
    if not items and around:
        yield around


def _flatten(element: Element, path: str, into: dict[str, str]) -> None:
    for name, value in element.attrib.items():
        _put(into, f"{path}.@{_plain(name)}", value)
    _put(into, path, element.text or "")
    for child in element:
        _flatten(child, f"{path}.{_name(child)}", into)


def _put(into: dict[str, str], path: str, value: str) -> None:
    text = " ".join(value.split())
    if text and text not in ("null", "<null/>"):
        into[path] = f"{into[path]}{JOINED}{text}" if path in into else text


def _name(element: Element) -> str:
    return _plain(str(element.tag))


def _plain(tag: str) -> str:
    """Leave a tag's namespace aside."""
    return tag.rpartition("}")[2]


READER = DeclarationReader()
