"""Opening rules: which goods, from which quantity on, open an investigation by themselves, and who leads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from opencen.accounts.models import User
from opencen.codelists.catalogue import get_list
from opencen.investigations.access import read_text
from opencen.investigations.events import RULE_SET, TEMPLATE_SET
from opencen.investigations.models import Investigation, Opening, OpeningRule, OwnTemplate
from opencen.investigations.permissions import MANAGE_INVESTIGATIONS
from opencen.investigations.templating import Template, find_template, read_template
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.ids import uuid7
from opencen.kernel.quantities import normalise
from opencen.log.service import record_act, service
from opencen.log.stamps import change_stamp
from opencen.records.lock import visible_to
from opencen.records.types import address_of, domain
from opencen.seizures.quantities import is_summed, normalised_line, unit_of

KIND = "investigation"


@dataclass(frozen=True, slots=True)
class NewRule:
    """What an administrator says of a rule; no quantity means any."""

    name: str
    commodity: str
    template: str
    lead: UUID
    quantity: Decimal | None = None
    unit: str = ""


@service(MANAGE_INVESTIGATIONS)
def add_rule(actor: Actor, *, rule: NewRule) -> OpeningRule:
    """Add a rule; it holds for what is recorded from now on."""
    domain(KIND)
    name = read_text(rule.name, "name", 120)
    if OpeningRule.objects.filter(name=name).exists():
        raise Conflict("investigation.rule_twice", path="name", value=name)
    if rule.commodity not in get_list("commodity").codes:
        raise Invalid("investigation.rule_goods", path="commodity", value=rule.commodity[:60])
    if rule.quantity is not None and (
        not rule.quantity.is_finite() or not 0 < rule.quantity < 10**12 or unit_of(rule.unit) is None
    ):
        raise Invalid("investigation.rule_quantity", path="quantity")
    if not User.objects.filter(pk=rule.lead, is_active=True).exists():
        raise Invalid("investigation.person_unknown", path="lead")
    find_template(rule.template)
    row = OpeningRule.objects.create(
        id=uuid7(),
        name=name,
        commodity=rule.commodity,
        quantity=rule.quantity,
        unit=rule.unit if rule.quantity is not None else "",
        template=rule.template,
        lead_id=rule.lead,
        set_by=actor.id,
        set_at=now(),
    )
    record_act(RULE_SET, "rule", row.id, rule=str(row.id), on=True)
    return row


@service(MANAGE_INVESTIGATIONS)
def switch_rule(actor: Actor, *, rule_id: UUID, is_on: bool) -> OpeningRule:
    """Switch a rule on or off; what it opened stays open."""
    domain(KIND)
    row = OpeningRule.objects.filter(pk=rule_id).first()
    if row is None:
        raise NotFound("investigation.rule_unknown")
    row.is_on, row.set_by, row.set_at = is_on, actor.id, now()
    row.save(update_fields=["is_on", "set_by", "set_at"])
    record_act(RULE_SET, "rule", row.id, rule=str(row.id), on=is_on)
    return row


@service(MANAGE_INVESTIGATIONS)
def set_template(actor: Actor, *, content: str) -> Template:
    """Add a template or set one in the place of another; stages that investigations are in stay."""
    domain(KIND)
    template = read_template(content, is_own=True)
    used = Investigation.objects.filter(template=template.name, closed_at=None).values_list("stage", flat=True)
    for stage in sorted(set(used.distinct())):
        if template.stage(stage) is None:
            raise Conflict("investigation.template_used", path="stage", value=stage)
    kept = {"content": content, "set_by": actor.id, "set_at": now()}
    OwnTemplate.objects.update_or_create(name=template.name, defaults=kept)
    change_stamp("investigation_templates")
    record_act(TEMPLATE_SET, "template", template.name, name=template.name)
    return template


def list_rules(actor: Actor) -> list[OpeningRule]:
    """List every rule, as an administrator sees them."""
    domain(KIND)
    actor.require(MANAGE_INVESTIGATIONS)
    return list(OpeningRule.objects.order_by("name"))


@dataclass(frozen=True, slots=True)
class NotOpened:
    """A case for which a rule asked for an investigation that could not be opened, and the code that says why.

    `reference` and `url` are empty where the administrator may not see the case.
    """

    event: UUID
    rule: str
    at: datetime
    problem: str
    reference: str
    url: str
    lead: UUID
    office: UUID | None


def list_not_opened(actor: Actor, limit: int = 50) -> list[NotOpened]:
    """List what rules could not open, the newest first; a case is named to who may see it."""
    domain(KIND)
    actor.require(MANAGE_INVESTIGATIONS)
    rows = Opening.objects.filter(investigation=None).exclude(problem="").select_related("rule")
    found = list(rows.order_by("-at")[:limit])
    cases = visible_to(actor).in_bulk([row.case_id for row in found]) if found else {}
    views = []
    for row in found:
        case = cases.get(row.case_id)
        reference, url = (case.reference or "", address_of(case.type, case.id)) if case else ("", "")
        office = case.office_id if case else None
        lead = row.rule.lead_id
        views.append(NotOpened(row.event_id, row.rule.name, row.at, row.problem, reference, url, lead, office))
    return views


def rule_hits(rule: OpeningRule, document: Mapping[str, Any]) -> bool:
    """Tell whether a case holds the goods of a rule, and as much of them as it asks for."""
    codes = get_list("commodity")
    lines = [
        line
        for line in document.get("lines", ())
        if is_summed(line) and line.get("commodity") and codes.is_under(line["commodity"], rule.commodity)
    ]
    if rule.quantity is None:
        return bool(lines)
    unit = unit_of(rule.unit)
    if unit is None:
        return False
    least = normalise(rule.quantity, unit)
    total = Decimal(0)
    for line in lines:
        for amount in normalised_line(line).amounts():
            if (amount.family, amount.base_unit) == (least.family, least.base_unit):
                total += amount.value
    return least.value is not None and total >= least.value


__all__ = [
    "NewRule",
    "NotOpened",
    "add_rule",
    "list_not_opened",
    "list_rules",
    "rule_hits",
    "set_template",
    "switch_rule",
]
