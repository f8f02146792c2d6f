"""Documents as they exist for an actor: what is for others is taken out, and kept when the actor writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.records.documents import documents_of, load_revision
from opencen.records.effective import effective_schema
from opencen.records.models import Revision
from opencen.records.schema import Node

Canonical = dict[str, Any]


def show_revision(actor: Actor, revision: Revision, kind: str) -> Canonical:
    """Load a revision as it exists for an actor."""
    return shown(actor, load_revision(revision, kind), kind)


def show_documents(actor: Actor, kind: str, revisions: Iterable[tuple[UUID, int]]) -> dict[UUID, Canonical]:
    """Load many revisions by (record, number) as they exist for an actor."""
    found = documents_of(kind, revisions)
    if not hidden_from(actor, kind):
        return found
    return {key: shown(actor, document, kind) for key, document in found.items()}


def shown(actor: Actor, document: Canonical, kind: str) -> Canonical:
    """Take out of a document what is not for an actor."""
    hidden = hidden_from(actor, kind)
    return _without(document, effective_schema(kind).tree, hidden) if hidden else document


def hidden_from(actor: Actor, kind: str) -> frozenset[str]:
    """Return the audiences of a type's fields that an actor does not belong to."""
    found = {info.audience for info in effective_schema(kind).national if info.audience}
    return frozenset(audience for audience in found if not actor.may(audience))


def keep_hidden(document: Canonical, base: Canonical, tree: Node, hidden: frozenset[str]) -> Canonical:
    """Put back into a statement what its author could not see in the base; items are told by their ids."""
    kept = dict(document)
    for name, inner in tree.groups.items():
        if name in tree.repeats:
            before = {item["id"]: item for item in base.get(name, ())}
            items = kept.get(name, ())
            if items and before:
                kept[name] = [keep_hidden(item, before.get(item["id"], {}), inner, hidden) for item in items]
        elif isinstance(base.get(name), dict):
            part = keep_hidden(kept.get(name) or {}, base[name], inner, hidden)
            if part:
                kept[name] = part
    return kept | dict(_values(base, tree, hidden))


def _values(base: Canonical, tree: Node, hidden: frozenset[str]) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in base.items() if _is_hidden(tree, name, hidden))


def _is_hidden(tree: Node, name: str, hidden: frozenset[str]) -> bool:
    leaf = tree.leaves.get(name)
    return leaf is not None and leaf.audience in hidden


def _without(document: Canonical, tree: Node, hidden: frozenset[str]) -> Canonical:
    left: Canonical = {}
    for name, value in document.items():
        inner = tree.groups.get(name)
        if inner is None:
            if not _is_hidden(tree, name, hidden):
                left[name] = value
        elif isinstance(value, list):
            left[name] = [_without(item, inner, hidden) for item in value]
        elif part := _without(value, inner, hidden):
            left[name] = part
    return left
