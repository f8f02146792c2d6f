"""Templates and opening rules of investigations, for administrators."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from opencen.api.answers.investigations import NotOpenedAnswer, OpeningAnswer, RuleAnswer, TemplateAnswer
from opencen.api.auth import caller
from opencen.investigations import rules
from opencen.investigations.access import KIND
from opencen.investigations.rule_reader import try_again
from opencen.investigations.templating import templates
from opencen.kernel.actor import Actor
from opencen.records.types import domain

router = Router()


class RuleBody(Schema):
    """A rule: goods, from which quantity on, who leads."""

    name: str = Field(min_length=1, max_length=120)
    commodity: str = Field(max_length=96)
    template: str = Field(max_length=40)
    lead: UUID
    quantity: Decimal | None = Field(None, max_digits=21, decimal_places=9)
    unit: str = Field("", max_length=32)


class SwitchBody(Schema):
    """On or off."""

    is_on: bool


class TemplateBody(Schema):
    """A template as TOML text."""

    content: str = Field(max_length=20_000)


def _keeper(request: HttpRequest) -> Actor:
    actor = caller(request)
    domain(KIND)
    actor.require("investigation:manage")
    return actor


@router.get("/rules", response=list[RuleAnswer], summary="List the rules that open investigations")
def list_rules(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every rule by name."""
    return [_rule_json(rule) for rule in rules.list_rules(_keeper(request))]


@router.post("/rules", response=RuleAnswer, summary="Add a rule that opens investigations")
def add_rule(request: HttpRequest, body: RuleBody) -> dict[str, Any]:
    """Add it; it holds for what is recorded from now on."""
    return _rule_json(rules.add_rule(_keeper(request), rule=rules.NewRule(**body.dict())))


@router.get("/rules/not-opened", response=list[NotOpenedAnswer], summary="List what rules could not open, and why")
def list_not_opened(request: HttpRequest) -> list[dict[str, Any]]:
    """Return them, the newest first; a case is named to who may see it."""
    return [asdict(found) for found in rules.list_not_opened(_keeper(request))]


@router.post(
    "/rules/not-opened/{uuid:event_id}", response=OpeningAnswer, summary="Try once more what a rule could not open"
)
def open_again(request: HttpRequest, event_id: UUID) -> dict[str, Any]:
    """Try it by the rule that asks for it now; `problem` says why it still cannot be opened."""
    row = try_again(_keeper(request), event_id=event_id)
    return {"is_opened": row.investigation_id is not None, "problem": row.problem}


@router.post("/rules/{uuid:rule_id}", response=RuleAnswer, summary="Switch a rule on or off")
def switch_rule(request: HttpRequest, rule_id: UUID, body: SwitchBody) -> dict[str, Any]:
    """Switch it; what it opened stays open."""
    return _rule_json(rules.switch_rule(_keeper(request), rule_id=rule_id, is_on=body.is_on))


@router.get("/templates", response=list[TemplateAnswer], summary="List the templates of investigations")
def list_templates(request: HttpRequest) -> list[dict[str, Any]]:
    """Return those shipped and those of this service."""
    actor = caller(request)
    domain(KIND)
    actor.require("investigation:manage" if not actor.may("investigation:read") else "investigation:read")
    return [asdict(template) for template in templates().values()]


@router.post("/templates", response=TemplateAnswer, summary="Add or set a template")
def set_template(request: HttpRequest, body: TemplateBody) -> dict[str, Any]:
    """Read a template from its text, and keep it."""
    return asdict(rules.set_template(_keeper(request), content=body.content))


def _rule_json(rule: Any) -> dict[str, Any]:
    names = ("id", "name", "commodity", "quantity", "unit", "template", "lead_id", "is_on")
    return {name: getattr(rule, name) for name in names}
