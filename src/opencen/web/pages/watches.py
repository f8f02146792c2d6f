"""Watch entries: the list, one entry with its hits, the form for a new one, the panel on the watched record's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Forbidden, Invalid, NotFound, OpenCenError
from opencen.kernel.text import whole_number
from opencen.printing.watch_list import print_watches
from opencen.records.links.queries import find_record
from opencen.records.lock import visible_to
from opencen.records.texts import error_text
from opencen.records.titles import record_title
from opencen.records.types import address_of
from opencen.records.watches import queries, services
from opencen.records.watches.permissions import READ_WATCHES, REPORT_HITS, SET_WATCHES
from opencen.records.watches.queries import FILTERS, PAGE, WatchView
from opencen.records.watches.services import NewHit, NewWatch
from opencen.web.actors import actor_in
from opencen.web.acts import read_moment

FILTER_LABELS = {
    "in_force": _("In force"),
    "ending": _("Ending soon"),
    "planned": _("Not begun"),
    "ended": _("Ended"),
    "all": _("All"),
}
STATUS_LABELS = {"active": _("In force"), "ending": _("Ending soon"), "planned": _("Not begun"), "ended": _("Ended")}
STATUS_TONES = {"active": "ok", "ending": "warning", "planned": "info", "ended": "plain"}
ORDER = ("reference", "action", "starts", "ends", "authority")
FIELDS = {"ends_at": "ends", **{name: name for name in ORDER}}
"""Where on the form an error stands that names a field; all others stand at whom is watched."""
CAUSES = {"": _("Its time was over"), "cleared": _("The person or business was cleared")}


@require_safe
def watches_page(request: HttpRequest) -> HttpResponse:
    """List watch entries: those in force first, filtered by where they stand and what is wanted."""
    actor = _reader(request)
    name = request.GET.get("show", "in_force")
    name = name if name in FILTERS else "in_force"
    action = request.GET.get("action", "")
    text = request.GET.get("page", "1")
    number = whole_number(text, 1)
    action = action if action in get_list("watch_action") else ""
    offset = (max(1, number) - 1) * PAGE
    rows, total = queries.list_watches(actor, name=name, action=action, offset=offset)
    counts = queries.count_by_filter(actor)
    context = {
        "rail_active": "watches",
        "show": name,
        "filters": [(key, label, counts[key]) for key, label in FILTER_LABELS.items()],
        "action": action,
        "actions": _codes("watch_action", actor),
        "rows": [watch_row(view, actor.language) for view in rows],
        "number": max(1, number),
        "has_more": total > max(1, number) * PAGE,
        "reviews": queries.reviews_for(actor),
        "may_set": actor.may(SET_WATCHES),
    }
    return render(request, "watches/list.html", context)


@require_safe
def print_page(request: HttpRequest) -> HttpResponse:
    """Hand out the entries in force as a PDF for a post."""
    actor = _reader(request)
    action = request.GET.get("action", "")
    action = action if action in get_list("watch_action") else ""
    name, content = print_watches(actor, action=action, language=request.GET.get("language", ""))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """Show the form of a new watch entry; posted, set it."""
    actor = _reader(request)
    actor.require(SET_WATCHES)
    form = request.POST if request.method == "POST" else request.GET
    problems: list[OpenCenError] = []
    if request.method == "POST":
        record_id, watch, problems = _stated(form, actor)
        try:
            if record_id and not problems:
                row = services.set_watch(actor, record_id=record_id, watch=watch)
                return HttpResponseRedirect(f"/watches/{row.id}")
        except Forbidden:
            raise
        except OpenCenError as error:
            problems = [error]
    context = {
        "rail_active": "watches",
        "form": form,
        "subject": _subject(actor, form.get("record", "")),
        "wrong": _at_fields(problems, actor),
        "actions": _codes("watch_action", actor),
        "today": _today(actor),
    }
    return render(request, "watches/new.html", context, status=422 if problems else 200)


@require_safe
def watch_page(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    """Show one entry with its hits and what can be done with it."""
    actor = _reader(request)
    return _show(request, actor, watch_id)


def _show(request: HttpRequest, actor: Actor, watch_id: UUID, problem: str = "") -> HttpResponse:
    view = queries.read_watch(actor, watch_id)
    is_ended = view.status == "ended"
    context = {
        "rail_active": "watches",
        "watch": view,
        "row": watch_row(view, actor.language),
        "hits": hit_rows(view, actor.language),
        "outcomes": _codes("watch_outcome", actor),
        "may_set": actor.may(SET_WATCHES) and not is_ended,
        "may_set_anew": actor.may(SET_WATCHES) and is_ended and view.end_cause != services.CLEARED,
        "may_hit": actor.may(REPORT_HITS) and view.status != "planned" and view.end_cause != "cleared",
        "today": _today(actor),
        "at": f"{now().astimezone(ZoneInfo(actor.time_zone)):%Y-%m-%dT%H:%M}",
        "form": request.POST,
        "problem": problem,
    }
    return render(request, "watches/watch.html", context, status=422 if problem else 200)


@require_POST
def act(request: HttpRequest, watch_id: UUID, name: str) -> HttpResponse:
    """Renew or end an entry, or report a hit on it."""
    actor, form = _reader(request), request.POST
    acts: dict[str, Callable[[], object]] = {
        "renew": lambda: services.renew_watch(actor, watch_id=watch_id, ends_at=_end_of(form.get("ends", ""), actor)),
        "end": lambda: services.end_watch(actor, watch_id=watch_id, cause=form.get("cause", "")),
        "hit": lambda: services.report_hit(actor, watch_id=watch_id, hit=_hit(request, actor)),
    }
    if name not in acts:
        raise NotFound("type.unknown", type="watch")
    try:
        acts[name]()
    except (Forbidden, NotFound) as error:
        if error.path != "case":
            raise
        return _show(request, actor, watch_id, error_text(error, actor.language))
    except OpenCenError as error:
        return _show(request, actor, watch_id, error_text(error, actor.language))
    return HttpResponseRedirect(f"/watches/{watch_id}")


@require_POST
def settle(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Settle a review after a clearing; one that is to be erased leads to the record."""
    actor, form = actor_in(request), request.POST
    if not queries.is_there():
        raise NotFound("type.unknown", type="watch")
    decision = form.get("decision", "")
    review = services.settle_review(actor, review_id=review_id, decision=decision, note=form.get("note", ""))
    to = address_of(review.record.type, review.record_id) if decision == "erase" else "/watches"
    return HttpResponseRedirect(to)


@require_safe
def panel(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Show the panel of a record: alone where a page loads it, else as a page of its own."""
    actor = _reader(request)
    record = visible_to(actor).filter(pk=record_id).first()
    if record is None or record.type not in queries.WATCHED:
        raise NotFound("record.not_found")
    found = {
        "record_id": record_id,
        "rows": [watch_row(view, actor.language) for view in queries.watches_of(actor, record_id)],
        "may_set": actor.may(SET_WATCHES) and record.kind != services.CLEARED,
    }
    is_part = bool(request.headers.get("HX-Request"))
    context = {
        "panel": found,
        "rail_active": "watches",
        "title": record_title(record, actor.language),
        "back": address_of(record.type, record_id),
    }
    return render(request, "partials/record_watches.html" if is_part else "watches/of_record.html", context)


def watch_row(view: WatchView, language: str) -> dict[str, Any]:
    """Return an entry with its words."""
    return {
        "watch": view,
        "action": get_list("watch_action").label(view.action, language),
        "status": STATUS_LABELS[view.status],
        "tone": STATUS_TONES[view.status],
        "cause": CAUSES.get(view.end_cause, view.end_cause),
    }


def hit_rows(view: WatchView, language: str) -> list[dict[str, Any]]:
    """Return the hits of an entry with their words."""
    outcomes = get_list("watch_outcome")
    return [{"hit": hit, "outcome": outcomes.label(hit.outcome, language)} for hit in view.found]


def _reader(request: HttpRequest) -> Actor:
    actor = actor_in(request)
    if not queries.is_there():
        raise NotFound("type.unknown", type="watch")
    actor.require(READ_WATCHES)
    return actor


def _codes(name: str, actor: Actor) -> list[tuple[str, str]]:
    return [(code.code, code.label(actor.language)) for code in get_list(name)]


def _today(actor: Actor) -> str:
    return now().astimezone(ZoneInfo(actor.time_zone)).date().isoformat()


def _subject(actor: Actor, text: str) -> dict[str, str] | None:
    try:
        record = visible_to(actor).filter(pk=UUID(text)).first()
    except ValueError:
        return None
    if record is None:
        return None
    url = address_of(record.type, record.id)
    title = record_title(record, actor.language)
    return {"id": str(record.id), "title": title, "reference": record.reference or "", "url": url}


def _record_of(actor: Actor, text: str, reference: str) -> UUID:
    """Return the record that a form names, by its id or its reference."""
    if reference.strip():
        return find_record(actor, reference.strip(), path="reference").id
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("watch.subject_missing", path="reference") from None


def _at_fields(problems: list[OpenCenError], actor: Actor) -> dict[str, str]:
    """Return what is wrong by the field it stands at, in the order of the form; the first takes the focus."""
    said = {FIELDS.get(found.path, "reference"): error_text(found, actor.language) for found in reversed(problems)}
    return {name: str(said[name]) for name in ORDER if name in said}


def _stated(form: QueryDict, actor: Actor) -> tuple[UUID | None, NewWatch, list[OpenCenError]]:
    """Read the form as far as it can be read, with all that stands against it."""
    problems: list[OpenCenError] = []
    read: dict[str, Any] = {}
    starts = form.get("starts", "").strip()
    readers: dict[str, Callable[[], object]] = {
        "record": lambda: _record_of(actor, form.get("record", ""), form.get("reference", "")),
        "starts_at": lambda: _start_of(starts, actor) if starts and starts != _today(actor) else None,
        "ends_at": lambda: _end_of(form.get("ends", ""), actor),
    }
    for name, reader in readers.items():
        try:
            read[name] = reader()
        except OpenCenError as error:
            problems.append(error)
    watch = NewWatch(
        action=form.get("action", ""),
        ends_at=read.get("ends_at") or max(read.get("starts_at") or now(), now()) + timedelta(days=1),
        starts_at=read.get("starts_at"),
        authority=form.get("authority", ""),
        order_number=form.get("order_number", ""),
        places=form.get("places", ""),
        instructions=form.get("instructions", ""),
        contact=form.get("contact", ""),
    )
    return read.get("record"), watch, [*problems, *services.problems_of(watch)]


def _hit(request: HttpRequest, actor: Actor) -> NewHit:
    form = request.POST
    reference = form.get("case", "").strip()
    try:
        case_id = find_record(actor, reference).id if reference else None
    except NotFound:
        raise NotFound("record.not_found", path="case") from None
    at = read_moment(request, actor) or now()
    return NewHit(form.get("outcome", ""), at, form.get("place", ""), form.get("note", ""), case_id)


def _day(text: str, path: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid("date.invalid" if text.strip() else "watch.end_missing", path=path, value=text[:40]) from None


def _start_of(text: str, actor: Actor) -> datetime:
    return datetime.combine(_day(text, "starts"), time.min, ZoneInfo(actor.time_zone))


def _end_of(text: str, actor: Actor) -> datetime:
    """Read a day as its last minute where the actor is: an entry lasts through the day that is named."""
    return datetime.combine(_day(text, "ends"), time(23, 59), ZoneInfo(actor.time_zone))
