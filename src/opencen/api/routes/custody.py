"""Exhibits: taken in, weighed, moved, handed over, sampled, disposed of; each act is added, none is changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from opencen.api.answers.acts import ActAnswer, ActBody, ProblemAnswer, act_json
from opencen.api.auth import caller_where
from opencen.printing.labels import print_labels
from opencen.records.media import SAFE_HEADERS
from opencen.seizures.custody import clocks, queries, services
from opencen.seizures.custody.kinds import KINDS
from opencen.seizures.custody.queries import ExhibitRow, ExhibitView
from opencen.seizures.small_records.schema import schema_of

router = Router()
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Limit = Annotated[int, Field(ge=1, le=200)]
Show = Literal["overdue", "off", "held", "out", "ended"]


class TakeInBody(Schema):
    """What an exhibit of a case comes in with: `answers` as the schema says of `taken_in`."""

    case: UUID
    line: str = Field("", max_length=64)
    answers: dict[str, Any]
    at: AwareDatetime | None = None


class ClocksBody(Schema):
    """Clocks and tolerances of goods; an empty value takes the shipped or the upper one, "-" asks nothing."""

    commodity: str = Field("", max_length=120)
    values: dict[str, str]


class ExhibitAnswer(Schema):
    """An exhibit or sample: where it is, what should be there, what is due."""

    id: UUID
    case: UUID
    reference: str
    number: str
    label: str
    line: str
    status: str
    place: str
    holder: str
    seal: str
    present: str
    unit: str
    due_at: datetime | None
    due_for: str
    is_overdue: bool
    problems: int
    is_sample: bool


class ExhibitsAnswer(Schema):
    """A page of exhibits, with how many there are of each view."""

    total: int
    counts: dict[str, int]
    items: list[ExhibitAnswer]


class DueAnswer(Schema):
    """One clock that runs."""

    name: str
    since: datetime
    until: datetime


class ExhibitWholeAnswer(ExhibitAnswer):
    """An exhibit with its balance, its samples and every act."""

    came_in: str
    samples_taken: str
    used: str
    disposed: str
    explained: str
    parent: UUID | None
    samples: list[UUID]
    dues: list[DueAnswer]
    findings: list[ProblemAnswer]
    acts: list[ActAnswer]


class CaseExhibitsAnswer(Schema):
    """The exhibits of a case, and what does not agree with its lines."""

    items: list[ExhibitAnswer]
    findings: list[ProblemAnswer]


@router.get("/schema", response=dict[str, Any], summary="Describe the acts of custody as JSON Schema")
def act_schema(request: HttpRequest) -> dict[str, Any]:
    """Return what each kind of act holds."""
    caller_where(request, "case")
    return schema_of("Acts of custody", KINDS)


@router.get("/exhibits", response=ExhibitsAnswer, summary="List exhibits of the cases one may see")
def list_exhibits(
    request: HttpRequest, show: Show = "overdue", label: str = "", offset: Offset = 0, limit: Limit = 50
) -> dict[str, Any]:
    """Return exhibits that are overdue, do not agree, or are where it says; or the one with a label."""
    actor = caller_where(request, "case")
    page = queries.list_exhibits(actor, show, offset, limit)
    if label:
        found = queries.find_by_label(actor, label[:64])
        rows = [queries.exhibit_row(actor, found)] if found else []
        return {"total": len(rows), "counts": page.counts, "items": [_row(row) for row in rows]}
    return {"total": page.counts[show], "counts": page.counts, "items": [_row(row) for row in page.rows]}


@router.post("/exhibits", response=ExhibitWholeAnswer, summary="Take an exhibit of a case in")
def take_in(request: HttpRequest, body: TakeInBody) -> dict[str, Any]:
    """Take an exhibit into custody, with a label of its own."""
    actor = caller_where(request, "case")
    made = services.take_in(actor, case_id=body.case, line=body.line, given=body.answers, at=body.at)
    return _whole(queries.view_exhibit(actor, made.id))


@router.get("/exhibits/{uuid:exhibit_id}", response=ExhibitWholeAnswer, summary="Read an exhibit with its acts")
def read_exhibit(request: HttpRequest, exhibit_id: UUID) -> dict[str, Any]:
    """Return an exhibit."""
    return _whole(queries.view_exhibit(caller_where(request, "case"), exhibit_id))


@router.post("/exhibits/{uuid:exhibit_id}/acts", response=ExhibitWholeAnswer, summary="Record an act upon an exhibit")
def record_act(request: HttpRequest, exhibit_id: UUID, body: ActBody) -> dict[str, Any]:
    """Weigh, move, hand over, sample, dispose of, or correct an act; a sample that was taken is returned itself."""
    actor = caller_where(request, "case")
    made = services.record_custody(
        actor, exhibit_id=exhibit_id, kind=body.kind, given=body.answers, at=body.at, corrects=body.corrects
    )
    return _whole(queries.view_exhibit(actor, made.id))


@router.get("/cases/{uuid:case_id}", response=CaseExhibitsAnswer, summary="List the exhibits of a case")
def exhibits_of_case(request: HttpRequest, case_id: UUID) -> dict[str, Any]:
    """Return the exhibits of a case with what does not agree with its lines."""
    actor = caller_where(request, "case")
    record, _document, _lines = queries.lines_of_case(actor, case_id)
    balance = queries.balance_of(actor, case_id)
    findings = [{"code": "custody.line_differs", "message": str(one)} for one in balance]
    return {"items": [_row(row) for row in queries.exhibits_of(actor, record)], "findings": findings}


@router.get("/cases/{uuid:case_id}/labels", summary="Print the labels of a case's exhibits as PDF")
def labels_of_case(
    request: HttpRequest, case_id: UUID, sheet: str = "", skip: Offset = 0, exhibit: UUID | None = None
) -> HttpResponse:
    """Return labels on a sheet or roll; `skip` leaves the places of a used sheet free."""
    name, pdf = print_labels(caller_where(request, "case"), case_id, sheet=sheet, skip=skip, exhibit_id=exhibit)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@router.get("/papers/{uuid:act_id}", summary="Read the scanned paper of an act")
def read_paper(request: HttpRequest, act_id: UUID) -> HttpResponse:
    """Return a scanned receipt; who read it stands in the log."""
    copy = services.open_receipt(caller_where(request, "case"), act_id=act_id)
    return HttpResponse(copy.content, content_type=copy.content_type, headers=SAFE_HEADERS)


@router.put("/clocks", response=dict[str, dict[str, str]], summary="Set the clocks and tolerances of goods")
def set_clocks(request: HttpRequest, body: ClocksBody) -> dict[str, Any]:
    """Set what holds for goods and all below them; return everything that is set."""
    services.set_clocks(caller_where(request, "case"), commodity=body.commodity, given=body.values)
    return dict(clocks.set_values())


def _row(row: ExhibitRow) -> dict[str, Any]:
    kept = {name: getattr(row, name) for name in ExhibitAnswer.model_fields if name not in ("case", "present")}
    return {**kept, "case": row.record_id, "present": format(row.present.normalize(), "f")}


def _whole(view: ExhibitView) -> dict[str, Any]:
    state = view.state
    amounts = {name: format(getattr(state, name).normalize(), "f") for name in ("came_in", "used", "disposed")}
    return {
        **_row(view.row),
        **amounts,
        "samples_taken": format(state.samples.normalize(), "f"),
        "explained": format(state.explained.normalize(), "f"),
        "parent": view.parent.id if view.parent else None,
        "samples": [sample.id for sample in view.samples],
        "dues": [{"name": due.name, "since": due.since, "until": due.until} for due in view.dues],
        "findings": [
            {"code": found.code, "message": str(text)}
            for found, text in zip(state.problems, view.problems, strict=True)
        ],
        "acts": [act_json(act) for act in view.acts],
    }
