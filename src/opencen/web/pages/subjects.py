"""The pages of persons, companies and means of transport: who or what it is, what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.text import whole_number
from opencen.records import erasing_whole, review
from opencen.records.links.queries import find_record
from opencen.records.queries import get_record
from opencen.records.texts import error_text
from opencen.records.types import address_of
from opencen.seizures.promoting import LISTS, promote_part
from opencen.seizures.queries.shapes import MediaView
from opencen.seizures.queries.subjects import cases_with_total, checks_of, compare_subject, subject_with_timeline
from opencen.seizures.queries.subjects.shapes import Checks, SubjectView
from opencen.web.actors import actor_in
from opencen.web.pages.case import entry_of
from opencen.web.pages.investigations.panels import record_investigations
from opencen.web.places import place_of
from opencen.web.templatetags.formatting import number, partial_date, percent

WIDTH, HEIGHT, TOP = 720, 96, 10


@require_safe
def subject_page(request: HttpRequest, kind: str, record_id: UUID) -> HttpResponse:
    """Show a person, company or means of transport."""
    actor = actor_in(request)
    actor.require(f"{kind}:read")
    record, view, entries = subject_with_timeline(actor, kind, record_id)
    cases, total = cases_with_total(actor, kind, record_id)
    checks = checks_of(actor, kind, view.document, cases, total)
    context = {
        "rail_active": place_of(kind).rail,
        "kind": kind,
        "place": place_of(kind),
        "list_url": address_of(kind),
        "url": address_of(kind, record_id),
        "record": record,
        "view": view,
        "head": view.head,
        "cases": cases,
        "cases_total": total,
        "tiles": tiles_of(checks) if checks else [],
        "chart": chart_of(checks) if checks else None,
        "photos": photos_of(view.media),
        "timeline": [entry_of(entry) for entry in entries],
        "investigations": record_investigations(actor, record_id),
        "tabs": tabs_of(view, total, len(entries)),
        "may": permissions_of(actor, view, is_author=record.author_id == actor.id),
    }
    return render(request, "subjects/subject.html", context)


@require_safe
def compare_page(request: HttpRequest, kind: str, record_id: UUID) -> HttpResponse:
    """Show what differs between any two revisions."""
    actor = actor_in(request)
    actor.require(f"{kind}:read")
    numbers = [whole_number(request.GET.get(name, ""), -1) for name in ("before", "after")]
    if min(numbers) < 0:
        raise Invalid("revision.unknown", path="before")
    found = compare_subject(actor, kind, record_id, numbers[0], numbers[1])
    context = {
        "rail_active": place_of(kind).rail,
        "place": place_of(kind),
        "list_url": address_of(kind),
        "url": address_of(kind, record_id),
        "head": found.head,
        "found": found,
    }
    return render(request, "subjects/compare.html", context)


@require_POST
def act(request: HttpRequest, kind: str, record_id: UUID, name: str) -> HttpResponse:
    """Validate, return, cancel or erase."""
    actor, form = actor_in(request), request.POST
    if name in ("validate", "return"):
        revision = whole_number(form.get("revision", ""), -1)
        if revision < 0:
            raise Invalid("revision.unknown", path="revision")
        _review(actor, name, record_id, revision, form.get("reason", ""))
    elif name == "cancel":
        review.cancel_record(actor, record_id=record_id, reason=form.get("reason", ""))
    elif name == "erase":
        erasing_whole.erase_record(actor, record_id=record_id, basis=form.get("basis", ""))
    else:
        raise NotFound("record.not_found")
    return HttpResponseRedirect(address_of(kind, record_id))


def _review(actor: Actor, name: str, record_id: UUID, revision: int, reason: str) -> None:
    if name == "validate":
        review.validate_record(actor, record_id=record_id, revision=revision)
    else:
        review.return_record(actor, record_id=record_id, revision=revision, reasons={"": reason})


@require_POST
def promote(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make a record of a person, company or means of transport of a case, or link the one named."""
    actor, form = actor_in(request), request.POST
    actor.require("case:record")
    reference, item = form.get("reference", "").strip(), form.get("item", "")
    try:
        record_id = find_record(actor, reference, path="reference").id if reference else None
        promote_part(actor, case_id=case_id, item=item, record_id=record_id)
    except (Invalid, Conflict) as error:
        kind = form.get("kind", "") if form.get("kind", "") in LISTS else ""
        problem = error_text(error, actor.language)
        context = {
            "rail_active": "seizures",
            "head": get_record(actor, "case", case_id),
            "item": item,
            "kind": kind,
            "form": form,
        }
        return render(request, "subjects/promote_again.html", context | {"problem": problem}, status=422)
    return HttpResponseRedirect(f"/cases/{case_id}#people")


def permissions_of(actor: Actor, view: SubjectView, *, is_author: bool) -> dict[str, bool]:
    """Return which acts the page offers; nobody reviews what he recorded himself."""
    head = view.head
    is_open = head.is_own and head.state != "cancelled"
    return {
        "amend": is_open and actor.may(f"{head.type}:record"),
        "review": is_open and not is_author and head.state in review.REVIEWABLE and actor.may(f"{head.type}:validate"),
        "cancel": is_open and actor.may(f"{head.type}:cancel"),
        "erase": head.is_own and actor.may(f"{head.type}:erase"),
        "watch": actor.may("watch:read"),
    }


def tiles_of(checks: Checks) -> list[dict[str, Any]]:
    """Return the numbers of finds and clean checks, the rate with its interval."""
    since = _("since %(when)s") % {"when": partial_date(checks.since)} if checks.since else ""
    share = percent(checks.clean / checks.checks, 1) if checks.checks else ""
    tiles = [
        {"label": _("Checked"), "value": number(checks.checks), "note": since},
        {
            "label": _("Nothing found"),
            "value": number(checks.clean),
            "note": _of_checks(share),
        },
        {"label": _("Cases"), "value": number(checks.cases), "note": ""},
    ]
    if checks.declarations:
        tiles.insert(0, {"label": _("Declarations"), "value": number(checks.declarations), "note": since})
    if checks.rate is not None:
        low, high = percent(checks.low, 1), percent(checks.high, 1)
        note = _("between %(low)s and %(high)s") % {"low": low, "high": high}
        tiles.append({"label": _("Found per check"), "value": percent(checks.rate, 1), "note": note})
    return tiles


def _of_checks(share: str) -> str:
    return _("%(share)s of checks") % {"share": share} if share else ""


def chart_of(checks: Checks) -> dict[str, Any] | None:
    """Return the months as bars of clean checks, with a mark where a case was found."""
    if not checks.months:
        return None
    most = max(1, *(clean for _month, clean, _cases in checks.months))
    step = WIDTH / len(checks.months)
    bars, marks, ticks = [], [], []
    for place, (month, clean, found) in enumerate(checks.months):
        height = round(clean / most * (HEIGHT - TOP), 1)
        left = round(place * step, 1)
        if clean:
            label = ngettext("%(n)d clean check", "%(n)d clean checks", clean) % {"n": clean}
            bars.append({"x": left + 2, "y": round(HEIGHT - height, 1), "w": round(max(2.0, step - 4), 1), "h": height,
                         "label": f"{partial_date(month)}: {label}"})  # fmt: skip
        if found:
            label = ngettext("%(n)d case", "%(n)d cases", found) % {"n": found}
            marks.append({"x": round(left + step / 2, 1), "label": f"{partial_date(month)}: {label}"})
        if place % max(1, len(checks.months) // 6) == 0:
            ticks.append({"x": left + 2, "label": partial_date(month)})
    return {"bars": bars, "marks": marks, "ticks": ticks, "most": most, "width": WIDTH, "height": HEIGHT}


def photos_of(media: Iterable[MediaView]) -> list[dict[str, Any]]:
    """Return the photos as tiles."""
    return [
        {
            "thumb_url": f"/media/{m.sha256}/thumb" if m.has_preview and not m.is_missing else "",
            "full_url": f"/media/{m.sha256}/display" if m.has_preview and not m.is_missing else "",
            "url": f"/media/{m.sha256}/display",
            "alt": m.caption or m.kind_label or _("Photo"),
            "caption": m.caption or m.kind_label,
            "leaves": m.is_releasable,
        }
        for m in media
    ]


def tabs_of(view: SubjectView, cases: int, entries: int) -> list[dict[str, Any]]:
    """Return the anchors of the page, each with its count."""
    found = [
        ("summary", _("Summary"), 0),
        ("cases", _("Cases"), cases),
        ("suspicions", _("Suspicions"), len(view.entries)),
        ("sightings", _("Sightings"), len(view.sightings)),
        ("photos", _("Photos"), len(view.media)),
        ("timeline", _("Timeline"), entries),
    ]
    return [
        {"href": f"#{key}", "label": label, "count": count} for key, label, count in found if count or key == "summary"
    ]
