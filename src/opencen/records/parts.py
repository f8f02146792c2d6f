"""The two parts of a document: what may be read by statistics, and what names somebody.

The nominal part is the same tree holding only nominal fields; list items stand in it by their id.
"""

from __future__ import annotations

from typing import Any

from opencen.records.schema import Node

TOMBSTONE = "erased"
Canonical = dict[str, Any]


def split_document(document: Canonical, node: Node) -> tuple[Canonical, Canonical]:
    """Divide a canonical document into its public and its nominal part."""
    public: Canonical = {}
    nominal: Canonical = {}
    for name, value in document.items():
        if name in node.groups:
            _split_group(name, value, node, public, nominal)
        elif name == "id":
            public[name] = value
        elif name == "national":
            _split_national(value, node, public, nominal)
        elif node.leaves[name].nominal:
            nominal[name] = value
        else:
            public[name] = value
    return public, nominal


def _split_national(value: Canonical, node: Node, public: Canonical, nominal: Canonical) -> None:
    """Divide national fields; a retired field's annotation is gone, so it is kept as nominal."""
    known = node.groups.get("national")
    for name, inner in value.items():
        leaf = known.leaves.get(name) if known else None
        part = public if leaf is not None and not leaf.nominal else nominal
        part.setdefault("national", {})[name] = inner


def _split_group(name: str, value: Any, node: Node, public: Canonical, nominal: Canonical) -> None:
    inner = node.groups[name]
    if name == "national":
        _split_national(value, node, public, nominal)
        return
    if name not in node.repeats:
        first, second = split_document(value, inner)
        if first:
            public[name] = first
        if second:
            nominal[name] = second
        return
    halves = [split_document(item, inner) for item in value]
    if inner.is_nominal:
        nominal[name] = [{**first, **second} for first, second in halves]
        return
    public[name] = [first for first, _ in halves]
    seconds = [{"id": first["id"], **second} for first, second in halves if second]
    if seconds:
        nominal[name] = seconds


def join_parts(public: Canonical, nominal: Canonical) -> Canonical:
    """Put the two parts together again; erased items keep only what is public, marked as erased."""
    if not nominal:
        return public
    joined = dict(public)
    for name, value in nominal.items():
        present = joined.get(name)
        if isinstance(value, dict) and isinstance(present, dict):
            joined[name] = join_parts(present, value)
        elif isinstance(value, list) and isinstance(present, list) and _are_items(value):
            joined[name] = _join_items(present, value)
        elif name not in joined:
            joined[name] = value
    return joined


def _are_items(value: list[Any]) -> bool:
    return all(isinstance(item, dict) and "id" in item for item in value)


def _join_items(public: list[Canonical], nominal: list[Canonical]) -> list[Canonical]:
    by_id = {item["id"]: item for item in nominal}
    return [join_parts(item, by_id[item["id"]]) if item["id"] in by_id else item for item in public]


def erase_items(nominal: Canonical, item_ids: frozenset[str]) -> Canonical:
    """Replace every item with one of the ids by a tombstone, at any depth."""
    kept: Canonical = {}
    for name, value in nominal.items():
        if isinstance(value, dict):
            kept[name] = erase_items(value, item_ids)
        elif isinstance(value, list) and _are_items(value):
            kept[name] = [
                {"id": item["id"], TOMBSTONE: True} if item["id"] in item_ids else erase_items(item, item_ids)
                for item in value
            ]
        else:
            kept[name] = value
    return kept


def without_tombstones(value: Any) -> Any:
    """Return a document as the schema knows it: tombstone marks left out, wholly nominal erased items gone."""
    if isinstance(value, dict):
        return {name: without_tombstones(inner) for name, inner in value.items() if name != TOMBSTONE}
    if isinstance(value, list):
        return [
            without_tombstones(item)
            for item in value
            if not (isinstance(item, dict) and item.get(TOMBSTONE) and set(item) == {"id", TOMBSTONE})
        ]
    return value
