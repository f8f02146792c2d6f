"""The legal follow-up of cases: proceedings, their deadlines and every act; the case itself is not touched."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from opencen.api.answers.acts import ActAnswer, ActBody, act_json
from opencen.api.auth import caller_where
from opencen.records.media import SAFE_HEADERS
from opencen.seizures.legal import queries, services
from opencen.seizures.legal.kinds import KINDS
from opencen.seizures.legal.queries import ProceedingRow, ProceedingView
from opencen.seizures.small_records.schema import schema_of

router = Router()
Offset = Annotated[int, Field(ge=0, le=1_000_000)]
Limit = Annotated[int, Field(ge=1, le=200)]
Show = Literal["overdue", "soon", "open", "closed"]


class ProceedingBody(Schema):
    """A proceeding about a person or company of a case (`item`), or about its goods; `answers` as for `opened`."""

    case: UUID
    item: str = Field("", max_length=64)
    answers: dict[str, Any]
    at: AwareDatetime | None = None


class ProceedingAnswer(Schema):
    """A proceeding: its stage, its outcome, what that means for the party, and what is due."""

    id: UUID
    case: UUID
    reference: str
    number: int
    item: str
    stage: str
    outcome: str
    standing: str
    due_on: date | None
    due_for: str
    is_overdue: bool


class ProceedingsAnswer(Schema):
    """A page of proceedings, with how many there are of each view."""

    total: int
    counts: dict[str, int]
    items: list[ProceedingAnswer]


class DeadlineAnswer(Schema):
    """One open deadline; `act` is what `met` names."""

    act: UUID
    name: str
    what: str
    until: date


class ProceedingWholeAnswer(ProceedingAnswer):
    """A proceeding with its open deadlines and every act."""

    party: str
    deadlines: list[DeadlineAnswer]
    acts: list[ActAnswer]


@router.get("/schema", response=dict[str, Any], summary="Describe the acts of a proceeding as JSON Schema")
def act_schema(request: HttpRequest) -> dict[str, Any]:
    """Return what each kind of act holds."""
    caller_where(request, "case")
    return schema_of("Acts of a proceeding", KINDS)


@router.get("/proceedings", response=ProceedingsAnswer, summary="List proceedings about the cases one may see")
def list_proceedings(
    request: HttpRequest, show: Show = "overdue", offset: Offset = 0, limit: Limit = 50
) -> dict[str, Any]:
    """Return proceedings whose deadline has passed, is near, or that go on or are closed."""
    page = queries.list_proceedings(caller_where(request, "case"), show, offset, limit)
    return {"total": page.counts[show], "counts": page.counts, "items": [_row(row) for row in page.rows]}


@router.post("/proceedings", response=ProceedingWholeAnswer, summary="Open a proceeding about a case")
def open_proceeding(request: HttpRequest, body: ProceedingBody) -> dict[str, Any]:
    """Open a proceeding."""
    actor = caller_where(request, "case")
    made = services.open_proceeding(actor, case_id=body.case, item=body.item, given=body.answers, at=body.at)
    return _whole(queries.view_proceeding(actor, made.id))


@router.get(
    "/proceedings/{uuid:proceeding_id}", response=ProceedingWholeAnswer, summary="Read a proceeding with its acts"
)
def read_proceeding(request: HttpRequest, proceeding_id: UUID) -> dict[str, Any]:
    """Return a proceeding."""
    return _whole(queries.view_proceeding(caller_where(request, "case"), proceeding_id))


@router.post(
    "/proceedings/{uuid:proceeding_id}/acts", response=ProceedingWholeAnswer, summary="Record an act of a proceeding"
)
def record_act(request: HttpRequest, proceeding_id: UUID, body: ActBody) -> dict[str, Any]:
    """Record a stage, deadline, hearing, decision, payment or appeal, or correct an act."""
    actor = caller_where(request, "case")
    services.record_legal(
        actor, proceeding_id=proceeding_id, kind=body.kind, given=body.answers, at=body.at, corrects=body.corrects
    )
    return _whole(queries.view_proceeding(actor, proceeding_id))


@router.get("/cases/{uuid:case_id}", response=list[ProceedingWholeAnswer], summary="List the proceedings of a case")
def proceedings_of_case(request: HttpRequest, case_id: UUID) -> list[dict[str, Any]]:
    """Return the proceedings about a case with every act."""
    return [_whole(view) for view in queries.case_legal(caller_where(request, "case"), case_id).proceedings]


@router.get("/papers/{uuid:act_id}", summary="Read the scanned paper of an act of a proceeding")
def read_paper(request: HttpRequest, act_id: UUID) -> HttpResponse:
    """Return a scanned paper; who read it stands in the log."""
    copy = services.open_legal_paper(caller_where(request, "case"), act_id=act_id)
    return HttpResponse(copy.content, content_type=copy.content_type, headers=SAFE_HEADERS)


def _row(row: ProceedingRow) -> dict[str, Any]:
    names = ("id", "reference", "number", "item", "standing", "due_on", "due_for", "is_overdue")
    kept = {name: getattr(row, name) for name in names}
    return {**kept, "case": row.record_id, "stage": row.stage_code, "outcome": row.outcome_code}


def _whole(view: ProceedingView) -> dict[str, Any]:
    return {
        **_row(view.row),
        "party": view.row.party,
        "deadlines": [
            {"act": due.act, "name": due.name, "what": due.what, "until": due.until} for due in view.state.dues
        ],
        "acts": [act_json(act) for act in view.acts],
    }
