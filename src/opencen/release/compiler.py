"""Build what leaves as a new document from an allow-list; a field added tomorrow does not leak today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from opencen.kernel.canonical import keyed_digest
from opencen.records.schema import Node
from opencen.release.profile import Canonical, Profile, Surroundings

STAYS = None


@dataclass(frozen=True, slots=True)
class Row:
    """One field in the preview: what stays, what goes (None: it stays), and how it was changed."""

    path: str
    stays: Any
    goes: Any
    how: str


@dataclass(slots=True)
class Compiled:
    """The new document, and one row for each field of the old one."""

    document: Canonical = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """Count the fields that go."""
        return sum(row.goes is not STAYS for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Walk:
    profile: Profile
    document: Canonical
    scope: str
    kept_items: frozenset[str]
    rows: list[Row]


def compile_document(document: Canonical, tree: Node, profile: Profile, *, scope: str) -> Compiled:
    """Apply a profile; `scope` (the record's id) keys the pseudonyms that stand for item ids."""
    compiled = Compiled()
    walk = _Walk(profile, document, scope, _kept_items(document, profile), compiled.rows)
    made = _group(document, tree, "", "", walk)
    compiled.document = _without_dangling(made, tree, frozenset(_ids_in(made)))
    return compiled


def _ids_in(part: Canonical) -> Iterator[str]:
    for value in part.values():
        if isinstance(value, list):
            yield from (item["id"] for item in value if isinstance(item, dict))


def _without_dangling(part: Canonical, node: Node, ids: frozenset[str]) -> Canonical:
    """Drop references to items of which nothing went."""
    kept: Canonical = {}
    for name, value in part.items():
        inner, leaf = node.groups.get(name), node.leaves.get(name)
        if inner is not None:
            is_list = isinstance(value, list)
            kept[name] = (
                [_without_dangling(i, inner, ids) for i in value] if is_list else _without_dangling(value, inner, ids)
            )
        elif leaf is None or not leaf.kind.startswith("item:"):
            kept[name] = value
        elif isinstance(value, list):
            if found := [wanted for wanted in value if wanted in ids]:
                kept[name] = found
        elif value in ids:
            kept[name] = value
    return kept


def _kept_items(document: Canonical, profile: Profile) -> frozenset[str]:
    """Return the ids of top-level items that pass the profile's filters, so that references to others fall away."""
    kept: set[str] = set()
    for name, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            passes = profile.filters.get(name, (lambda item: True, ""))[0]
            kept.update(item["id"] for item in value if passes(item))
    return frozenset(kept)


def pseudonym(scope: str, item_id: str) -> str:
    """Return what stands for an item id outside: the same at every correction, and telling nothing."""
    return keyed_digest(str(settings.NODE_SECRET).encode(), f"{scope}:{item_id}")[:16]


def _group(part: Canonical, node: Node, plain: str, shown: str, walk: _Walk) -> Canonical:
    made: Canonical = {}
    for name, value in part.items():
        if name == "id":
            continue
        path, here = (f"{plain}.{name}" if plain else name), (f"{shown}.{name}" if shown else name)
        if path in (walk.profile.free_text, walk.profile.media):
            continue
        inner = node.groups.get(name)
        if inner is None:
            _leaf(made, name, value, path, here, part, walk, node)
        elif name in node.repeats:
            items = _items(value, inner, path, here, walk)
            if items:
                made[name] = items
        else:
            found = _group(value, inner, path, here, walk)
            if found:
                made[name] = found
    return made


def _items(value: list[Canonical], inner: Node, path: str, here: str, walk: _Walk) -> list[Canonical]:
    passes, why = walk.profile.filters.get(path, (None, ""))
    items: list[Canonical] = []
    for item in value:
        place = f"{here}[{item['id']}]"
        if passes is not None and not passes(item):
            walk.rows.append(Row(place, item, STAYS, why))
            continue
        found = _group(item, inner, path, place, walk)
        if found:
            items.append({"id": pseudonym(walk.scope, item["id"]), **found})
    return items


def _leaf(
    made: Canonical, name: str, value: Any, path: str, here: str, part: Canonical, walk: _Walk, node: Node
) -> None:
    rule = walk.profile.rules.get(path)
    leaf = node.leaves.get(name)
    if rule is None:
        is_nominal = leaf is None or leaf.nominal
        walk.rows.append(Row(here, value, STAYS, "nominal" if is_nominal else "not_in_profile"))
        return
    if leaf is not None and leaf.kind.startswith("item:"):
        goes = _references(value, walk)
    else:
        goes = rule.transform(value, Surroundings(walk.document, part))
    if goes in (None, "", []):
        walk.rows.append(Row(here, value, STAYS, rule.how))
        return
    made[rule.into or name] = goes
    walk.rows.append(Row(here, value, goes, rule.how))


def _references(value: Any, walk: _Walk) -> Any:
    if isinstance(value, list):
        return [pseudonym(walk.scope, wanted) for wanted in value if wanted in walk.kept_items]
    return pseudonym(walk.scope, value) if value in walk.kept_items else None
