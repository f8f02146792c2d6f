"""What nodes are called: read anew from the records that state them, and only from those that are seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from opencen.kernel.actor import Actor
from opencen.records.derived import Current
from opencen.records.documents import documents_of
from opencen.records.links.graph.sheets import Numbers
from opencen.records.links.graph.walking import Sight
from opencen.records.links.heads import Heads
from opencen.records.links.statements import Inline, Statements, read_documents
from opencen.records.models import Record


@dataclass(frozen=True, slots=True)
class Words:
    """The heads of seen records by id, their statements, and what inline items and things are called by key."""

    heads: dict[UUID, Record]
    inlines: dict[int, Inline]
    labels: dict[int, str]


def read_words(
    actor: Actor, sight: Sight, nodes: Numbers, also: Iterable[UUID] = (), known: Heads | None = None
) -> Words:
    """Read the words of nodes from as few records as name them all, and the heads of some records besides."""
    graph = sight.snapshot
    owners = graph.attribute("owner", nodes)
    is_record = (owners != 0) & (graph.key_of(nodes) == owners)
    is_thing = owners == 0
    inline_records = set(graph.records_of(nodes[~is_thing & ~is_record]))
    naming = _naming_records(sight, nodes[is_thing], nodes[is_record], inline_records)
    heads = (known or Heads(actor)).read({*graph.records_of(nodes[~is_thing]), *naming, *also})
    stated = _statements([heads[key] for key in sorted((inline_records | naming) & heads.keys())])
    inlines = {inline.key: inline for found in stated for inline in found.inlines}
    labels: dict[int, str] = {}
    for found in stated:
        for thing in found.things:
            labels.setdefault(thing.key, thing.label)
    return Words(heads, inlines, labels)


def _naming_records(sight: Sight, things: Numbers, shown: Numbers, chosen: set[UUID]) -> set[UUID]:
    """Choose records that name all things: those shown already first, then any that is seen."""
    if not len(things):
        return set()
    graph = sight.snapshot
    found = sight.neighbours(things)
    is_shown = np.isin(found.node, shown)
    order = np.lexsort((~is_shown, found.place))
    _, first = np.unique(found.place[order], return_index=True)
    return chosen | set(graph.records_of(found.node[order][first]))


def _statements(heads: Sequence[Record]) -> list[Statements]:
    """Read what records state, by the heads that were let through the lock."""
    by_type: dict[str, list[Record]] = {}
    for head in heads:
        by_type.setdefault(head.type, []).append(head)
    current: list[Current] = []
    for kind, found in by_type.items():
        documents = documents_of(kind, [(head.id, head.revision) for head in found])
        current += [Current(head, documents[head.id]) for head in found if head.id in documents]
    return read_documents(current)
