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
    stated = {path: (value, of) for path, value, of in _links(leaves)}
    if not stated:
        return
    before = {path: value for path, value, _ in _links(walk_leaves(accepted, tree))} if accepted else {}
    fresh = {path: found for path, found in stated.items() if before.get(path) != found[0]}
    ids = {value: found for value, _ in fresh.values() if (found := as_id(value)) is not None}
    rows = visible_to(actor).filter(pk__in=ids.values()).values_list("pk", "type") if ids else ()
    seen = dict(rows)
    for path, (value, of) in fresh.items():
        type = seen.get(ids[value]) if value in ids else None
        if type is None or (of and type not in of.split()):
            yield Finding("record.link_unknown", "error", path, {"value": value})


def _links(leaves: Iterable[Leaf]) -> Iterator[tuple[str, str, str]]:
    """Yield (path, linked record, the databases it may be of) of every link that one must see."""
    for path, _, leaf, value in leaves:
        if leaf.kind == "record" and schema_path(path) not in UNSEEN_ALLOWED:
            yield path, str(value), leaf.of


def as_id(text: str) -> UUID | None:
    """Read a record's id; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
