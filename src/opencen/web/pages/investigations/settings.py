"""Administration of investigations: the templates by offence area and the rules that open one by themselves."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from opencen.accounts.queries import names_of, office_tree
from opencen.codelists.catalogue import get_list
from opencen.investigations import rules
from opencen.investigations.queries.people import people_with_role
from opencen.investigations.rule_reader import try_again
from opencen.investigations.templating import shipped_text, templates
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, OpenCenError
from opencen.records.texts import error_text, translate, write_code, write_quantity
from opencen.web.actors import actor_in
from opencen.web.pages.administration.shared import back, perform, read_uuid, show

UNITS = ("kg", "g", "l", "piece", "cigarette", "tablet")


@require_http_methods(["GET", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show templates and rules; posted, set one."""
    actor = actor_in(request)
    found = rules.list_rules(actor)
    problem = ""
    if request.method == "POST":
        _done, problem = perform(request, actor, _acts(request, actor))
        if not problem:
            return back("/administration/investigations")
    people = people_with_role()
    names = {user_id: name for user_id, name, _office in people}
    known = templates()
    context: dict[str, Any] = {
        "template": "investigations",
        "rules": [_rule(rule, names, actor.language) for rule in found],
        "not_opened": _not_opened(actor),
        "known": [
            {
                "name": one.name,
                "label": translate(one.label, actor.language),
                "is_own": one.is_own,
                "stages": [(translate(stage.label, actor.language), stage.days) for stage in one.stages],
            }
            for one in known.values()
        ],
        "goods": _goods(actor.language),
        "units": [(unit, write_code("unit", unit, actor.language)) for unit in UNITS if unit in get_list("unit").codes],
        "people": people,
        "content": request.POST.get("content", "") or shipped_text(request.GET.get("from", "general")),
        "problem": problem,
        "form": request.POST,
    }
    return show(request, actor, "investigations", context)


def _not_opened(actor: Actor) -> list[tuple[rules.NotOpened, str]]:
    """Say why rules could not open investigations: who was to lead, and over which office that fails."""
    found = rules.list_not_opened(actor)
    names, offices = names_of({one.lead for one in found}), office_tree().by_id
    rows = []
    for one in found:
        office = offices.get(one.office) if one.office else None
        where = office.label(actor.language) if office else gettext("the office of the case")
        error = OpenCenError(one.problem, name=names.get(one.lead, ""), office=where)
        rows.append((one, str(error_text(error, actor.language, "investigation"))))
    return rows


def _rule(rule: Any, names: dict[Any, str], language: str) -> dict[str, Any]:
    quantity = write_quantity(rule.quantity, rule.unit, language) if rule.quantity is not None else ""
    return {
        "id": rule.id,
        "name": rule.name,
        "goods": write_code("commodity", rule.commodity, language),
        "quantity": quantity,
        "lead": names.get(rule.lead_id, ""),
        "template": rule.template,
        "is_on": rule.is_on,
    }


def _goods(language: str) -> list[tuple[str, str]]:
    """Offer the goods of the first three levels, each below its own."""
    codes = get_list("commodity")
    return [
        (code, f"{'  ' * code.count('.')}{codes.label(code, language)}")
        for code in codes.codes
        if code.count(".") < 3 and ":" not in code
    ]


def _acts(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    form = request.POST
    return {
        "rule": lambda: rules.add_rule(actor, rule=_read_rule(request)),
        "switch": lambda: rules.switch_rule(
            actor, rule_id=read_uuid(form.get("rule", ""), "rule"), is_on=form.get("on") == "1"
        ),
        "again": lambda: _try_again(actor, read_uuid(form.get("event", ""), "event")),
        "template": lambda: rules.set_template(actor, content=form.get("content", "").replace("\r\n", "\n")),
    }


def _try_again(actor: Actor, event_id: UUID) -> None:
    """Try once more to open what a rule asked for; say why it still cannot be opened."""
    problem = try_again(actor, event_id=event_id).problem
    if problem:
        raise Invalid(problem)


def _read_rule(request: HttpRequest) -> rules.NewRule:
    form = request.POST
    text = form.get("quantity", "").strip()
    try:
        quantity = Decimal(text) if text else None
    except InvalidOperation:
        raise Invalid("investigation.rule_quantity", path="quantity") from None
    return rules.NewRule(
        name=form.get("name", ""),
        commodity=form.get("commodity", ""),
        template=form.get("template", ""),
        lead=read_uuid(form.get("lead", ""), "lead"),
        quantity=quantity,
        unit=form.get("unit", ""),
    )
