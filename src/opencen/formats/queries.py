"""Reads of imports: one's batches, what became of their rows, by reason and one by one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count, Q, QuerySet

from opencen.accounts.queries import names_of
from opencen.formats.mapping import Mapping, read_mapping, shipped_mapping, shipped_mappings
from opencen.formats.models import ImportBatch, ImportRow, SavedMapping
from opencen.formats.outcomes import OUTCOMES, STAYS, TAKEN_BACK
from opencen.formats.reading import WHOLE, Sheet
from opencen.formats.tables import OWN_PREFIX
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.records.types import domain_names

LOOKED_BACK = 30


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows were refused, wait, stay although the import was taken back, or were stored with a warning."""

    code: str
    level: str
    rows: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows by outcome; `open` are those not looked at yet. Of what was taken back, `stays` rows could not be."""

    rows: int
    stored: int
    unchanged: int
    refused: int
    waiting: int
    taken_back: int
    open: int
    stays: int
    new_records: int
    updated_records: int
    repaired: int


def batches_seen_by(actor: Actor) -> QuerySet[ImportBatch]:
    """Return the batches that exist for an actor: one's own, and those of the offices one records for."""
    actor.require("import:run")
    types = [name for name in domain_names() if actor.may(f"{name}:record")]
    found = ImportBatch.objects.filter(type__in=types)
    if actor.office_ids is None:
        return found
    return found.filter(Q(created_by=actor.id) | Q(office_id__in=actor.office_ids))


def batch_of(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Return a batch, or raise NotFound."""
    found = batches_seen_by(actor).filter(pk=batch_id).first()
    if found is None:
        raise NotFound("import.not_found")
    return found


def batch_named(actor: Actor, name: str) -> ImportBatch:
    """Return a batch by the name that people read (B-2026-0012), or raise NotFound."""
    match = re.fullmatch(r"B-(\d{4})-(\d{1,9})", name.strip().upper())
    seen = batches_seen_by(actor)
    found = seen.filter(created_at__year=match[1], number=match[2]).first() if match else None
    if found is None:
        raise NotFound("import.not_found")
    return found


def answered_before(actor: Actor, sheet: Sheet, type: str) -> tuple[Mapping, str] | None:
    """Return the answers that were given about a workbook which this product handed back, and its name then."""
    own = {name for name in sheet.header.names if name.startswith(OWN_PREFIX)}
    names = {name for name in sheet.header.names if name} - own
    if not own:
        return None
    earlier = batches_seen_by(actor).filter(type=type).exclude(mapping="").exclude(state="uploaded")
    for batch in earlier.order_by("-number")[:LOOKED_BACK]:
        if not batch.mapping_name or batch.mapping_name == WHOLE:
            continue
        mapping = read_mapping(batch.mapping)
        if {entry.header for entry in mapping.column} <= names and set(mapping.key) <= names:
            return mapping, batch.file_name
    return None


def list_batches(actor: Actor, *, limit: int = 50) -> list[dict[str, Any]]:
    """List batches, the newest first, with their totals and who uploaded them."""
    batches = list(batches_seen_by(actor).order_by("-number")[:limit])
    names = names_of(batch.created_by for batch in batches)
    counts: dict[UUID, Counter[str]] = {}
    rows = ImportRow.objects.filter(batch__in=batches).values("batch_id", "outcome").annotate(n=Count("id")).order_by()
    for row in rows:
        counts.setdefault(row["batch_id"], Counter())[row["outcome"]] = row["n"]
    return [
        {"batch": batch, "by": names.get(batch.created_by, ""), "counts": counts.get(batch.id, Counter())}
        for batch in batches
    ]


def totals_of(batch: ImportBatch) -> Totals:
    """Count the rows by outcome; together they are the rows of the file."""
    counts = batch.rows.aggregate(
        rows=Count("id"),
        stored=Count("id", filter=Q(outcome="stored")),
        unchanged=Count("id", filter=Q(outcome="unchanged")),
        refused=Count("id", filter=Q(outcome="refused")),
        waiting=Count("id", filter=Q(outcome="waiting")),
        taken_back=Count("id", filter=Q(outcome=TAKEN_BACK)),
        open=Count("id", filter=Q(outcome="")),
        stays=Count("id", filter=Q(codes__startswith=f" {STAYS}")),
        new_records=Count("record_id", filter=Q(outcome="stored", is_new=True), distinct=True),
        updated_records=Count("record_id", filter=Q(outcome="stored", is_new=False), distinct=True),
        repaired=Count("id", filter=Q(outcome__in=("refused", "waiting")) & ~Q(repairs="{}")),
    )
    return Totals(**counts)


def reasons_of(batch: ImportBatch) -> list[Reason]:
    """Say why, by reason: what stays, what refused, what waits, what was stored with a warning, most rows first."""
    counts: Counter[tuple[str, str]] = Counter()
    for outcome, codes in batch.rows.exclude(codes="").values_list("outcome", "codes"):
        parts = codes.split()
        stays = parts[0].startswith(STAYS)
        counts[parts[0], "stays" if stays else outcome if outcome in ("refused", "waiting") else "warning"] += 1
        if outcome not in ("refused", "waiting"):
            counts.update((code, "warning") for code in parts[1:])
    order = {"stays": 0, "refused": 1, "waiting": 2, "warning": 3}
    found = [Reason(code, level, number) for (code, level), number in counts.items()]
    return sorted(found, key=lambda reason: (order[reason.level], -reason.rows, reason.code))


def rows_of(
    batch: ImportBatch, *, outcome: str = "", code: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[ImportRow], int]:
    """Return rows of a batch, filtered by outcome or reason, and how many there are."""
    found = batch.rows.order_by("number")
    if outcome == "warning":
        found = found.filter(outcome__in=("stored", "unchanged", TAKEN_BACK, ""))
    elif outcome == "stays":
        found = found.filter(codes__startswith=f" {STAYS}")
    elif outcome in (*OUTCOMES, TAKEN_BACK):
        found = found.filter(outcome=outcome)
    if code:
        found = found.filter(codes__contains=f" {code} ")
    return list(found[offset : offset + limit]), found.count()


def findings_of(row: ImportRow) -> list[dict[str, Any]]:
    """Return a row's findings."""
    kept: list[dict[str, Any]] = orjson.loads(row.findings)
    return kept


def repairs_of(row: ImportRow) -> dict[int, str]:
    """Return a row's repairs by column."""
    return {int(column): value for column, value in orjson.loads(row.repairs).items()}


def mapping_names(actor: Actor) -> list[tuple[str, str]]:
    """List the mappings there are, saved ones first, as (name, title)."""
    actor.require("import:run")
    saved = {row.name: read_mapping(row.text).title for row in SavedMapping.objects.order_by("name")}
    shipped = {name: read_mapping(text).title for name, text in shipped_mappings().items() if name not in saved}
    return list({**saved, **shipped}.items())


def find_mapping(actor: Actor, name: str) -> Mapping:
    """Return a mapping by its name: a saved one, else a shipped one."""
    actor.require("import:run")
    saved = SavedMapping.objects.filter(name=name).first()
    return read_mapping(saved.text) if saved else shipped_mapping(name)
