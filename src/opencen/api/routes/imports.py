"""Imports: upload a file, say where its columns go, run it, read what became of every row."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from opencen.api.answers.imports import (
    BatchAnswer,
    BatchWithTotals,
    ColumnsAnswer,
    ListedBatch,
    MappingAnswer,
    RemovedAnswer,
    RepairedAnswer,
    RowsAnswer,
    SourceAnswer,
    SumAnswer,
)
from opencen.api.auth import caller
from opencen.formats import queries, services, taking_back
from opencen.formats.handing_back import make_workbook, say
from opencen.formats.mapping import read_mapping, write_mapping
from opencen.formats.proposing import propose
from opencen.formats.reading import open_sheet
from opencen.formats.statistics.queries import list_sources, read_source, sum_figures
from opencen.formats.statistics.services import keep_statistics, remove_source
from opencen.formats.surveying import survey
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.kernel.uploads.content import MAX_BYTES
from opencen.records.effective import effective_schema

Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Limit = Annotated[int, Field(ge=1, le=500)]
Name = Annotated[str, Field(max_length=400)]
router = Router()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MappingBody(Schema):
    """Where the columns go: a mapping by its name, or its text as TOML."""

    name: str = Field("", max_length=60)
    text: str = Field("", max_length=400_000)
    mode: Literal["", "live", "historical"] = ""
    reason: str = Field("", max_length=2000)


class RunBody(Schema):
    """One reason for the batch, and reasons by the code of a warning."""

    reason: str = Field("", max_length=2000)
    reasons: dict[str, str] = Field(default_factory=dict, max_length=100)


class RepairBody(Schema):
    """Another value for a cell; `alike` repairs every cell of the column that says the same."""

    column: int = Field(ge=0, le=1000)
    value: str = Field(max_length=2000)
    alike: bool = False


class TakeBackBody(Schema):
    """Why the whole import is taken back."""

    reason: str = Field(max_length=2000)


class StatisticsBody(Schema):
    """What the table of sums is called; the month its fiscal years begin with, where nothing in it proves that."""

    title: str = Field("", max_length=200)
    country: str = Field("", max_length=2)
    first_month: int = Field(0, ge=0, le=12)


@router.get("", response=list[ListedBatch], summary="List imports, the newest first")
def list_imports(request: HttpRequest, limit: Limit = 50) -> list[dict[str, Any]]:
    """Return the imports one may see."""
    found = queries.list_batches(caller(request), limit=max(1, min(limit, 200)))
    return [{**_batch(entry["batch"]), "by": entry["by"], "rows": dict(entry["counts"])} for entry in found]


@router.post("", response=BatchAnswer, summary="Upload a file; nothing is stored as a record yet")
def upload(
    request: HttpRequest,
    file: File[UploadedFile],
    type: Form[str] = "case",
    office: Form[str] = "",
    mapping: Form[str] = "",
) -> dict[str, Any]:
    """Check and keep a file as a new import.

    `mapping` names the saved mapping that says where its columns go; `saved` takes the one that knows the columns.
    A file that the mapping does not fit, or that no saved one knows, is refused (422), and nothing of it is kept.
    """
    actor, content, name = caller(request), file.read(MAX_BYTES + 1), file.name or ""
    given: dict[str, Any] = {"content": content, "name": name, "type": type, "office": office}
    if mapping:
        return _batch(services.upload_mapped(actor, mapping=mapping, **given))
    return _batch(services.upload_file(actor, **given))


@router.get("/statistics", response=list[SourceAnswer], summary="List the statistics that others publish")
def list_statistics(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the sources with their measures and dimensions; none of them is counted among cases."""
    return list_sources(caller(request))


@router.get("/statistics/{source_id}", response=list[SumAnswer], summary="Add up one measure of published statistics")
def read_statistics(
    request: HttpRequest, source_id: UUID, measure: Name = "cases", unit: Name = "", by: Name = "year"
) -> list[dict[str, Any]]:
    """Return the sums of a source by one of its dimensions; different units are never added."""
    actor = caller(request)
    if by not in read_source(actor, source_id)["dimensions"]:
        raise NotFound("statistics.not_found")
    found = sum_figures(actor, source_id=source_id, measure=measure, unit=unit, by=(by,))
    return [{"member": row[by], "value": row["value"]} for row in found]


@router.delete("/statistics/{source_id}", response=RemovedAnswer, summary="Remove published statistics")
def remove_statistics(request: HttpRequest, source_id: UUID) -> dict[str, int]:
    """Remove a source with its figures."""
    return {"removed": remove_source(caller(request), source_id=source_id)}


@router.get("/mappings/{name}", response=MappingAnswer, summary="Read a mapping as TOML")
def read_named_mapping(request: HttpRequest, name: str) -> dict[str, str]:
    """Return a saved or shipped mapping."""
    return {"name": name, "text": write_mapping(queries.find_mapping(caller(request), name))}


@router.put("/mappings/{name}", response=MappingAnswer, summary="Save a mapping under its name")
def save_mapping(request: HttpRequest, name: str, body: MappingBody) -> dict[str, str]:
    """Keep a mapping for the next file of this kind."""
    found = services.save_mapping(caller(request), text=body.text, name=name)
    return {"name": found.name, "text": write_mapping(found)}


@router.get(
    "/{batch_id}",
    response=BatchWithTotals,
    summary="Read how far an import is: rows = stored + unchanged + refused + waiting + taken_back + open",
)
def read_import(request: HttpRequest, batch_id: UUID) -> dict[str, Any]:
    """Return the import's state, sums and reasons."""
    batch = queries.batch_of(caller(request), batch_id)
    reasons = [asdict(reason) for reason in queries.reasons_of(batch)]
    return {**_batch(batch), "totals": asdict(queries.totals_of(batch)), "reasons": reasons}


@router.get(
    "/{batch_id}/columns",
    response=ColumnsAnswer,
    summary="Read the columns and the mapping, the proposed one while none is set",
)
def read_columns(request: HttpRequest, batch_id: UUID) -> dict[str, Any]:
    """Return what is in each column, where it goes, and what is open."""
    actor = caller(request)
    batch = queries.batch_of(actor, batch_id)
    schema = effective_schema(batch.type)
    if batch.mapping:
        mapping = read_mapping(batch.mapping)
    else:
        mapping, _why = propose(actor, open_sheet(batch.sha256), schema)
    views = survey(open_sheet(batch.sha256, mapping), mapping, schema, actor.language)
    columns = [
        {"letter": v.letter, "header": v.header, "to": v.path, "filled": v.filled, "distinct": v.distinct,
         "open_values": v.opens, "open_rows": v.opens_rows}
        for v in views
    ]  # fmt: skip
    return {"mapping": write_mapping(mapping), "columns": columns}


@router.put("/{batch_id}/mapping", response=BatchAnswer, summary="Say where the columns go")
def set_mapping(request: HttpRequest, batch_id: UUID, body: MappingBody) -> dict[str, Any]:
    """Set the import's mapping: by its text, by its name, or without both the saved one that knows the columns.

    A mapping that does not fit the file is refused (422), as is a file that no saved mapping knows.
    """
    actor = caller(request)
    text = body.text or write_mapping(services.mapping_for(actor, queries.batch_of(actor, batch_id), body.name))
    return _batch(services.set_mapping(actor, batch_id=batch_id, mapping=text, mode=body.mode, reason=body.reason))


@router.post(
    "/{batch_id}/dry-run", response=BatchAnswer, summary="Say what would become of every row; nothing is stored"
)
def dry_run(request: HttpRequest, batch_id: UUID) -> dict[str, Any]:
    """Start a dry run; the worker does it."""
    return _batch(services.start_dry_run(caller(request), batch_id=batch_id))


@router.post(
    "/{batch_id}/run", response=BatchAnswer, summary="Store what can be stored; again: what was repaired or answered"
)
def run(request: HttpRequest, batch_id: UUID, body: RunBody) -> dict[str, Any]:
    """Start the run; the worker does it."""
    actor = caller(request)
    return _batch(services.start_run(actor, batch_id=batch_id, reason=body.reason, reasons=body.reasons))


@router.post("/{batch_id}/pause", response=BatchAnswer, summary="Stop after the chunk in work")
def pause(request: HttpRequest, batch_id: UUID) -> dict[str, Any]:
    """Pause; running again goes on from there."""
    return _batch(services.pause_batch(caller(request), batch_id=batch_id))


@router.post("/{batch_id}/cancel", response=BatchAnswer, summary="Stop for good; what is stored stays")
def cancel(request: HttpRequest, batch_id: UUID) -> dict[str, Any]:
    """Cancel the import."""
    return _batch(services.cancel_batch(caller(request), batch_id=batch_id))


@router.post(
    "/{batch_id}/take-back",
    response=BatchAnswer,
    summary="Cancel what it made, give back the former values of what it changed; what somebody touched since stays",
)
def take_back(request: HttpRequest, batch_id: UUID, body: TakeBackBody) -> dict[str, Any]:
    """Take the import back as a whole; the worker does it, each row that stays says why."""
    return _batch(taking_back.take_back(caller(request), batch_id=batch_id, reason=body.reason))


@router.get("/{batch_id}/rows", response=RowsAnswer, summary="List rows with outcome, record and findings")
def list_rows(
    request: HttpRequest, batch_id: UUID, outcome: str = "", code: str = "", offset: Offset = 0, limit: Limit = 50
) -> dict[str, Any]:
    """Return rows, filtered by outcome or reason."""
    actor = caller(request)
    batch = queries.batch_of(actor, batch_id)
    offset, limit = max(0, offset), max(1, min(limit, 500))
    rows, total = queries.rows_of(batch, outcome=outcome, code=code, offset=offset, limit=limit)
    return {"total": total, "items": [_row(row, batch.type, actor) for row in rows]}


@router.post(
    "/{batch_id}/rows/{number}/repair",
    response=RepairedAnswer,
    summary="Write another value over a cell of a row not stored",
)
def repair(request: HttpRequest, batch_id: UUID, number: int, body: RepairBody) -> dict[str, int]:
    """Repair one cell, or all that say the same."""
    actor = caller(request)
    given: dict[str, Any] = {"batch_id": batch_id, "number": number, "column": body.column, "value": body.value}
    if body.alike:
        return {"repaired": services.repair_alike(actor, **given)}
    services.repair_cell(actor, **given)
    return {"repaired": 1}


@router.post(
    "/{batch_id}/statistics", response=BatchAnswer, summary="Keep a table of sums as statistics, apart from cases"
)
def keep_as_statistics(request: HttpRequest, batch_id: UUID, body: StatisticsBody) -> dict[str, Any]:
    """Keep the file's sums as a source; one of the same title is replaced."""
    kept = keep_statistics(
        caller(request), batch_id=batch_id, title=body.title, country=body.country, first_month=body.first_month
    )
    return _batch(kept)


@router.get("/{batch_id}/workbook", summary="Download the same workbook, with red cells, reasons and record ids")
def workbook(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Hand the workbook back."""
    return HttpResponse(make_workbook(caller(request), batch_id=batch_id), content_type=XLSX)


def _batch(batch: Any) -> dict[str, Any]:
    names = ("id", "number", "type", "file_name", "sha256", "size", "office", "mapping_name", "mode", "reason", "state",
             "task", "is_dry", "total", "done", "seconds", "created_at", "changed_at")  # fmt: skip
    return {name: getattr(batch, name) for name in names}


def _row(row: Any, type: str, actor: Actor) -> dict[str, Any]:
    findings = [{**found, "message": say(found, actor.language, type)} for found in queries.findings_of(row)]
    return {
        "number": row.number,
        "outcome": row.outcome,
        "record": row.record_id,
        "revision": row.revision,
        "findings": findings,
        "repairs": queries.repairs_of(row),
    }
