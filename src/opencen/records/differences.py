"""Differences between two canonical documents, by item identity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from opencen.records.schema import Node

Canonical = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs; None stands for empty."""

    path: str
    before: Any
    after: Any


def differences(before: Canonical, after: Canonical, node: Node, prefix: str = "") -> Iterator[Difference]:
    """Yield what changed, in the order of the schema; added and removed items leaf by leaf."""
    names = [name for name in (*node.leaves, *node.groups) if name in before or name in after]
    for name in names:
        path = f"{prefix}.{name}" if prefix else name
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        inner = node.groups.get(name)
        if inner is None:
            yield from _leaf(path, old, new)
        elif name in node.repeats:
            yield from _items(path, old or [], new or [], inner)
        else:
            yield from differences(old or {}, new or {}, inner, path)


def _leaf(path: str, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(old, dict) or isinstance(new, dict):
        old, new = old or {}, new or {}
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                yield Difference(f"{path}.{key}", old.get(key), new.get(key))
        return
    yield Difference(path, old, new)


def _items(path: str, old: list[Canonical], new: list[Canonical], node: Node) -> Iterator[Difference]:
    before = {item["id"]: item for item in old}
    after = {item["id"]: item for item in new}
    for item_id in dict.fromkeys((*before, *after)):
        here = f"{path}[{item_id}]"
        found = list(differences(before.get(item_id, {}), after.get(item_id, {}), node, here))
        if not found and (item_id in before) != (item_id in after):
            found = [Difference(here, before.get(item_id), after.get(item_id))]
        yield from found
    shared_before = [key for key in before if key in after]
    shared_after = [key for key in after if key in before]
    if shared_before != shared_after:
        yield Difference(f"{path}.order", shared_before, shared_after)
