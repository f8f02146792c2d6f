"""Reports to other bodies, quality of the offices, and pairs of cases that may be one event."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from opencen.analysis.quality.queries import read_quality
from opencen.api.answers.records import ReceiptAnswer
from opencen.api.answers.reporting import DoublesAnswer, QualityAnswer, ReportAnswer, ReportPreview
from opencen.api.auth import caller
from opencen.api.pages import plain
from opencen.api.shapes import receipt_json
from opencen.formats.reporting.choosing import Period, list_reports, require_reporting
from opencen.formats.reporting.making import make_report, preview_report
from opencen.records.types import domain
from opencen.seizures.queries.doubles import find_doubles
from opencen.seizures.services import relate_as_same_event, tell_apart

router = Router()


class ReportPeriod(Schema):
    """The days of a report, both included, and the goods it is narrowed to."""

    since: date = Field(alias="from")
    until: date = Field(alias="to")
    section: str = Field("", max_length=60)

    def as_period(self) -> Period:
        """Return the period."""
        return Period(self.since, self.until, self.section)


class PairBody(Schema):
    """Two cases."""

    first: UUID
    second: UUID


class ApartBody(PairBody):
    """Two cases, and what tells them apart."""

    reason: str = Field(min_length=1, max_length=300)


@router.get("/reports", response=list[ReportAnswer], summary="List the reports to other bodies")
def read_reports(request: HttpRequest) -> list[dict[str, Any]]:
    """Return each report with its columns; one without fields is held by no case."""
    domain("case")
    require_reporting(caller(request))
    return [
        {
            "name": report.name,
            "title": report.title,
            "body": report.body,
            "columns": [
                {"name": c.name, "read_from": list(c.sources), "is_required": c.is_required} for c in report.columns
            ],
        }
        for report in list_reports()
    ]


@router.get("/reports/{name}", response=ReportPreview, summary="Say how far a report is filled, column by column")
def read_report(request: HttpRequest, name: str, asked: Query[ReportPeriod]) -> dict[str, Any]:
    """Return rows, complete rows, what is left out, and for each column what lacks it."""
    domain("case")
    made = preview_report(caller(request), name=name, period=asked.as_period())
    return {
        "name": name,
        "rows": made.rows,
        "complete": made.complete,
        "cases": made.cases,
        "left_out": made.left_out,
        "columns": [
            {
                "name": fill.name,
                "filled": fill.filled,
                "missing": fill.missing,
                "kept": fill.kept,
                "wrong": dict(fill.wrong),
                "cases": list(fill.cases),
            }
            for fill in made.columns
        ],
    }


@router.get("/reports/{name}/file", summary="Make a report as a file")
def take_report(
    request: HttpRequest,
    name: str,
    asked: Query[ReportPeriod],
    format: Literal["xlsx", "csv"] = "xlsx",
    complete: bool = False,
    names: bool = False,
) -> HttpResponse:
    """Write a report; it is an entry of the log. Names stand only in what stays in the administration."""
    domain("case")
    made = make_report(
        caller(request), name=name, period=asked.as_period(), format=format, complete_only=complete, with_names=names
    )
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(made.content, content_type=made.content_type, headers=headers)


@router.get("/quality", response=QualityAnswer, summary="Say how an office does, beside the country")
def quality(request: HttpRequest, office: Annotated[str, Field(max_length=40)] = "") -> dict[str, Any]:
    """Return the rates of the last twelve months; the country as rates only, from three offices on."""
    domain("case")
    found = read_quality(caller(request), office)
    return {
        "office": found.office.code if found.office else None,
        "since": found.months[0],
        "rates": plain(found.rates),
        "country": plain(found.country) if found.country else None,
        "by_field": [plain(each) for each in found.fields],
        "offices": [
            {"office": line.office.code, "rates": plain(line.rates), "returned": line.returned}
            for line in found.offices
        ],
        "returned": found.returned,
        "months": [{"month": month, "standing": standing} for month, standing in found.standing],
    }


@router.get("/doubles", response=DoublesAnswer, summary="List pairs of cases that may be one event")
def list_doubles(request: HttpRequest, since: date) -> dict[str, Any]:
    """Return the likeliest pairs since a day, with why; both cases are the caller's to see."""
    domain("case")
    actor = caller(request)
    actor.require("case:read")
    pairs, total = find_doubles(actor, since=since, limit=100)
    return {
        "total": total,
        "rows": [
            {"first": p.first.id, "second": p.second.id, "numbers": list(p.numbers), "same_goods": p.same_goods}
            for p in pairs
        ],
    }


@router.post("/doubles/relate", response=ReceiptAnswer, summary="Relate two cases as one event")
def relate(request: HttpRequest, body: PairBody) -> dict[str, Any]:
    """Amend the case that was entered later; it waits for validation again."""
    domain("case")
    actor = caller(request)
    return receipt_json(relate_as_same_event(actor, first=body.first, second=body.second), actor.language)


@router.post("/doubles/apart", summary="Tell two cases apart", response=dict[str, bool])
def keep_apart(request: HttpRequest, body: ApartBody) -> dict[str, bool]:
    """Keep two cases as two events; the pair is not listed again."""
    domain("case")
    tell_apart(caller(request), first=body.first, second=body.second, reason=body.reason)
    return {"is_apart": True}
