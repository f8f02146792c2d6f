"""The page of one case: what happened, in the order of a report; beside it what the system and others do with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.kernel.text import whole_number
from opencen.printing.case_forms import print_case
from opencen.records import erasure, holds, review
from opencen.records.types import domain_names
from opencen.release.queries import release_status
from opencen.seizures.custody.events import TAKEN_IN
from opencen.seizures.custody.queries import unnamed_papers as custody_papers
from opencen.seizures.gallery.queries import is_picture
from opencen.seizures.legal.events import OPENED as LEGAL_OPENED
from opencen.seizures.legal.queries import unnamed_papers as legal_papers
from opencen.seizures.queries import case_with_timeline, compare
from opencen.seizures.queries.shapes import CaseView, LegView, TimelineEntry
from opencen.web.actors import actor_in
from opencen.web.pages import legal
from opencen.web.pages.custody import case_panel
from opencen.web.pages.investigations.panels import record_investigations
from opencen.web.templatetags.formatting import moment, partial_date

PROMOTED = ("suspect", "company", "conveyance")
BY = {"vessel": "sea", "air": "air", "mail": "mail", "express_courier": "mail"}
ACT_ICONS = {
    "revision": ("edit", ""),
    "record.validated": ("check", "ok"),
    "record.returned": ("arrow-back-up", "warning"),
    "record.released": ("send", "info"),
    "record.cancelled": ("x", "warning"),
    "record.erased": ("trash", "warning"),
    "hold.set": ("lock", "warning"),
    "hold.ended": ("lock", ""),
}


@require_safe
def case_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a case."""
    actor = actor_in(request)
    view, entries = case_with_timeline(actor, case_id)
    acts = {entry.act for entry in entries}
    followed = legal.case_panel(actor, view, is_known=LEGAL_OPENED.name in acts)
    view = legal.as_decided(view, followed)
    may = permissions_of(actor, view)
    context = {
        "rail_active": "seizures",
        "case": view,
        "head": view.head,
        "hold": next((hold for hold in view.holds if hold.is_active), None),
        "route": route_map(view),
        "photos": photos_of(view),
        "timeline": [entry_of(entry) for entry in entries],
        "people": len(view.parties) + len(view.linked_people),
        "conveyances": len(view.conveyances) + len(view.linked_conveyances),
        "tabs": tabs_of(view, entries),
        "releases": release_status(actor, case_id, revision=view.head.revision),
        "may": may,
        "promotable": [kind for kind in PROMOTED if kind in domain_names() and actor.may(f"{kind}:record")],
        "investigations": record_investigations(actor, view.head.id),
        "legal": followed,
        "custody": case_panel(actor, view.head.id, view.head.reference, is_known=TAKEN_IN.name in acts),
        "papers": papers_to_look_at(actor, view, acts) if may["erase"] and view.parties else [],
        "hold_kinds": ("clean", "substituted", "other"),
        "official_forms": (("report", _("Seizure report")), ("inventory", _("Inventory of goods"))),
    }
    return render(request, "seizures/case.html", context)


@require_safe
def print_form(request: HttpRequest, case_id: UUID, form: str) -> HttpResponse:
    """Set an official form of a case as a PDF, in the language asked for."""
    name, content = print_case(actor_in(request), case_id, form=form, language=request.GET.get("language", ""))
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_safe
def compare_page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show what differs between any two revisions."""
    numbers = [whole_number(request.GET.get(name, ""), -1) for name in ("before", "after")]
    if min(numbers) < 0:
        raise Invalid("revision.unknown", path="before")
    found = compare(actor_in(request), case_id, numbers[0], numbers[1])
    return render(request, "seizures/compare.html", {"rail_active": "seizures", "head": found.head, "found": found})


@require_POST
def set_hold(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Hold a case back."""
    form = request.POST
    try:
        until = datetime.fromisoformat(form.get("until", "")).astimezone()
    except ValueError:
        raise Invalid("date.invalid", path="until", value=form.get("until", "")) from None
    holds.set_hold(
        actor_in(request),
        record_id=case_id,
        kind=form.get("kind", ""),
        authority=form.get("authority", ""),
        reason=form.get("reason", ""),
        order_number=form.get("order_number", ""),
        until=until,
    )
    return HttpResponseRedirect(f"/cases/{case_id}")


@require_POST
def end_hold(request: HttpRequest, case_id: UUID, hold_id: UUID) -> HttpResponse:
    """End a hold."""
    holds.end_hold(actor_in(request), record_id=case_id, hold_id=hold_id)
    return HttpResponseRedirect(f"/cases/{case_id}")


@require_POST
def cancel(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Cancel a case."""
    review.cancel_record(actor_in(request), record_id=case_id, reason=request.POST.get("reason", ""))
    return HttpResponseRedirect(f"/cases/{case_id}")


@require_POST
def erase(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Erase persons or companies of a case for good."""
    form = request.POST
    erasure.erase_persons(
        actor_in(request), record_id=case_id, item_ids=form.getlist("items"), basis=form.get("basis", "")
    )
    return HttpResponseRedirect(f"/cases/{case_id}")


def permissions_of(actor: Actor, view: CaseView) -> dict[str, bool]:
    """Return which acts the page offers."""
    head = view.head
    is_open = head.is_own and head.state != "cancelled"
    return {
        "repeat": actor.may("case:record"),
        "amend": is_open and actor.may("case:record"),
        "review": is_open and head.state in review.REVIEWABLE and actor.may("case:validate"),
        "release": is_open and actor.may("case:release"),
        "hold": is_open and actor.may("case:hold"),
        "cancel": is_open and actor.may("case:cancel"),
        "erase": head.is_own and actor.may("case:erase"),
    }


def papers_to_look_at(actor: Actor, view: CaseView, acts: set[str]) -> list[dict[str, Any]]:
    """Return the papers that hang on the case and name nobody: who erases a person looks at them."""
    named = {item["id"] for item in view.document.get("media", ()) if item.get("persons")}
    found: list[dict[str, Any]] = [
        {"url": f"/media/{media.sha256}/display", "label": media.caption or media.kind_label, "number": "", "at": None}
        for media in view.media
        if media.id not in named and not is_picture({"kind": media.kind}) and not media.is_missing
    ]
    registers = (
        (custody_papers, TAKEN_IN.name, "/custody/receipts"),
        (legal_papers, LEGAL_OPENED.name, "/legal/papers"),
    )
    for papers_of, begun, place in registers:
        found += [
            {"url": f"{place}/{paper.act}", "label": paper.label, "number": paper.number, "at": paper.at}
            for paper in (papers_of(actor, view.head.id) if begun in acts else ())
        ]
    return found


def route_map(view: CaseView) -> dict[str, Any] | None:
    """Return the route as the map draws it: legs along the way goods went; a country's middle is no place."""
    shown = [leg for leg in view.route if leg.position is not None]
    if not shown:
        return None
    places = [_place(leg, is_last=leg is shown[-1] and leg.role == "destination") for leg in shown]
    modes = {
        leg["id"]: BY.get(leg.get("mode", ""), "land" if leg.get("mode") else "") for leg in view.document["route"]
    }
    legs = [{"from": n, "to": n + 1, "by": modes.get(leg.id, "")} for n, leg in enumerate(shown[:-1])]
    return {"kind": "route", "title": view.head.title, "places": places, "legs": legs}


def _place(leg: LegView, *, is_last: bool) -> dict[str, Any]:
    assert leg.position is not None
    return {
        "name": leg.name,
        "note": leg.role_label,
        "lat": leg.position.latitude,
        "lon": leg.position.longitude,
        "role": "found" if is_last else leg.role if leg.role in ("departure", "transit", "destination") else "transit",
        "country": leg.country,
    }


def photos_of(view: CaseView) -> list[dict[str, Any]]:
    """Return the photos as tiles."""
    return [
        {
            "thumb_url": f"/media/{m.sha256}/thumb" if m.has_preview and not m.is_missing else "",
            "full_url": f"/media/{m.sha256}/display" if m.has_preview and not m.is_missing else "",
            "url": f"/cases/{view.head.id}/photos/{m.id}"
            if is_picture({"kind": m.kind})
            else f"/media/{m.sha256}/display",
            "alt": m.caption or m.kind_label,
            "caption": m.caption or m.kind_label,
            "leaves": m.is_releasable,
        }
        for m in view.media
    ]


def _device_words(stated: str) -> str:
    """Write the time of a device in the reader's zone; one without a zone as it was stated."""
    try:
        found = datetime.fromisoformat(stated)
    except ValueError:
        return partial_date(stated)
    return moment(found) if found.tzinfo else partial_date(stated)


def entry_of(entry: TimelineEntry) -> dict[str, Any]:
    """Return a timeline entry as the page shows it."""
    icon, tone = ACT_ICONS.get(entry.act, ACT_ICONS.get(entry.kind, ("history", "")))
    changes = [{"label": c.label, "before": c.before, "after": c.after} for c in entry.changes]
    stated, stored = _device_words(entry.device_time), moment(entry.at)
    note = _("stated on the device %(when)s") % {"when": stated} if stated not in ("", stored) else ""
    return {
        "icon": icon,
        "tone": tone,
        "text": entry.text,
        "when": stored,
        "differences": changes,
        "note": note,
    }


def tabs_of(view: CaseView, entries: list[TimelineEntry]) -> list[dict[str, Any]]:
    """Return the anchors of the page, each with its count."""
    found = [
        ("summary", _("Summary"), 0),
        ("goods", _("Goods"), len(view.lines)),
        ("route", _("Route"), len(view.route)),
        ("people", _("People and companies"), len(view.parties) + len(view.linked_people)),
        ("photos", _("Photos"), len(view.media)),
        ("timeline", _("Timeline"), len(entries)),
    ]
    return [
        {"href": f"#{key}", "label": label, "count": count} for key, label, count in found if count or key == "summary"
    ]
