"""Review: queue and record side by side; a second person validates, or returns with a reason at each field."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opencen.kernel.errors import Invalid, OpenCenError
from opencen.kernel.text import whole_number
from opencen.records.review import return_record, validate_record
from opencen.records.texts import error_text, text_of
from opencen.seizures.queries import QueueFilters, ReviewDetail, require_reviewer, review_detail, review_queue
from opencen.seizures.queries.shapes import CaseView
from opencen.web.actors import actor_in
from opencen.web.pages.case import photos_of
from opencen.web.pages.subjects import photos_of as subject_photos


@require_safe
def review_page(request: HttpRequest) -> HttpResponse:
    """Show what waits, and the chosen or first case of it."""
    return _show(request)


def _show(
    request: HttpRequest,
    *,
    case_id: UUID | None = None,
    problem: str = "",
    reasons: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_in(request)
    require_reviewer(actor)
    query = request.GET
    filters = QueueFilters(
        with_warnings="warnings" in query,
        resubmitted="resubmitted" in query,
        batch=query.get("batch", ""),
        order="quality" if query.get("order") == "quality" else "oldest",
        page=whole_number(query.get("page", ""), 1),
    )
    queue = review_queue(actor, filters)
    chosen = case_id or _uuid(query.get("case", "")) or next((row.id for row in queue.rows if not row.is_mine), None)
    chosen = chosen or next((row.id for row in queue.rows), None)
    since: Any = query.get("since") if query.get("since") in ("return", "first", "validation") else "return"
    detail = review_detail(actor, chosen, since) if chosen else None
    context: dict[str, Any] = {
        "rail_active": "review",
        "queue": queue,
        "filters": filters,
        "detail": detail,
        "chosen": chosen,
        "problem": problem,
        "reasons": reasons or {},
        "why_not": str(text_of(detail.why_not).message) if detail and detail.why_not else "",
        "photos": _photos(detail),
        "often": (_("Unit or size?"), _("Photo of the count, please"), _("Paper contradicts")),
        "query": query.urlencode(),
    }
    return render(request, "seizures/review.html", context, status=status)


def _photos(detail: ReviewDetail | None) -> list[dict[str, Any]]:
    if detail is None:
        return []
    return photos_of(detail.case) if isinstance(detail.case, CaseView) else subject_photos(detail.case.media)


@require_POST
def decide(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Validate or return the revision that was looked at, then go on to the next case."""
    actor, form = actor_in(request), request.POST
    try:
        revision = whole_number(form.get("revision", ""), 0)
        if form.get("act") == "validate":
            validate_record(actor, record_id=case_id, revision=revision)
        elif form.get("act") == "return":
            return_record(actor, record_id=case_id, revision=revision, reasons=_reasons(request))
        else:
            raise Invalid("request.invalid", path="act")
    except OpenCenError as error:
        text = error_text(error, actor.language)
        return _show(request, case_id=case_id, problem=text, reasons=_reasons(request), status=error.status)
    following = form.get("next", "")
    return HttpResponseRedirect(f"/review?case={following}" if _uuid(following) else "/review")


@require_POST
def validate_sample(request: HttpRequest) -> HttpResponse:
    """Validate every chosen case of a backlog whose sample was looked at."""
    actor = actor_in(request)
    require_reviewer(actor)
    batch = request.POST.get("batch", "")
    done = 0
    for key in request.POST.getlist("cases")[:500]:
        record_id, _sep, revision = key.partition(":")
        found = _uuid(record_id)
        if found and whole_number(revision, 0):
            validate_record(actor, record_id=found, revision=whole_number(revision, 0), sample_of=batch[:40])
            done += 1
    return HttpResponseRedirect(f"/review?validated={done}")


def _reasons(request: HttpRequest) -> dict[str, str]:
    paths, texts = request.POST.getlist("path"), request.POST.getlist("reason")
    return {path: text for path, text in zip(paths, texts, strict=False) if text.strip()}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
