"""Extracts of other bodies (CEN, RILO): rows of their own beside the national count, never added to it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from opencen.analysis.events import SOURCE_LOADED, SOURCE_REMOVED
from opencen.analysis.measures.selection import Selection
from opencen.analysis.models import Source, SourceRow
from opencen.analysis.permissions import READ_FIGURES
from opencen.analysis.queries import open_figures
from opencen.codelists.catalogue import get_list, resolve
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Forbidden, Invalid, NotFound
from opencen.kernel.languages import LANGUAGES
from opencen.log.service import record_act, service

COLUMNS = ("year", "country", "section", "cases", "seizures")
MOST_ROWS = 100_000
EVERY_OFFICE = "import:run"


@dataclass(frozen=True, slots=True)
class SourceView:
    """One extract with what it counts, beside the national count of the same years."""

    id: UUID
    name: str
    loaded_at: datetime
    rows: tuple[tuple[int, int, int, int, int], ...]


@service(READ_FIGURES)
def load_source(actor: Actor, *, name: str, content: bytes) -> UUID:
    """Load an extract under a name; one of the same name is replaced as a whole."""
    actor.require(EVERY_OFFICE)
    if actor.office_ids is not None:
        raise Forbidden("permission.missing", permission=EVERY_OFFICE)
    if not name.strip():
        raise Invalid("field.missing", path="name")
    rows = read_rows(content)
    Source.objects.filter(name=name.strip()[:80]).delete()
    source = Source.objects.create(name=name.strip()[:80], loaded_by=actor.id, loaded_at=now())
    SourceRow.objects.bulk_create([SourceRow(source=source, **row) for row in rows], batch_size=1000)
    record_act(SOURCE_LOADED, "source", source.id, count=len(rows))
    return source.id


@service(READ_FIGURES)
def remove_source(actor: Actor, *, source_id: UUID) -> None:
    """Remove an extract."""
    actor.require(EVERY_OFFICE)
    found, _kinds = Source.objects.filter(pk=source_id, loaded_by=actor.id).delete()
    if not found:
        raise NotFound("source.not_found")
    record_act(SOURCE_REMOVED, "source", source_id)


def read_rows(content: bytes) -> list[dict[str, object]]:
    """Read the rows of an extract, or raise Invalid with the row and what would be right."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("source.not_text", path="file") from None
    reader = csv.DictReader(io.StringIO(text))
    given = {(name or "").strip().lower() for name in reader.fieldnames or ()}
    for column in ("year", "seizures"):
        if column not in given:
            raise Invalid("source.no_column", path="file", column=column, expected=", ".join(COLUMNS))
    found: list[dict[str, object]] = []
    for number, line in enumerate(reader, 2):
        if len(found) >= MOST_ROWS:
            raise Invalid("source.too_long", path="file", limit=MOST_ROWS)
        row = {(key or "").strip().lower(): (value or "") for key, value in line.items() if isinstance(value, str)}
        found.append(
            {
                "year": _whole(row, "year", number),
                "country": row.get("country", "")[:8],
                "section": _section(row.get("section", "")),
                "cases": _whole(row, "cases", number) if row.get("cases") else None,
                "seizures": _whole(row, "seizures", number),
            }
        )
    return found


def _section(text: str) -> str:
    """Return the section that a word names in any language; an unknown word stands for itself."""
    named = resolve("commodity", text.strip(), LANGUAGES) if text.strip() else None
    if named is None:
        return text.strip()[:80]
    codes = get_list("commodity")
    return ([*reversed(codes.ancestors(named.code)), named.code])[0][:80]


def _whole(row: dict[str, str], column: str, number: int) -> int:
    text = row.get(column, "").strip()
    limit = 9999 if column == "year" else 2_000_000_000
    if not (text.isascii() and text.isdigit()) or int(text) > limit:
        path = f"file[{number}].{column}"
        raise Invalid("source.not_a_number", path=path, row=number, value=text[:40], column=column)
    return int(text)


def list_sources(actor: Actor) -> list[SourceView]:
    """List the extracts with their counts by year, one's own of the same year beside them."""
    actor.require(READ_FIGURES)
    views = []
    figures = open_figures(actor)
    own = {row[0]: row[1:] for row in figures.count_years(Selection())}
    for source in Source.objects.order_by("name"):
        totals = source.rows.values("year").annotate(all_cases=Sum("cases"), all_seizures=Sum("seizures"))
        rows = tuple(
            (row["year"], row["all_cases"] or 0, row["all_seizures"] or 0, *own.get(row["year"], (0, 0)))
            for row in totals.order_by("year")
        )
        views.append(SourceView(source.id, source.name, source.loaded_at, rows))
    return views
