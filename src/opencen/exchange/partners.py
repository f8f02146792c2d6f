"""Partner nodes: cards that two administrators hand to each other, pinned by fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings

from opencen.accounts.models import Office
from opencen.exchange.events import PARTNER_ADDED, PARTNER_CHANGED
from opencen.exchange.models import Partner
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.keys import PublicKeys
from opencen.log.sealer import node_keys
from opencen.log.service import record_act, service
from opencen.log.stamps import Stamped, change_stamp

KINDS = ("field", "national", "hub")


def own_card(url: str = "") -> dict[str, Any]:
    """Return this node's card: what a partner needs to know of it; nothing in it is secret."""
    keys = node_keys()
    return {
        "opencen_node": 1,
        "id": settings.NODE_ID,
        "name": settings.NODE_NAME,
        "kind": settings.NODE_KIND,
        "country": settings.NODE_COUNTRY,
        "url": url,
        "keys": keys.as_jwks(),
        "fingerprint": keys.fingerprint,
    }


@service("exchange:manage")
def add_partner(actor: Actor, *, card: Mapping[str, Any], accepts_by_itself: bool = False, url: str = "") -> Partner:
    """Add a partner from its card; its keys are pinned from now on."""
    node, keys = _read_card(card)
    if Partner.objects.filter(node=node).exists():
        raise Conflict("partner.exists", path="id", value=node)
    office = _office_of(node, str(card.get("name", node)), str(card.get("country", "")))
    partner = Partner.objects.create(
        node=node,
        name=str(card.get("name", node))[:120],
        kind=str(card["kind"]),
        country=str(card.get("country", ""))[:2],
        url=(url or str(card.get("url", "")))[:200].rstrip("/"),
        keys=orjson.dumps(keys.as_jwks()).decode(),
        fingerprint=keys.fingerprint,
        accepts_by_itself=accepts_by_itself,
        office_id=office,
        added_at=now(),
    )
    change_stamp("partners")
    record_act(PARTNER_ADDED, "partner", node, kind=partner.kind, fingerprint=keys.fingerprint)
    return partner


@service("exchange:manage")
def set_partner(actor: Actor, *, node: str, url: str | None = None, is_active: bool | None = None) -> Partner:
    """Change where a partner listens, or end the exchange with it."""
    partner = Partner.objects.filter(node=node).first()
    if partner is None:
        raise NotFound("partner.unknown")
    changed = []
    if url is not None:
        partner.url = url.rstrip("/")
        changed.append("url")
    if is_active is not None:
        partner.is_active = is_active
        changed.append("is_active")
    partner.save(update_fields=changed or None)
    change_stamp("partners")
    record_act(PARTNER_CHANGED, "partner", node, fields=changed)
    return partner


def _read_card(card: Mapping[str, Any]) -> tuple[str, PublicKeys]:
    node = str(card.get("id", ""))
    if card.get("opencen_node") != 1 or not node or not node.replace("-", "").isalnum() or len(node) > 32:
        raise Invalid("partner.not_a_card", path="card")
    if card.get("kind") not in KINDS:
        raise Invalid("partner.kind_unknown", path="kind", kinds=KINDS)
    if node == settings.NODE_ID:
        raise Invalid("partner.own_card", path="id")
    keys = PublicKeys.from_jwks(card.get("keys") or {})
    if keys.fingerprint != card.get("fingerprint"):
        raise Invalid("partner.fingerprint", path="fingerprint")
    return node, keys


def _office_of(node: str, name: str, country: str) -> UUID:
    """Give a partner's records an office of their own, so that the lock and the figures know whose they are."""
    code = "".join(c for c in node.upper() if c.isalnum())[:8]
    root = Office.objects.filter(parent=None).first()
    office, is_new = Office.objects.get_or_create(
        code=f"N{code}"[:8],
        defaults={
            "name": name,
            "parent": root,
            "path": f"{root.path}/N{code}"[:200] if root else f"N{code}",
            "kind": "partner",
            "country": country or "XX",
        },
    )
    if is_new:
        change_stamp("offices")
    return office.id


def _load() -> dict[str, tuple[Partner, PublicKeys]]:
    return {p.node: (p, PublicKeys.from_jwks(orjson.loads(p.keys))) for p in Partner.objects.filter(is_active=True)}


_partners = Stamped("partners", _load)


def partners() -> dict[str, tuple[Partner, PublicKeys]]:
    """Return the active partners with their pinned keys."""
    return _partners.get()


def hub() -> Partner | None:
    """Return the hub this node reports to, the first one added."""
    found = [partner for partner, _ in partners().values() if partner.kind == "hub"]
    return min(found, key=lambda partner: partner.added_at, default=None)
