"""Deconfliction: two closed teams hold the same person, company, conveyance or telephone; their owners are told.

Nobody else learns of it: not the searcher, not other members, not by a count, an error or a page that changed. What
an owner is told is what the own team holds anyway, and whom to call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from opencen.investigations.access import KIND
from opencen.investigations.events import LINKED, OPENED, OVERLAP_FOUND, REOPENED, TEAM_CHANGED, UNLINKED
from opencen.investigations.models import Held, Investigation, Link, Overlap
from opencen.investigations.notices import tell
from opencen.investigations.permissions import RECORD_INVESTIGATIONS
from opencen.kernel.actor import Actor, system_actor
from opencen.kernel.clock import now
from opencen.log.reader import Sealed, entries_after
from opencen.log.service import nothing_done, record_act, service
from opencen.log.transactions import write_transaction
from opencen.records.derived import CHANGING, load_current
from opencen.records.effective import effective_schema
from opencen.records.jobs import job
from opencen.records.links.things import thing_key, thing_kind
from opencen.records.models import Cursor, Record
from opencen.records.paths import schema_path, walk_leaves
from opencen.records.types import domain_names

STORE = "deconfliction"
RUN = 2000
OWN_ACTS = frozenset(act.name for act in (OPENED, REOPENED, LINKED, UNLINKED, TEAM_CHANGED))
WHOLE = ("suspect", "company", "conveyance", "case")
"""Kinds of records that are the same where they are one record."""
PEOPLE = ("persons", "companies", "conveyances")
"""Lists of a case whose items may link the record of whom they name."""

TOLD_APART_BY = ("phone", "document", "registration", "vessel", "vehicle", "plate")
"""Kinds of things that are one person's, company's or conveyance's alone."""


@job(STORE, every=5.0)
def read_for_overlaps() -> int:
    """Compare what changed since the last time; return how many entries were read."""
    if KIND not in domain_names():
        return 0
    total = 0
    while True:
        cursor = Cursor.objects.filter(store=STORE).first()
        entries = entries_after(cursor.sequence if cursor else 0, RUN)
        if not entries:
            return total
        for investigation in _touched(entries):
            tell_owners(system_actor(RECORD_INVESTIGATIONS), investigation=investigation)
        with write_transaction():
            Cursor.objects.update_or_create(store=STORE, defaults={"sequence": entries[-1].sequence, "at": now()})
        total += len(entries)


def _touched(entries: Iterable[Sealed]) -> Iterator[Investigation]:
    """Yield the investigations whose holdings an entry may have changed."""
    ids = {UUID(entry.subject_id) for entry in entries if entry.act in CHANGING and _is_id(entry.subject_id)}
    ids |= {UUID(entry.subject_id) for entry in entries if entry.act in OWN_ACTS}
    wanted = sorted(ids)
    found: set[UUID] = set()
    for start in range(0, len(wanted), 400):
        part = wanted[start : start + 400]
        found.update(Investigation.objects.filter(pk__in=part).values_list("pk", flat=True))
        found.update(Link.objects.filter(record_id__in=part, ended_at=None).values_list("investigation_id", flat=True))
        groups = Record.objects.filter(pk__in=part).exclude(compartment_id=None).values("compartment_id")
        found.update(Investigation.objects.filter(compartment_id__in=groups).values_list("pk", flat=True))
    yield from Investigation.objects.filter(pk__in=found).order_by("pk")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@service(RECORD_INVESTIGATIONS)
def tell_owners(actor: Actor, *, investigation: Investigation) -> int:
    """Note what an investigation holds now, and tell both owners of what another holds too; return how many pairs.

    Who leads both is told nothing; when one of them gets another lead, both are told.
    """
    held = held_by(investigation)
    Held.objects.filter(investigation=investigation).delete()
    Held.objects.bulk_create(
        [Held(investigation=investigation, key=key, record_id=record) for key, record in sorted(held.items())],
        batch_size=200,
    )
    told: dict[UUID, Overlap] = {}
    for start in range(0, len(held), 400):
        part = sorted(held)[start : start + 400]
        rows = Held.objects.filter(key__in=part, investigation__closed_at=None).exclude(investigation=investigation)
        rows = rows.exclude(investigation__lead_id=investigation.lead_id)
        for other in rows.select_related("investigation").order_by("pk"):
            first, second = sorted((investigation, other.investigation), key=lambda found: found.pk)
            row, is_new = Overlap.objects.get_or_create(
                first=first, second=second, key=other.key, defaults={"at": now()}
            )
            if is_new:
                told.setdefault(other.investigation_id, row)
    for row in told.values():
        for side in (row.first, row.second):
            tell(side.lead_id, side, "overlap", f"overlap:{row.id}:{side.pk}"[:80])
        record_act(OVERLAP_FOUND, "overlap", row.id, kind=row.key.partition(":")[0])
    if not told:
        nothing_done()
    return len(told)


def held_by(investigation: Investigation) -> dict[str, UUID | None]:
    """Return the keys of what an investigation holds, each with the record it stands in; a closed one holds nothing."""
    if investigation.closed_at is not None:
        return {}
    linked = Link.objects.filter(investigation=investigation, ended_at=None).values_list("record_id", flat=True)
    inside = Record.objects.filter(compartment_id=investigation.compartment_id).exclude(state="cancelled")
    found: dict[str, UUID | None] = {}
    for current in load_current({*linked, *inside.values_list("pk", flat=True)}):
        record = current.record
        if record.type in WHOLE:
            found[f"record:{record.pk}"] = record.pk
        for key in _things(record.type, current.document):
            found.setdefault(key[:200], record.pk)
    return found


def _things(kind: str, document: dict[str, Any]) -> Iterator[str]:
    """Yield the keys of the persons, companies, conveyances and telephones that a document names."""
    for path, _item, leaf, value in walk_leaves(document, effective_schema(kind).tree):
        if leaf.audience:
            continue
        groups = schema_path(path).split(".")[:-1]
        thing = thing_kind(groups[-1] if groups else "", leaf)
        for text in value if isinstance(value, list) else [value]:
            if leaf.kind == "record" and groups and groups[-1] in PEOPLE:
                yield f"record:{text}"
            elif thing is not None and thing.name in TOLD_APART_BY and (key := thing_key(thing, leaf, str(text))):
                yield f"{thing.name}:{key}"
