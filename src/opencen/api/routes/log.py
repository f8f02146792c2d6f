"""The log, for the auditor: whether it is sound, and who did what."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from opencen.accounts import auditing
from opencen.accounts.auditing import LogEntry, LogState
from opencen.api.answers.system import VerificationAnswer
from opencen.api.auth import caller
from opencen.api.pages import LARGEST_PAGE, plain

router = Router()


@router.get("", response=LogState, summary="Say where the log stands")
def read_state(request: HttpRequest) -> dict[str, Any]:
    """Return how far it is sealed, signed and anchored, and the unsealed window."""
    found: dict[str, Any] = plain(auditing.log_state(caller(request)))
    return found


@router.post("/verify", response=VerificationAnswer, summary="Verify the whole log")
def verify(request: HttpRequest) -> dict[str, Any]:
    """Recompute the chain and compare it with seals, signed heads and anchors; name the first altered entry."""
    found = auditing.verify(caller(request))
    result: dict[str, Any] = plain(found)
    return {"is_sound": found.is_sound, **result}


@router.get("/entries", response=list[LogEntry], summary="List the log's entries, the newest first")
def list_entries(
    request: HttpRequest,
    before: Annotated[int | None, Field(ge=1, le=2**62)] = None,
    subject: Annotated[str, Field(max_length=64)] = "",
    act: Annotated[str, Field(max_length=64)] = "",
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 100,
) -> list[dict[str, Any]]:
    """Return acts with who and when; ids, states and counts, never content."""
    found = auditing.list_entries(caller(request), before=before, subject=subject, act=act, limit=limit)
    return [plain(entry) for entry in found]
