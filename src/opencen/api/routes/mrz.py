"""Machine-readable zones of travel documents: read while typing, never stored."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from opencen.api.auth import caller
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.kernel.mrz import MrzProblem, read_mrz
from opencen.records.permissions import SUBMIT
from opencen.records.texts import error_text, text_of, translate

router = Router()


class MrzBody(Schema):
    """A zone as typed, pasted or scanned: spacing, case and line breaks do not matter."""

    text: str = Field(max_length=400)


class StateAnswer(Schema):
    """A state or body as the zone names it; `country` is ISO 3166-1 alpha-2 where it is a country."""

    code: str
    country: str
    status: str


class ZoneAnswer(Schema):
    """What the zone says; dates are partial dates."""

    format: str
    document_code: str
    kind: str
    issuer: StateAnswer
    number: str
    surname: str
    given_names: str
    names_cut_off: bool
    nationality: StateAnswer
    birth_date: str
    sex: str
    expires_on: str
    optional: str
    optional_2: str


class MrzProblemAnswer(Schema):
    """What is wrong: the field, the line and places (from 0), and in `data` what was found and what it would be."""

    code: str
    field: str
    line: int
    positions: list[int]
    data: dict[str, Any]
    message: str


class MrzSuggestionAnswer(Schema):
    """What the zone may have been; each change is line, place, what was read, what it would be."""

    reason: str
    field: str
    lines: list[str]
    changes: list[tuple[int, int, str, str]]
    would_be: str


class MrzAnswer(Schema):
    """A zone as read, with what is wrong in it."""

    format: str
    lines: list[str]
    valid: bool
    zone: ZoneAnswer
    problems: list[MrzProblemAnswer]
    suggestions: list[MrzSuggestionAnswer]


@router.post("", response=MrzAnswer, summary="Read the machine-readable zone of a passport, card or visa")
def read_zone(request: HttpRequest, body: MrzBody) -> dict[str, Any]:
    """Return what the zone says, which check digits fail, and what one misread letter would explain."""
    actor = caller(request)
    actor.require(SUBMIT)
    reading = read_mrz(body.text, today=now().date())
    would_be = reading.suggestions[0].would_be if reading.suggestions else ""
    return {
        "format": reading.format,
        "lines": reading.lines,
        "valid": reading.is_valid,
        "zone": asdict(reading.zone),
        "problems": [
            {**asdict(problem), "message": _say(problem, would_be, actor.language)} for problem in reading.problems
        ],
        "suggestions": [asdict(suggestion) for suggestion in reading.suggestions],
    }


def _say(problem: MrzProblem, would_be: str, language: str) -> str:
    """Say what is wrong in the reader's language: which field, and what it would be."""
    part = translate(text_of(f"mrz.part.{problem.field}").message, language)
    would = {"would_be": would_be or problem.data["expected"]} if would_be or "expected" in problem.data else {}
    return str(error_text(Invalid(problem.code, part=part, **would, found=problem.data["found"]), language))
