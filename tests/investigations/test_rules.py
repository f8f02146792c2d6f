"""A rule opens one investigation for an event, never two, and says why where it cannot."""

from __future__ import annotations

from decimal import Decimal

import pytest

from opencen.investigations.models import Investigation, Opening, OpeningRule
from opencen.investigations.notices import count_notices, mark_seen
from opencen.investigations.queries import get_investigation
from opencen.investigations.rule_reader import open_by_rule, read_for_rules, try_again
from opencen.investigations.rules import NewRule, add_rule, list_not_opened, rule_hits, set_template, switch_rule
from opencen.investigations.team import end_member, set_member
from opencen.investigations.templating import find_template, read_template, templates
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound, OpenCenError
from opencen.records.derived import load_current
from opencen.seizures.services import relate_as_same_event
from tests import make
from tests.investigations.teams import again, browser, investigator, opened, read_log

pytestmark = pytest.mark.django_db


def rule(lead, **changes):
    """Set a rule: cocaine from ten kilograms on."""
    given = {
        "name": "Cocaine", "commodity": "drugs.cocaine", "template": "drugs", "lead": lead.id,
        "quantity": Decimal(10), "unit": "kg", **changes,
    }  # fmt: skip
    made = add_rule(make.actor("administrator"), rule=NewRule(**given))
    read_log(read_for_rules)
    return made


def test_a_case_above_the_threshold_opens_one_investigation_and_its_lead_is_told():
    lead = investigator("Lead")
    rule(lead)
    case = make.submit_case(make.actor())
    read_log(read_for_rules)
    row = Investigation.objects.get()
    lead = again(lead)
    view = get_investigation(lead, row.pk)
    assert (view.opened_how, view.row.lead) == ("rule", "Lead")
    assert [link.reference for link in view.links] == [case.reference]
    assert case.reference in view.row.title
    assert count_notices(lead) == 1
    make.amend_case(make.actor("officer", "RDS"), case.record_id, 1, make.case_document(unit="Team 2"))
    read_log(read_for_rules)
    assert Investigation.objects.count() == 1
    current = load_current([case.record_id])[0]
    assert open_by_rule(OpeningRule.objects.get(), current) is None


def test_two_offices_records_of_one_event_open_one_investigation():
    lead = investigator("Lead")
    rule(lead)
    analyst = make.actor("analyst")
    apart = {"consignments": None, "conveyances": [{"id": "v1", "mode": "vessel"}]}
    first = make.submit_case(make.actor(), **apart)
    second = make.submit_case(
        make.actor("officer", "SFA"), **apart, office="SFA", detected_at="2026-02-01T06:20+01:00",
        lines=[make.line(quantity="12")],
    )  # fmt: skip
    relate_as_same_event(analyst, first=first.record_id, second=second.record_id)
    read_log(read_for_rules)
    assert Opening.objects.count() == 1
    assert Investigation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "hits"),
    [
        ({"quantity": "10"}, True),
        ({"quantity": "9.999"}, False),
        ({"quantity": "10000", "unit": "g"}, True),
        ({"quantity": "9999", "unit": "g"}, False),
        ({"commodity": "drugs.cannabis.resin"}, False),
        ({"role": "cover_load"}, False),
        ({"quantity": None, "unit": None}, False),
    ],
)
def test_goods_and_quantity_decide(changes, hits):
    row = OpeningRule(commodity="drugs.cocaine", quantity=Decimal(10), unit="kg")
    document = {"lines": [make.stated(make.line(), changes)]}
    assert rule_hits(row, document) is hits


def test_lines_of_one_case_are_added_up_and_no_quantity_means_any():
    lines = [make.line(id="a", quantity="6"), make.line(id="b", quantity="4.5")]
    assert rule_hits(OpeningRule(commodity="drugs", quantity=Decimal(10), unit="kg"), {"lines": lines})
    assert rule_hits(OpeningRule(commodity="drugs", quantity=None), {"lines": [make.line(quantity=None, unit=None)]})
    assert not rule_hits(OpeningRule(commodity="security", quantity=None), {"lines": lines})


def test_what_was_recorded_before_a_rule_opens_nothing_nor_does_one_that_is_off():
    lead = investigator("Lead")
    make.submit_case(make.actor())
    made = rule(lead)
    assert Investigation.objects.count() == 0
    switch_rule(make.actor("administrator"), rule_id=made.id, is_on=False)
    make.submit_case(make.actor("officer", "TUN"), office="TUN", consignments=None)
    read_log(read_for_rules)
    assert Investigation.objects.count() == 0


def test_a_lead_who_cannot_see_the_case_leads_nothing_and_the_reason_is_kept():
    rule(investigator("Far away", "SFA", "SFA"))
    make.submit_case(make.actor())
    read_log(read_for_rules)
    assert Investigation.objects.count() == 0
    assert Opening.objects.get().problem == "investigation.rule_blind"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"commodity": "moonshine"}, "investigation.rule_goods"),
        ({"quantity": Decimal(0)}, "investigation.rule_quantity"),
        ({"quantity": Decimal("NaN")}, "investigation.rule_quantity"),
        ({"quantity": Decimal(1), "unit": "bushel"}, "investigation.rule_quantity"),
        ({"template": "nothing"}, "investigation.template_unknown"),
        ({"name": " "}, "field.missing"),
    ],
)
def test_a_rule_that_means_nothing_is_refused(changes, code):
    with pytest.raises(OpenCenError) as found:
        rule(investigator(), **changes)
    assert found.value.code == code


def test_only_an_administrator_sets_rules_and_templates():
    lead = investigator()
    with pytest.raises(Forbidden):
        add_rule(lead, rule=NewRule("x", "drugs", "drugs", lead.id))
    with pytest.raises(Forbidden):
        set_template(lead, content="")
    with pytest.raises(NotFound):
        switch_rule(make.actor("administrator"), rule_id=lead.id, is_on=True)


OWN = """
name = "caravan"
label = "Caravans"
area = "other"
[[stage]]
key = "look"
label = "Look"
days = 2
[[stage]]
key = "court"
label = "Proceedings"
required = ["outcome.result"]
"""


def test_every_shipped_template_reads_and_an_own_one_is_added():
    assert set(templates()) >= {
        "drugs", "commercial_fraud", "wildlife", "ipr", "money", "weapons", "excise", "general",
    }  # fmt: skip
    administrator = make.actor("administrator")
    set_template(administrator, content=OWN)
    assert [stage.key for stage in find_template("caravan").stages] == ["look", "court"]
    opened(investigator(), template="caravan")
    with pytest.raises(Conflict, match="template_used"):
        set_template(administrator, content=OWN.replace("look", "see"))


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("[[stage]]", "[[stage", "template_unreadable"),
        ('name = "caravan"', 'name = "Caravan!"', "template_name"),
        ('area = "other"', 'area = "moon"', "template_area"),
        ('key = "court"', 'key = "look"', "template_twice"),
        ("days = 2", "days = 0", "template_days"),
        ("days = 2", 'days = "two"', "template_days"),
        ("outcome.result", "outcome.moon", "template_field"),
        ('label = "Look"', "", "template_lacks"),
    ],
)
def test_a_template_that_cannot_be_read_says_what_is_wrong(before, after, code):
    with pytest.raises(Invalid) as found:
        read_template(OWN.replace(before, after))
    assert found.value.code == f"investigation.{code}"


def test_what_a_rule_could_not_open_is_listed_with_the_reason():
    blind = investigator("Blind", at="SFA", covers="SFA")
    rule(blind)
    case = make.submit_case(make.actor())
    read_log(read_for_rules)
    assert not Investigation.objects.exists()
    administrator = make.actor("administrator")
    (found,) = list_not_opened(administrator)
    assert (found.rule, found.problem) == ("Cocaine", "investigation.rule_blind")
    page = browser(administrator).get("/administration/investigations").content.decode()
    assert "Who leads by this rule cannot see the case." in page
    assert found.reference == (case.reference if administrator.may("case:read") else "")
    with pytest.raises(Forbidden):
        list_not_opened(make.actor())


def test_the_reason_names_who_was_to_lead_and_where():
    rule(investigator("Blind", at="SFA", covers="SFA"))
    make.submit_case(make.actor())
    read_log(read_for_rules)
    Opening.objects.update(problem="investigation.person_office")
    page = browser(make.actor("administrator")).get("/administration/investigations").content.decode()
    assert "Blind does not see records of the office of the case." in page
    Opening.objects.update(problem="investigation.person_role")
    page = browser(make.actor("administrator", "SFA")).get("/administration/investigations").content.decode()
    assert "Blind has no role that reads investigations." in page


def test_what_could_not_be_opened_is_tried_again_by_one_click():
    blind, lead = investigator("Blind", at="SFA", covers="SFA"), investigator("Lead")
    wrong = rule(blind)
    make.submit_case(make.actor())
    read_log(read_for_rules)
    administrator = make.actor("administrator")
    (found,) = list_not_opened(administrator)
    page, asked = browser(administrator), {"act": "again", "event": str(found.event)}
    still = page.post("/administration/investigations", asked)
    assert (still.status_code, Opening.objects.get().problem) == (422, "investigation.rule_blind")
    assert "Who leads by this rule cannot see the case." in still.content.decode()
    switch_rule(administrator, rule_id=wrong.id, is_on=False)
    rule(lead, name="Cocaine, country")
    assert page.post("/administration/investigations", asked).status_code == 302
    row = Investigation.objects.get()
    assert get_investigation(again(lead), row.pk).row.lead == "Lead"
    assert (list_not_opened(administrator), count_notices(again(lead))) == ([], 1)
    assert page.post("/administration/investigations", asked).status_code == 404
    with pytest.raises(Forbidden):
        try_again(lead, event_id=found.event)


def test_who_comes_back_into_a_team_is_told_again():
    lead, member = investigator("Lead"), investigator("Member")
    row, lead = opened(lead, member)
    assert count_notices(again(member)) == 1
    mark_seen(again(member))
    end_member(lead, investigation_id=row.pk, user_id=member.id)
    assert count_notices(again(member)) == 0
    set_member(lead, investigation_id=row.pk, user_id=member.id, role="officer")
    assert count_notices(again(member)) == 1
    mark_seen(again(member))
    set_member(lead, investigation_id=row.pk, user_id=member.id, role="officer")
    assert count_notices(again(member)) == 0
