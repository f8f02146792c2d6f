"""Links that a document states to other records: one may link only what one may see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.records.findings import Finding
from opencen.records.lock import visible_to
from opencen.records.paths import Leaf, schema_path, walk_leaves
from opencen.records.schema import Node

# Another office's case of the same event may be named before, or without, one seeing it.
UNSEEN_ALLOWED = frozenset({"relations.record"})


def check_links(actor: Actor, leaves: Sequence[Leaf], accepted: dict[str, Any], tree: Node) -> Iterator[Finding]:
    """Find links to records that do not exist for this actor; what was accepted before stays so."""
    stated = dict(_links(leaves))
    if not stated:
        return
    before = dict(_links(walk_leaves(accepted, tree))) if accepted else {}
    fresh = {path: value for path, value in stated.items() if before.get(path) != value}
    ids = {value: found for value in fresh.values() if (found := as_id(value)) is not None}
    seen = set(visible_to(actor).filter(pk__in=ids.values()).values_list("pk", flat=True)) if ids else set()
    for path, value in fresh.items():
        if ids.get(value) not in seen:
            yield Finding("record.link_unknown", "error", path, {"value": value})


def _links(leaves: Iterable[Leaf]) -> Iterator[tuple[str, str]]:
    for path, _, leaf, value in leaves:
        if leaf.kind == "record" and schema_path(path) not in UNSEEN_ALLOWED:
            yield path, str(value)


def as_id(text: str) -> UUID | None:
    """Read a record's id; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
