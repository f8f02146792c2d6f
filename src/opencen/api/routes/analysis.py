"""Figures: the same numbers as the pages show, over what one may see."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.http.request import QueryDict
from django.utils.http import content_disposition_header
from ninja import Router
from pydantic import Field

from opencen.analysis.answers import Answer
from opencen.analysis.measures.selection import write_month
from opencen.analysis.queries import ask, find_question, list_questions, selection_from
from opencen.analysis.services import export_figure
from opencen.api.answers.system import FigureAnswer, FigureNumbers
from opencen.api.auth import caller
from opencen.records.types import domain

router = Router()


@router.get("", response=list[FigureAnswer], summary="List the figures there are")
def list_figures(request: HttpRequest) -> list[dict[str, Any]]:
    """Return each figure with how it counts and which parameters it takes."""
    _open(request)
    return [
        {
            "name": question.name,
            "title": str(question.title),
            "counts": (type(question).__doc__ or "").strip(),
            "base": question.base,
            "parameters": list(question.parameters),
        }
        for question in list_questions()
    ]


@router.get("/{figure}", response=FigureNumbers, summary="Read a figure")
def read_figure(request: HttpRequest, figure: str) -> dict[str, Any]:
    """Return columns and rows, with codes as members.

    Parameters: `from`, `to` (months, 2026-06), `time`, `state`, `office`, and any dimension, such as
    `section=drugs`; what the figure itself takes stands in the list of figures.
    """
    _open(request)
    given = _given(request.GET)
    answer = ask(caller(request), find_question(figure).name, selection_from(given), _first(given))
    return _answer_json(answer)


@router.get("/{figure}/file", summary="Take a figure away as a file")
def export(request: HttpRequest, figure: str, format: Annotated[str, Field(max_length=8)] = "csv") -> HttpResponse:
    """Write the numbers of a figure to CSV or a workbook; it is an entry of the log."""
    _open(request)
    given = _given(request.GET)
    file = export_figure(
        caller(request),
        name=find_question(figure).name,
        selection=selection_from(given),
        format=format,
        parameters=_first(given),
    )
    disposition = content_disposition_header(True, file.name) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file.content, content_type=file.content_type, headers=headers)


def _open(request: HttpRequest) -> None:
    """Figures are counted over cases: without that database there are none."""
    domain("case")
    caller(request).require("analysis:read")


def _given(query: QueryDict) -> dict[str, list[str]]:
    return {name: [value[:200] for value in query.getlist(name)[:100]] for name in list(query)[:60]}


def _first(given: dict[str, list[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in given.items() if values}


def _answer_json(answer: Answer) -> dict[str, Any]:
    kinds = [column.kind for column in answer.columns]
    return {
        "figure": answer.question,
        "base": answer.base,
        "as_of": answer.as_of,
        "columns": [
            {"name": c.name, "label": str(c.label), "kind": c.kind, "codelist": c.codelist} for c in answer.columns
        ],
        "rows": [[_cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in answer.rows],
        "totals": {name: _cell(value, "") for name, value in answer.totals.items()},
        "notes": [{"code": note.code, "data": dict(note.data)} for note in answer.notes],
    }


def _cell(value: Any, kind: str) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if kind == "month":
        return write_month(value)
    return [_cell(part, kind) for part in value] if isinstance(value, tuple) else str(value)
