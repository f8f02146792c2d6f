"""Exchange: what went and its receipts, what came, the partners, and who reported."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from opencen.exchange import outbox, queries
from opencen.kernel.text import whole_number
from opencen.records.texts import text_of, translate
from opencen.release.corrections import due_corrections
from opencen.web.actors import actor_in
from opencen.web.lists import PAGE

STATES = {
    "queued": (gettext_lazy("waiting to go"), "info", "clock"),
    "sent": (gettext_lazy("on its way"), "info", "send"),
    "delivered": (gettext_lazy("delivered"), "ok", "check"),
    "accepted": (gettext_lazy("accepted"), "ok", "check"),
    "superseded": (gettext_lazy("older than what is there"), "plain", "history"),
    "refused": (gettext_lazy("refused"), "error", "x"),
    "failed": (gettext_lazy("needs a person"), "error", "alert-triangle"),
    "waiting": (gettext_lazy("waits for a decision"), "warning", "hourglass"),
}
KINDS = {
    "record": gettext_lazy("record"),
    "correction": gettext_lazy("correction"),
    "recall": gettext_lazy("recall"),
    "receipt": gettext_lazy("receipt"),
}


@require_safe
def exchange_page(request: HttpRequest) -> HttpResponse:
    """Show outbox, inbox, partners and reports."""
    actor = actor_in(request)
    actor.require("exchange:read")
    page = _page(request)
    out = queries.list_outgoing(actor, offset=(page - 1) * PAGE, limit=PAGE)
    came = queries.list_incoming(actor, offset=(page - 1) * PAGE, limit=PAGE)
    reported = queries.count_reported(actor)
    partners = queries.list_partners(actor)
    last = max(out.total, came.total)
    context = {
        "rail_active": "exchange",
        "outgoing": [_out_row(row) for row in out.rows],
        "incoming": [_in_row(row, actor.language) for row in came.rows],
        "counts": {"out": out.total, "in": came.total},
        "failed": queries.count_failed(actor),
        "due": due_corrections(actor),
        "reported": reported,
        "reported_total": sum(one.records for one in reported),
        "partners": partners,
        "may_send": actor.may("exchange:send"),
        "may_manage": actor.may("exchange:manage"),
        "may_make_workbooks": actor.may("case:release"),
        "pages": {
            "first": (page - 1) * PAGE + 1,
            "last": min(page * PAGE, last),
            "total": last,
            "previous_url": f"?page={page - 1}" if page > 1 else "",
            "next_url": f"?page={page + 1}" if page * PAGE < last else "",
        }
        if last > PAGE
        else None,
        "tabs": [
            {"href": "#outbox", "label": _("Outbox"), "count": out.total},
            {"href": "#inbox", "label": _("Inbox"), "count": came.total},
            {"href": "#reported", "label": _("Reported by others"), "count": len(reported)},
            {"href": "#partners", "label": _("Partner nodes"), "count": len(partners)},
        ],
    }
    return render(request, "exchange/exchange.html", context)


@require_POST
def retry(request: HttpRequest, packet_id: UUID) -> HttpResponse:
    """Try a waiting or failed packet again."""
    outbox.try_again(actor_in(request), packet_id=packet_id)
    return HttpResponseRedirect("/exchange")


def _page(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, whole_number(text, 1, 2000))


def _out_row(row: Any) -> dict[str, Any]:
    label, tone, icon = STATES.get(row.outcome if row.state == "delivered" else row.state, STATES["queued"])
    return {"packet": row, "label": label, "tone": tone, "icon": icon, "kind": KINDS.get(row.kind, row.kind)}


def _in_row(row: Any, language: str) -> dict[str, Any]:
    label, tone, icon = STATES.get(row.outcome, STATES["waiting"])
    reason = translate(text_of(row.reason).message, language) if row.reason else ""
    return {
        "packet": row,
        "label": label,
        "tone": tone,
        "icon": icon,
        "kind": KINDS.get(row.kind, row.kind),
        "reason": reason,
    }
