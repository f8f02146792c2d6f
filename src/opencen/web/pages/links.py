"""Links of a record: the panel on its page, and the forms behind it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, NotFound
from opencen.kernel.text import whole_number
from opencen.records.links.graph.queries import suggested_links
from opencen.records.links.queries import PAGE, find_record, links_on_page
from opencen.records.links.roles import roles_of
from opencen.records.links.services import NewLink, judge_link, judge_suggestion, make_link
from opencen.records.links.wording import link_words, suggestion_words
from opencen.records.lock import visible_to
from opencen.records.texts import error_text
from opencen.records.types import address_of
from opencen.seizures.queries.subjects import named_in
from opencen.web.actors import actor_in

DETAILS = ("since", "until", "source", "note", "source_reliability", "information_credibility")
GRADINGS = {"source_reliability": "grading_source", "information_credibility": "grading_information"}


def links_panel(actor: Actor, record_id: UUID, page: int = 1) -> dict[str, Any]:
    """Return what `partials/record_links.html` shows of a record."""
    kind = _type_of(actor, record_id)
    links = links_on_page(actor, record_id, page)
    found = suggested_links(actor, record_id, was_read=True, heads=links.heads)
    words = [suggestion_words(suggestion, actor.language) for suggestion in found]
    for suggestion in words:
        is_first = suggestion["first"] == str(record_id)
        suggestion["other_title"] = suggestion["second_title" if is_first else "first_title"]
        suggestion["other"] = suggestion["second" if is_first else "first"]
    return {
        "record_id": record_id,
        "back": address_of(kind, record_id),
        "links": [link_words(link, actor.language) for link in links.views()],
        "total": links.total,
        "page": _pages(record_id, page, links.total) if links.total > PAGE else None,
        "naming": named_in(actor, record_id),
        "suggestions": [found for found in words if not found["verdict"]],
        "unsure": [found for found in words if found["verdict"]],
        "may_link": actor.may("link:make"),
        "roles": roles_of(kind, actor.language),
        "gradings": [
            (name, get_list(codelist).title(actor.language), _codes(codelist, actor.language))
            for name, codelist in GRADINGS.items()
        ],
    }


@require_safe
def panel(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Show the panel: alone where a page loads it, else as a page of its own."""
    actor = actor_in(request)
    context: dict[str, Any] = {
        "panel": links_panel(actor, record_id, whole_number(request.GET.get("page", ""), 1) or 1)
    }
    if request.headers.get("HX-Request"):
        return render(request, "partials/record_links.html", context)
    return render(request, "records/links.html", context | {"rail_active": ""})


def _pages(record_id: UUID, page: int, total: int) -> dict[str, Any]:
    """Return where in the links one is."""
    last = min(page * PAGE, total)
    address = f"/records/{record_id}/links?page="
    return {
        "first": min((page - 1) * PAGE + 1, total),
        "last": last,
        "total": total,
        "previous_url": f"{address}{page - 1}" if page > 1 else "",
        "next_url": f"{address}{page + 1}" if last < total else "",
    }


@require_POST
def add(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Link a record to another, named by its reference."""
    actor, form = actor_in(request), request.POST
    page = _page_of(actor, record_id)
    try:
        _make(actor, record_id, form)
    except (Invalid, NotFound) as error:
        context = {
            "panel": links_panel(actor, record_id),
            "rail_active": "",
            "form": form,
            "chosen": {form.get(name, "") for name in GRADINGS},
            "problem": error_text(error, actor.language),
            "wrong": error.path,
            "is_detailed": error.path in DETAILS or any(form.get(name) for name in DETAILS),
        }
        return render(request, "records/links.html", context, status=422)
    return HttpResponseRedirect(f"{page}#links")


def _make(actor: Actor, record_id: UUID, form: QueryDict) -> None:
    other = find_record(actor, form.get("other", ""))
    named = form.get("source", "").strip()
    source = find_record(actor, named, path="source") if named else None
    names = ("role", "since", "until", *GRADINGS, "note")
    said = NewLink(**{name: form.get(name, "").strip() for name in names}, source_id=source.id if source else None)
    make_link(actor, first_id=record_id, second_id=other.id, said=said)


@require_POST
def judge(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Decide on a link of a record or on a suggested one."""
    actor, form = actor_in(request), request.POST
    page = _page_of(actor, record_id)
    verdict = form.get("verdict", "")
    try:
        if form.get("link"):
            judge_link(actor, link_id=UUID(form["link"]), verdict=verdict)
        else:
            other = UUID(form.get("other", ""))
            judge_suggestion(actor, first_id=record_id, second_id=other, kind=form.get("kind", ""), verdict=verdict)
    except ValueError:
        raise NotFound("link.not_found") from None
    return HttpResponseRedirect(f"{page}#links")


def _page_of(actor: Actor, record_id: UUID) -> str:
    return address_of(_type_of(actor, record_id), record_id)


def _type_of(actor: Actor, record_id: UUID) -> str:
    found = visible_to(actor).filter(pk=record_id).values_list("type", flat=True).first()
    if found is None:
        raise NotFound("record.not_found")
    return found


def _codes(name: str, language: str) -> list[tuple[str, str]]:
    return [(code.code, code.label(language)) for code in get_list(name)]
