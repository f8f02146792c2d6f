"""The page of one investigation: way, team, tasks, log, linked records, evidence; one printable page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opencen.investigations.journal import CHANNELS
from opencen.investigations.queries import get_investigation, people_for
from opencen.investigations.queries.shapes import EntryView, InvestigationView
from opencen.kernel.actor import Actor
from opencen.records.merging import merges_of
from opencen.records.texts import write_code, write_date
from opencen.records.types import all_domains
from opencen.web.actors import actor_in

ICONS = {
    "contact": "phone",
    "decision": "flag",
    "communication": "mail",
    "note": "pencil",
    "opened": "plus",
    "stage": "arrow-right",
    "deadline": "calendar",
    "team": "users",
    "linked": "link",
    "unlinked": "link",
    "closed": "lock",
    "reopened": "refresh",
}


@require_safe
def investigation_page(request: HttpRequest, investigation_id: UUID) -> HttpResponse:
    """Show an investigation."""
    return show(request, actor_in(request), investigation_id)


def show(
    request: HttpRequest, actor: Actor, investigation_id: UUID, problem: str = "", place: str = ""
) -> HttpResponse:
    """Show an investigation, with what stood against an act where it was tried."""
    view = get_investigation(actor, investigation_id)
    may_work = view.is_open and bool(view.role) and actor.may("investigation:record")
    team_ids = {member.user_id for member in view.team if member.ended_at is None}
    context = {
        "rail_active": "investigations",
        "view": view,
        "row": view.row,
        "problem": problem,
        "place": place,
        "form": request.POST if problem else {},
        "may_work": may_work,
        "may_lead": may_work and view.leads,
        "merges": merges_of(actor, investigation_id) if may_work else [],
        "may_reopen": not view.is_open and view.leads and actor.may("investigation:record"),
        "next_stage": _next_stage(view),
        "tabs": _tabs(view),
        "timeline": [_timeline_entry(entry) for entry in view.entries],
        "hypotheses": [_hypothesis(item, actor.language) for item in view.document.get("hypotheses", ())],
        "evidence": [_evidence(item, actor.language) for item in view.document.get("evidence", ())],
        "phones": view.document.get("phones", ()),
        "links": [{"link": link, "kind": _kind_label(link.type), "icon": _icon(link.type)} for link in view.links],
        "current_team": [member for member in view.team if member.ended_at is None],
        "people": [p for p in people_for(actor) if p[0] not in team_ids] if may_work and view.leads else [],
        "entry_kinds": _entry_kinds(),
        "channels": [(channel, _channel_words()[channel]) for channel in CHANNELS],
        "roles": _roles(),
        "correctable": [e for e in view.entries if e.kind in ICONS and not e.words][:20] if may_work else [],
    }
    return render(request, "investigations/investigation.html", context, status=422 if problem else 200)


def _next_stage(view: InvestigationView) -> str:
    """Return the stage that follows the present one: the likeliest move."""
    waiting = [stage.key for stage in view.stages if stage.state == "waiting"]
    return waiting[0] if waiting else ""


def _tabs(view: InvestigationView) -> list[dict[str, Any]]:
    found = [
        ("about", _("About"), 0),
        ("tasks", _("Tasks"), len(view.open_tasks)),
        ("log", _("Log"), len(view.entries)),
        ("links", _("Linked records"), len(view.links)),
        ("hypotheses", _("Hypotheses"), len(view.document.get("hypotheses", ()))),
        ("evidence", _("Evidence"), len(view.document.get("evidence", ()))),
    ]
    return [{"href": f"#{key}", "label": label, "count": count} for key, label, count in found]


def _timeline_entry(entry: EntryView) -> dict[str, Any]:
    tone = {"decision": "info", "closed": "warning", "reopened": "warning", "stage": "ok"}.get(entry.kind, "")
    labels = {**dict(_entry_kinds()), **_channel_words(), "in": _("received"), "out": _("sent")}
    parts = [labels[part] for part in (entry.kind, entry.channel, entry.direction) if part and part in labels]
    return {"entry": entry, "icon": ICONS.get(entry.kind, "pencil"), "tone": tone, "labels": parts}


def _entry_kinds() -> list[tuple[str, str]]:
    return [
        ("contact", _("Contact")),
        ("decision", _("Decision")),
        ("communication", _("Communication")),
        ("note", _("Note")),
    ]


def _channel_words() -> dict[str, str]:
    return {
        "": "–",
        "telephone": _("Telephone"),
        "letter": _("Letter"),
        "e_mail": _("E-mail"),
        "meeting": _("Meeting"),
        "message": _("Message"),
    }


def _roles() -> list[tuple[str, str]]:
    return [("officer", _("Officer")), ("deputy", _("Deputy")), ("lead", _("Lead"))]


def _kind_label(kind: str) -> str:
    found = all_domains().get(kind)
    return _(found.label) if found and found.label else kind


def _icon(kind: str) -> str:
    icons = {"case": "package", "control": "clipboard-check", "suspect": "user", "company": "building"}
    return {**icons, "conveyance": "ship", "investigation": "search"}.get(kind, "link")


def _hypothesis(item: dict[str, Any], language: str) -> dict[str, Any]:
    return {**item, "state_label": write_code("hypothesis_state", item.get("state") or "open", language)}


def _evidence(item: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        **item,
        "kind_label": write_code("evidence_kind", item.get("kind") or "other", language),
        "disclosure_label": write_code("disclosure_state", item.get("disclosure") or "undecided", language),
        "obtained": write_date(item["obtained_on"], language) if item.get("obtained_on") else "",
        "given": write_date(item["disclosed_on"], language) if item.get("disclosed_on") else "",
    }
