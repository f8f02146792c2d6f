"""Paths of fields: `lines[<item id>].quantity` in a document, `lines.quantity` in a schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from opencen.records.schema import Annotations, Node

Leaf = tuple[str, str, Annotations, Any]
_STEP = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:\[([^\]]+)\])?(?:\.|$)")


@lru_cache(maxsize=8192)
def parse_path(path: str) -> tuple[tuple[str, str | None], ...]:
    """Divide a path into its names, each with an item id or None."""
    return tuple((match[1], match[2]) for match in _STEP.finditer(path))


def schema_path(path: str) -> str:
    """Leave the item ids out of a path."""
    return path if "[" not in path else re.sub(r"\[[^\]]*\]", "", path)


def value_at(document: dict[str, Any], path: str) -> Any:
    """Return the value at a path, or None where nothing stands."""
    current: Any = document
    for name, item_id in parse_path(path):
        if not isinstance(current, dict):
            return None
        current = current.get(name)
        if item_id is not None:
            items = current if isinstance(current, list) else []
            current = next((item for item in items if isinstance(item, dict) and item.get("id") == item_id), None)
    return current


def walk_leaves(document: dict[str, Any], node: Node) -> list[Leaf]:
    """Return (path, innermost item id, annotations, value) of every stated leaf."""
    found: list[Leaf] = []
    _gather(document, node, "", "", found)
    return found


def _gather(part: dict[str, Any], node: Node, prefix: str, item: str, found: list[Leaf]) -> None:
    """Append a group's leaves; a list that is filled is quicker than generators within generators."""
    groups, leaves = node.groups, node.leaves
    for name, value in part.items():
        if name == "id":
            continue
        inner = groups.get(name)
        if inner is None:
            leaf = leaves.get(name)
            if leaf is not None:
                found.append((prefix + name, item, leaf, value))
        elif name in node.repeats:
            for entry in value:
                key = entry["id"]
                _gather(entry, inner, f"{prefix}{name}[{key}].", key, found)
        else:
            _gather(value, inner, f"{prefix}{name}.", item, found)


def annotations_at(node: Node, path: str) -> Annotations | None:
    """Return what the schema says of a path, with or without item ids."""
    names = schema_path(path).split(".")
    current: Node | None = node
    for name in names[:-1]:
        current = current.groups.get(name) if current else None
    return current.leaves.get(names[-1]) if current else None


def schema_leaves(node: Node, prefix: str = "") -> Iterator[tuple[str, Annotations]]:
    """Yield (schema path, annotations) for every leaf of a schema."""
    for name, leaf in node.leaves.items():
        if name != "national":
            yield (f"{prefix}.{name}" if prefix else name), leaf
    for name, inner in node.groups.items():
        yield from schema_leaves(inner, f"{prefix}.{name}" if prefix else name)
