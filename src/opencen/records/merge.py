"""Three-way merge of canonical documents by item identity.

Each list says what it is: a set merges by value, a keyed list by item id, an ordered list by
item id with its order as one more field. Delete against edit is a conflict.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from opencen.records.schema import Node

Canonical = dict[str, Any]
_ABSENT = object()


@dataclass(slots=True)
class Merge:
    """The merged document and the paths where both sides changed the same thing differently."""

    document: Canonical
    conflicts: list[str] = field(default_factory=list)


def merge_documents(base: Canonical, ours: Canonical, theirs: Canonical, node: Node) -> Merge:
    """Merge two statements that grew from one base; at a conflict the merged document keeps `ours`."""
    conflicts: list[str] = []
    return Merge(_group(base, ours, theirs, node, "", conflicts), conflicts)


def _group(
    base: Canonical, ours: Canonical, theirs: Canonical, node: Node, prefix: str, conflicts: list[str]
) -> Canonical:
    merged: Canonical = {}
    for name in dict.fromkeys((*ours, *theirs, *base)):
        path = f"{prefix}.{name}" if prefix else name
        sides = tuple(side.get(name, _ABSENT) for side in (base, ours, theirs))
        value = _field(sides, name, node, path, conflicts)
        if value is not _ABSENT and value != [] and value != {}:
            merged[name] = value
    return merged


def _field(sides: tuple[Any, Any, Any], name: str, node: Node, path: str, conflicts: list[str]) -> Any:
    base, ours, theirs = sides
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    inner = node.groups.get(name)
    if inner is not None and name in node.repeats:
        lists = [[] if side is _ABSENT else side for side in sides]
        return _items(lists, inner, node.repeats[name], path, conflicts)
    if inner is not None or name == "national":
        groups = [{} if side is _ABSENT else side for side in sides]
        return _group(groups[0], groups[1], groups[2], inner or _LEAVES_ONLY, path, conflicts)
    leaf = node.leaves.get(name)
    if leaf is not None and leaf.items == "set":
        return _set([[] if side is _ABSENT else side for side in sides])
    conflicts.append(path)
    return ours


def _set(sides: list[list[Any]]) -> list[Any]:
    base, ours, theirs = sides
    gone = [value for value in base if value not in ours or value not in theirs]
    return [value for value in dict.fromkeys((*ours, *theirs)) if value not in gone]


def _items(sides: list[list[Canonical]], node: Node, kind: str, path: str, conflicts: list[str]) -> list[Canonical]:
    base, ours, theirs = ({item["id"]: item for item in side} for side in sides)
    merged: dict[str, Canonical] = {}
    for key in dict.fromkeys((*ours, *theirs)):
        item = _item(base.get(key), ours.get(key), theirs.get(key), node, f"{path}[{key}]", conflicts)
        if item is not None:
            merged[key] = item
    order = _order([list(base), list(ours), list(theirs)], merged, kind, path, conflicts)
    return [merged[key] for key in order]


def _item(
    base: Canonical | None,
    ours: Canonical | None,
    theirs: Canonical | None,
    node: Node,
    path: str,
    conflicts: list[str],
) -> Canonical | None:
    """Merge one item; an edit against a deletion keeps the item and is a conflict."""
    if base is None:
        if ours is None or theirs is None:
            return ours or theirs
        return _group({}, ours, theirs, node, path, conflicts)
    if ours is None or theirs is None:
        survivor = ours or theirs
        if survivor is None or survivor == base:
            return None
        conflicts.append(path)
        return survivor
    return _group(base, ours, theirs, node, path, conflicts)


def _order(orders: list[list[str]], merged: Canonical, kind: str, path: str, conflicts: list[str]) -> list[str]:
    """Decide the order: the side that moved items wins; both moved differently is a conflict."""
    base, ours, theirs = ([key for key in order if key in merged] for order in orders)
    common = [key for key in base if key in ours and key in theirs]
    ours_moved = [key for key in ours if key in common] != common
    theirs_moved = [key for key in theirs if key in common] != common
    ours_order, theirs_order = ([key for key in order if key in common] for order in (ours, theirs))
    if kind == "ordered" and ours_moved and theirs_moved and ours_order != theirs_order:
        conflicts.append(f"{path}.order")
    lead, other = (theirs, ours) if theirs_moved and not ours_moved else (ours, theirs)
    return weave(lead, other)


def weave(lead: list[str], other: list[str]) -> list[str]:
    """Insert what only `other` has beside the neighbour it has there; without one, at the end."""
    order = list(lead)
    for position, key in enumerate(other):
        if key in order:
            continue
        before = other[position - 1] if position else None
        after = next((found for found in other[position + 1 :] if found in order), None)
        if before in order:
            order.insert(order.index(before) + 1, key)
        else:
            order.insert(order.index(after) if after is not None else len(order), key)
    return order


_LEAVES_ONLY = Node(model=None, leaves={}, groups={}, repeats={})  # type: ignore[arg-type]  # national values have no model here
