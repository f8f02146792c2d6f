"""Partner nodes: added from the card that their administrator hands over, compared by fingerprint."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from opencen.exchange import partners
from opencen.exchange.queries import list_partners
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.web.actors import actor_in
from opencen.web.pages.administration.shared import back, perform, show

LONGEST_CARD = 20_000


@require_http_methods(["GET", "POST"])
def partners_page(request: HttpRequest) -> HttpResponse:
    """List partners and this node's own card; posted, add one, or end or resume the exchange with it."""
    actor = actor_in(request)
    actor.require("exchange:manage")
    problem = ""
    if request.method == "POST":
        _done, problem = perform(request, actor, _acts(request, actor))
        if not problem:
            return back("/administration/partners")
    card = partners.own_card(request.build_absolute_uri("/").rstrip("/"))
    context: dict[str, Any] = {
        "partners": list_partners(actor),
        "card": json.dumps(card, indent=2, ensure_ascii=False),
        "own": card,
        "problem": problem,
        "form": request.POST,
    }
    return show(request, actor, "partners", context)


def _acts(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    form = request.POST
    node = form.get("node", "")[:32]
    return {
        "add": lambda: partners.add_partner(
            actor,
            card=_card(form.get("card", "")),
            accepts_by_itself="accepts_by_itself" in form,
            url=form.get("url", "").strip()[:200],
        ),
        "end": lambda: partners.set_partner(actor, node=node, is_active=False),
        "resume": lambda: partners.set_partner(actor, node=node, is_active=True),
        "move": lambda: partners.set_partner(actor, node=node, url=form.get("url", "").strip()[:200]),
    }


def _card(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text[:LONGEST_CARD])
    except ValueError:
        raise Invalid("partner.not_a_card", path="card") from None
    if not isinstance(found, dict):
        raise Invalid("partner.not_a_card", path="card")
    return found
