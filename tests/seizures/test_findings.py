"""Every plausibility rule: what it finds, what it leaves alone, and what it offers."""

from __future__ import annotations

from typing import Any

import pytest

from opencen.codelists.catalogue import get_list
from opencen.records.findings import Finding, FindingRule
from opencen.records.texts import finding_text
from opencen.seizures.documents import Case
from opencen.seizures.domain import case_rules
from tests import make
from tests.seizures.cases import find

RULES = {rule.code: rule for rule in case_rules()}
Document = dict[str, Any]


def lines(**changes: Any) -> Document:
    return {"lines": [make.line(**changes)]}


def hidden(place: str) -> Document:
    return {"concealment": {"place": place}}


def person(**changes: Any) -> Document:
    return {"persons": [{"id": "p1", "role": "courier", **changes}]}


def vehicle(kind: str) -> Document:
    return {"conveyances": [{"id": "v1", "mode": "vehicle", "vehicle_type": kind}]}


def assessed(**changes: Any) -> Document:
    return lines(assessments=[{"id": "a1", **changes}])


def numbered(kind: str, number: str, country: str | None) -> Document:
    """State a person with one paper."""
    paper = {"id": "d1", "kind": kind, "number": number, "country": country}
    return person(documents=[{name: value for name, value in paper.items() if value}])


def company(**changes: Any) -> Document:
    return {"companies": [{"id": "k1", "role": "owner", **changes}]}


def legs(*stops: tuple[str, str]) -> list[Document]:
    return [{"id": f"r{n}", "role": role, "country": country} for n, (role, country) in enumerate(stops)]


def taxed(amount: str, **changes: Any) -> Document:
    """State duties on goods worth 1,000 dinars."""
    duties = [{"id": "d1", "amount": amount, "currency": "TND"}]
    return lines(value={"amount": "1000", "currency": "TND"}, duties=duties, **changes)


VIA_SPAIN = legs(("departure", "EC"), ("transit", "ES"), ("destination", "TN"))
TWICE = [{"id": f"s{n}", "containers": [{"id": "c1", "number": "OCLU3026189"}]} for n in (1, 2)]
CIGARETTES = "revenue.tobacco.cigarettes"
PANGOLIN = "environment.fauna.mammals.pangolin"

BAD: list[tuple[str, str, Document]] = [
    ("quantity.not_positive", "lines[l1].quantity", lines(quantity="0")),
    ("quantity.not_positive", "lines[l1].quantity", lines(quantity="-3")),
    ("quantity.not_positive", "lines[l1].assessments[a1].quantity", assessed(quantity="0", unit="kg")),
    ("quantity.magnitude", "lines[l1].quantity", lines(quantity="86420")),
    ("quantity.magnitude", "lines[l1].quantity", lines(commodity=CIGARETTES, quantity="412000", unit="carton")),
    ("quantity.magnitude", "lines[l1].assessments[a1].quantity", assessed(quantity="90000", unit="kg")),
    ("quantity.swallowed", "lines[l1].quantity", lines(quantity="4000", **hidden("on_person.body_packing"))),
    ("quantity.swallowed", "lines[l1].quantity", lines(quantity="1.4", **hidden("on_person.body_cavity"))),
    ("quantity.family", "lines[l1].unit", lines(commodity="security.weapons.type.rifle", quantity="3", unit="l")),
    ("quantity.family", "lines[l1].unit", lines(commodity="money.cash.banknotes", quantity="3", unit="kg")),
    ("quantity.net_above_gross", "lines[l1].assessments[a1].quantity",
     assessed(stage="weighed", quantity="90", unit="kg", basis="net")),
    ("quantity.vehicle", "lines[l1].quantity",
     {**lines(commodity=CIGARETTES, quantity="412000", unit="pack"), **vehicle("van")}),
    ("quantity.vehicle", "lines[l1].quantity", {**lines(quantity="2", unit="t"), **vehicle("motorcycle")}),
    ("place.contradiction", "conveyances[v1].mode", {"location_type": "airport"}),
    ("direction.contradiction", "direction", {"direction": "export"}),
    ("direction.contradiction", "direction", {"route": legs(("departure", "TN"), ("destination", "ES"))}),
    ("direction.contradiction", "direction", {"direction": "internal"}),
    ("route.order", "route[r1].role", {"route": legs(("destination", "TN"), ("departure", "EC"))}),
    ("origin.transit", "goods_origin", {"goods_origin": "ES", "route": VIA_SPAIN}),
    ("origin.transit", "lines[l1].goods_origin", {**lines(goods_origin="ES"), "route": VIA_SPAIN}),
    ("container.repeated", "consignments[s2].containers[c1].number", {"consignments": TWICE}),
    ("duties.above_value", "lines[l1].duties[d1].amount", taxed("6000")),
    ("time.future", "detected_at", {"detected_at": "2026-11-13T06:20+01:00"}),
    ("time.future", "detected_at", {"detected_at": "2027"}),
    ("time.future", "lines[l1].assessments[a1].on", assessed(stage="laboratory", on="2027-01-01")),
    ("time.order", "seized_at", {"seized_at": "2026-06-11"}),
    ("time.order", "lines[l1].assessments[a1].on", assessed(stage="weighed", on="2026-06-01")),
    ("time.order", "persons[p1].arrest.at", person(arrest={"at": "2026-06-01"})),
    ("time.order", "media[m1].taken_at", {"media": [{"id": "m1", "taken_at": "2026-05-01T10:00+01:00"}]}),
    ("time.order", "detected_at", {"traveller": {"flight": "TU851", "flight_date": "2026-07-01"}}),
    ("party.check_digits", "persons[p1].documents[d1].number", numbered("tax_number", "390.533.447-06", "BR")),
    ("party.check_digits", "persons[p1].documents[d1].number", numbered("social_security", "1 85 05 78 006 084 92", "FR")),
    ("party.check_digits", "companies[k1].tax_number", company(tax_number="FR84323140391", country="FR")),
    ("party.check_digits", "companies[k1].tax_number", company(tax_number="27AAPFU0939F1ZW", country="IN")),
    ("person.minor_arrested", "persons[p1].minor", person(minor=True, arrest={"at": "2026-06-12"})),
    ("person.minor_arrested", "persons[p1].minor", person(birth_date="2009-06-13", arrest={"at": "2026-06-12"})),
    ("person.minor_arrested", "persons[p1].minor", person(birth_year=2010, standing="charged")),
    ("value.rate_missing", "lines[l1].value.rate", lines(value={"amount": "100", "currency": "EUR"})),
    ("value.per_unit", "lines[l1].value.amount", lines(value={"amount": "100", "currency": "EUR"})),
    ("value.per_unit", "lines[l1].value.amount",
     lines(commodity=CIGARETTES, quantity="200", unit="stick", value={"amount": "61800", "currency": "TND"})),
    ("seal.differs", "consignments[s1].containers[c1].seals[e1].found",
     {"consignments": [{"id": "s1", "containers": [
         {"id": "c1", "seals": [{"id": "e1", "expected": "EC0482917", "found": "EC0482911"}]}]}]}),
    ("assessment.unconfirmed", "lines[l1].assessments[a1].purity", assessed(stage="field_test", purity="81")),
    ("assessment.unconfirmed", "lines[l1].assessments[a1].certificate", assessed(stage="laboratory")),
    ("assessment.unconfirmed", "lines[l1].attributes.purity", lines(attributes={"purity": "81"})),
    ("species.appendix", "lines[l1].attributes.appendix",
     lines(commodity=PANGOLIN, attributes={"scientific_name": "Manis javanica", "appendix": "II"})),
    ("species.appendix", "lines[l1].attributes.appendix", lines(commodity=PANGOLIN, attributes={"appendix": "none"})),
    ("case.repeated", "lines[l2]", {"lines": [make.line(), make.line(id="l2")]}),
    ("case.repeated", "persons[p2]",
     {"persons": [{"id": "p1", "name": "Sami Ouerdani"}, {"id": "p2", "name": "SAMI  OUERDANI"}]}),
    ("case.without_lines", "lines", {"lines": []}),
    ("concealment.contradiction", "lines[l1].concealment.place", lines(**hidden("in_transport.aircraft.lavatory"))),
    ("detection.not_random", "detection_method",
     {"detection_method": "random_selection", "prompted_by": [{"id": "q1", "kind": "alert"}]}),
]  # fmt: skip

GOOD: list[tuple[str, Document]] = [
    ("origin.transit", {"goods_origin": "EC", "route": VIA_SPAIN}),
    ("container.repeated", {"consignments": TWICE, **lines(consignment="s1")}),
    ("container.repeated", {"consignments": TWICE[:1]}),
    ("duties.above_value", taxed("4900")),
    ("duties.above_value", taxed("9000", commodity=CIGARETTES, unit="stick")),
    ("quantity.not_positive", lines(quantity=None)),
    ("quantity.magnitude", lines(quantity="19999")),
    ("quantity.magnitude", lines(commodity=CIGARETTES, quantity="412000", unit="stick")),
    ("quantity.magnitude", lines(role="cover_load", quantity="90000")),
    ("quantity.magnitude", lines(commodity="revenue.alcohol.whisky", quantity="900", unit="bottle")),
    ("quantity.swallowed", lines(quantity="1.12", **hidden("on_person.body_packing"))),
    ("quantity.swallowed", lines(quantity="1400", unit="g", **hidden("on_person.body_packing"))),
    ("quantity.swallowed", lines(quantity="90", **hidden("on_person.clothing"))),
    ("quantity.family", lines(commodity="security.weapons.type.rifle", quantity="3", unit="piece")),
    ("quantity.family", lines(quantity="400", unit="tablet")),
    ("quantity.net_above_gross", assessed(stage="laboratory", quantity="78.17", unit="kg", basis="net")),
    ("quantity.net_above_gross", assessed(stage="weighed", quantity="86900", unit="g", basis="net")),
    ("quantity.vehicle", {**lines(commodity=CIGARETTES, quantity="412000", unit="stick"), **vehicle("van")}),
    ("quantity.vehicle", {**lines(commodity=CIGARETTES, quantity="412000", unit="pack"), **vehicle("truck")}),
    ("quantity.vehicle", {**lines(quantity="2", unit="t"), "conveyances": [
        {"id": "v1", "vehicle_type": "motorcycle"}, {"id": "v2", "vehicle_type": "truck"}]}),
    ("place.contradiction", {"location_type": "inland"}),
    ("place.contradiction", {"location_type": "unknown"}),
    ("place.contradiction", {"location_type": "airport", "conveyances": []}),
    ("direction.contradiction", {"direction": "transit", "route": legs(("departure", "EC"), ("destination", "IT"))}),
    ("direction.contradiction", {"direction": "internal", "route": legs(("departure", "TN"), ("destination", "TN"))}),
    ("direction.contradiction", {"direction": "export", "route": []}),
    ("direction.contradiction", {"direction": "unknown"}),
    ("time.future", {"detected_at": "2026-11-12T11:10+01:00"}),
    ("time.future", {"detected_at": "2026"}),
    ("time.order", {"seized_at": "2026-06-12"}),
    ("time.order", {"seized_at": "2026"}),
    ("time.order", assessed(stage="weighed", on="2026-06-12T06:58+01:00")),
    ("time.order", person(arrest={"at": "2026-06-11"})),
    ("time.order", {"detected_at": None, "seized_at": "2026-06-11"}),
    ("person.minor_arrested", person(birth_date="2008-06-12", arrest={"at": "2026-06-12"})),
    ("person.minor_arrested", person(minor=True, standing="mentioned")),
    ("party.check_digits", numbered("tax_number", "390.533.447-05", "BR")),
    ("party.check_digits", numbered("tax_number", "390.533.447-06", None)),
    ("party.check_digits", numbered("tax_number", "anything", "TD")),
    ("party.check_digits", numbered("passport", "390.533.447-06", "BR")),
    ("party.check_digits", numbered("social_security", "2 95 10 99 126 111 93", "FR")),
    ("party.check_digits", company(tax_number="FR40303265045", country="FR")),
    ("party.check_digits", company(tax_number="27AAPFU0939F1ZV", country="IN")),
    ("party.check_digits", company(tax_number="anything")),
    ("value.rate_missing", lines(value={"amount": "100", "currency": "TND"})),
    ("value.per_unit", lines(value={"amount": "6000000", "currency": "EUR"})),
    ("value.per_unit", lines(value={"amount": "100", "currency": "EUR", "basis": "declared"})),
    ("assessment.unconfirmed", assessed(stage="laboratory", purity="81", certificate="LC-26-2231")),
    ("assessment.unconfirmed", assessed(stage="field_test", kit="T-3", result="positive")),
    ("species.appendix", lines(commodity=PANGOLIN, attributes={"scientific_name": "Manis javanica", "appendix": "I"})),
    ("species.appendix",
     lines(attributes={"scientific_name": "Loxodonta africana", "appendix": "I_II"})),
    ("species.appendix", lines(attributes={"scientific_name": "Nothing known", "appendix": "III"})),
    ("case.repeated", {"lines": [make.line(), make.line(id="l2", quantity="3")]}),
    ("case.without_lines", {"kind": "offence", "lines": []}),
    ("concealment.contradiction", lines(**hidden("not_concealed"))),
    ("detection.not_random", {"detection_method": "random_selection", "prompted_by": []}),
    ("detection.not_random",
     {"detection_method": "intelligence", "prompted_by": [{"id": "q1", "kind": "alert"}]}),
]  # fmt: skip


def run(code: str, changes: Document) -> list[Finding]:
    return find(RULES[code], make.case_document(**changes))


@pytest.mark.parametrize(("code", "path", "changes"), BAD)
def test_a_rule_finds_what_is_wrong_at_its_place(code: str, path: str, changes: Document) -> None:
    found = run(code, changes)
    assert [(entry.code, entry.path, entry.level) for entry in found] == [(code, path, RULES[code].level)]


@pytest.mark.parametrize(("code", "changes"), GOOD)
def test_a_rule_leaves_alone_what_can_be(code: str, changes: Document) -> None:
    assert run(code, changes) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if not rule.needs_database], ids=lambda r: r.code)
def test_no_rule_finds_anything_in_a_plausible_case_nor_in_an_empty_one(rule: FindingRule) -> None:
    assert find(rule, make.case_document()) == []
    assert find(rule, {}) == []


def test_there_are_rules_for_everything_that_officers_asked_for() -> None:
    shown = {code for code, _, _ in BAD} | {"event.reported_elsewhere", "document.other_name", "media.unknown"}
    assert shown == set(RULES), "every rule stands in the table of what it finds"


OFFERS: list[tuple[str, Document, Document]] = [
    ("quantity.magnitude", lines(quantity="86420"), {"lines[l1].unit": "g"}),
    ("quantity.magnitude", lines(commodity=CIGARETTES, quantity="412000", unit="carton"), {"lines[l1].unit": "pack"}),
    ("quantity.swallowed", lines(quantity="1120", **hidden("on_person.body_packing")), {"lines[l1].unit": "g"}),
    ("quantity.family", lines(commodity="money.cash.banknotes", unit="kg"), {"lines[l1].unit": "currency"}),
    ("direction.contradiction", {"direction": "export"}, {"direction": "import"}),
    ("place.contradiction", {"location_type": "airport"}, {"location_type": "seaport"}),
    ("time.order", {"detected_at": "2026-09-06", "seized_at": "2026-07-09"}, {"seized_at": "2026-09-07"}),
    ("detection.not_random",
     {"detection_method": "random_selection", "prompted_by": [{"id": "q1", "kind": "rule"}]},
     {"detection_method": "risk_profiling"}),
    ("person.minor_arrested",
     person(birth_date="2010-01-01", arrest={"at": "2026-06-12"}), {"persons[p1].minor": True}),
    ("party.check_digits",
     company(tax_number="FR84323140391", country="FR"), {"companies[k1].tax_number": "FR84323140392"}),
    ("party.check_digits",
     numbered("tax_number", "390.533.447-06", "BR"), {"persons[p1].documents[d1].number": "390.533.447-05"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes", "patch"), OFFERS)
def test_a_likely_correction_is_offered_and_settles_the_finding(code: str, changes: Document, patch: Document) -> None:
    found = run(code, changes)
    assert found[0].suggestions[0].patch == patch
    assert patch in [offer.patch for offer in found[0].suggestions]


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "path", "changes"), BAD)
def test_a_finding_says_in_words_what_is_wrong_with_all_its_data(code: str, path: str, changes: Document) -> None:
    for found in run(code, changes):
        text = finding_text(found, "en")
        assert "{" not in text
        assert "…" not in text.message
        assert text.message.endswith(".")


def test_an_unknown_code_never_breaks_a_rule() -> None:
    odd = make.case_document(
        direction="nowhere", location_type="moon", conveyances=[{"id": "v1", "mode": "sledge"}],
        lines=[make.line(commodity="drugs.nothing", unit="armful", concealment={"place": "nowhere"})],
    )  # fmt: skip
    Case.model_validate(odd)
    for rule in RULES.values():
        if not rule.needs_database:
            assert all(isinstance(found, Finding) for found in find(rule, odd))


def test_the_measured_units_of_every_commodity_exist() -> None:
    units = get_list("unit")
    for commodity in get_list("commodity"):
        default = commodity.attributes.get("default_unit")
        assert default is None or default in units
