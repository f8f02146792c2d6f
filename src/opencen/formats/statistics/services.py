"""Acts on statistics: keep a table of sums as a source of its own, and take it back."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import orjson

from opencen.formats.events import STATISTICS_KEPT, UNDONE
from opencen.formats.mapping import read_mapping
from opencen.formats.models import ImportBatch, ImportRow, StatisticsFigure, StatisticsSource
from opencen.formats.queries import batch_of
from opencen.formats.reading import Sheet, open_sheet
from opencen.formats.statistics.figures import FigureRow, read_figures
from opencen.formats.statistics.queries import sources_seen_by
from opencen.formats.statistics.recognising import StatisticsPlan, recognise_statistics
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import record_act, service

STATISTICS = "statistics"


@service("import:run")
def keep_statistics(
    actor: Actor, *, batch_id: UUID, title: str = "", country: str = "", first_month: int = 0
) -> ImportBatch:
    """Keep a batch's file as statistics: its sums never become cases, and a newer file of that title replaces it."""
    batch = batch_of(actor, batch_id)
    if batch.task or batch.state not in ("uploaded", "mapped", "dry_run"):
        raise Conflict("import.has_run")
    sheet = open_sheet(batch.sha256, read_mapping(batch.mapping) if batch.mapping else None)
    plan = _plan(sheet, first_month)
    held = StatisticsSource.objects.filter(sha256=batch.sha256, office_id=batch.office_id, is_current=True).first()
    rows = list(read_figures(sheet, plan))
    if held is None:
        named = title.strip()[:200] or batch.file_name
        older = StatisticsSource.objects.filter(title=named, office_id=batch.office_id, is_current=True)
        older.update(is_current=False)
        _write(StatisticsSource(
            title=named, batch=batch, sha256=batch.sha256, office_id=batch.office_id, country=country[:2],
            created_by=actor.id, created_at=now(),
        ), rows)  # fmt: skip
    _keep_rows(batch, rows, "stored" if held is None else "unchanged")
    batch.mapping_name, batch.state, batch.is_dry = STATISTICS, "done", False
    batch.total = batch.done = len(rows)
    batch.changed_at = now()
    batch.save()
    record_act(STATISTICS_KEPT, "import", batch.id, rows=len(rows), figures=sum(len(row.figures) for row in rows))
    return batch


@service("import:run")
def withdraw_statistics(actor: Actor, *, batch_id: UUID) -> int:
    """Take back the figures that a batch brought; return how many."""
    batch = batch_of(actor, batch_id)
    sources = StatisticsSource.objects.filter(batch=batch)
    count = StatisticsFigure.objects.filter(source__in=sources).count()
    sources.delete()
    batch.state, batch.changed_at = "undone", now()
    batch.save(update_fields=["state", "changed_at"])
    record_act(UNDONE, "import", batch.id, cancelled=count, kept=0)
    return count


@service("import:run")
def remove_source(actor: Actor, *, source_id: UUID) -> int:
    """Remove a source with its figures; return how many. A newer file of its title replaces it without this."""
    source = sources_seen_by(actor).filter(pk=source_id).first()
    if source is None:
        raise NotFound("statistics.not_found")
    return withdraw_statistics(actor, batch_id=source.batch_id)


def _plan(sheet: Sheet, first_month: int) -> StatisticsPlan:
    plan = recognise_statistics(sheet)
    if plan is None:
        raise Invalid("statistics.none", path="file")
    if plan.asks_first_month:
        if not 1 <= first_month <= 12:
            raise Invalid("statistics.first_month", path="first_month")
        return replace(plan, first_month=first_month)
    return plan


def _write(source: StatisticsSource, rows: list[FigureRow]) -> None:
    periods = sorted(figure.period for row in rows for figure in row.figures)
    if not periods:
        raise Invalid("statistics.no_figure", path="file")
    source.first_period, source.last_period = periods[0], periods[-1]
    source.save(force_insert=True)
    StatisticsFigure.objects.bulk_create(
        (
            StatisticsFigure(
                source=source, row=row.number, period=figure.period, measure=figure.measure,
                commodity=figure.commodity, commodity_text=figure.commodity_text[:200], unit=figure.unit,
                value=format(figure.value, "f"), further=row.further,
            )
            for row in rows
            for figure in row.figures
        ),
        batch_size=1000,
    )  # fmt: skip


def _keep_rows(batch: ImportBatch, rows: list[FigureRow], stored: str) -> None:
    batch.rows.all().delete()
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                batch=batch, number=row.number, outcome="refused" if row.code else stored,
                findings=orjson.dumps([_finding(row)] if row.code else []).decode(),
                codes=f" {row.code} " if row.code else "",
            )
            for row in rows
        ),
        batch_size=500,
    )  # fmt: skip


def _finding(row: FigureRow) -> dict[str, object]:
    data = {"value": row.value[:80]}
    return {"code": row.code, "level": "error", "path": "", "column": row.column, "data": data}
