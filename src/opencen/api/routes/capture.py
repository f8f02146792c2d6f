"""What the entry application asks: forms, findings while typing, submissions, the drafts' key."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.views.decorators.gzip import gzip_page
from ninja import Router
from ninja.decorators import decorate_view

from opencen.accounts.queries import draft_key_of
from opencen.api.answers.entry import CheckAnswer, DraftKey, FormAnswer, KnownAnswer
from opencen.api.answers.records import ReceiptAnswer
from opencen.api.auth import SESSION_ONLY, caller, caller_where
from opencen.api.entry import check_entry
from opencen.api.shapes import SubmissionBody, receipt_json
from opencen.records.forms import form_of
from opencen.records.intake import submit
from opencen.seizures.queries import known

router = Router()


@router.get("/forms/{type}", response=FormAnswer, by_alias=True, summary="Read a form: schema, layout, defaults")
@decorate_view(gzip_page)
def read_form(request: HttpRequest, type: str) -> dict[str, Any]:
    """Return everything the renderer needs."""
    return form_of(caller(request), type)


@router.post("/check", response=CheckAnswer, summary="Say what would become of a submission; nothing is stored")
def check(request: HttpRequest, body: SubmissionBody, with_known: bool = True) -> dict[str, Any]:
    """Return findings, completeness, computed quantities and, unless asked apart, what is known already."""
    return check_entry(caller(request), body.as_submission(), with_known=with_known)


@router.post(
    "/known",
    response=KnownAnswer,
    summary="Say what is known already of an entry's parties, numbers, route and concealment",
)
def read_known(request: HttpRequest, body: SubmissionBody) -> dict[str, Any]:
    """Return counts and the newest three of the earlier cases that the caller may see."""
    return {"known": known(caller_where(request, body.type), body.document, body.id, body.type)}


@router.post("/submissions", response=ReceiptAnswer, summary="Hand in one record; repeating it is harmless")
def hand_in(request: HttpRequest, body: SubmissionBody) -> dict[str, Any]:
    """Take one submission through the one door in."""
    actor = caller(request)
    return receipt_json(submit(actor, body.as_submission()), actor.language)


@router.get(
    "/capture/key", response=DraftKey, auth=SESSION_ONLY, summary="Release the key of one's drafts on this device"
)
def read_key(request: HttpRequest) -> dict[str, str | int]:
    """Return the key under which drafts are encrypted; it exists only for who is signed in, and as long.

    With it come what a page kept on the device cannot know: whose it is, the session's end and its CSRF token.
    """
    actor = caller(request)
    key_id, key = draft_key_of(actor)
    return {
        "key_id": key_id,
        "key": key,
        "user": str(actor.id),
        "csrf": get_token(request),
        "seconds": request.session.get_expiry_age(),
    }
