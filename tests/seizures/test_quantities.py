"""The quantity of a line: which stage counts, alternative measures, and sums that never mix families."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencen.seizures.quantities import normalised_line, total_by_family
from opencen.seizures.queries.parts import stated_text

UNITS = {"mass": ("kg", "g", "t", "lb"), "count": ("piece", "tablet", "dozen", "stick"), "volume": ("l", "ml", "hl")}


def line(**changes: Any) -> dict[str, Any]:
    return {"id": "l1", "commodity": "drugs.cocaine.hydrochloride", "quantity": "80", "unit": "kg", **changes}


def stage(name: str, quantity: str, unit: str = "kg", **changes: Any) -> dict[str, Any]:
    return {"id": name, "stage": name, "quantity": quantity, "unit": unit, **changes}


STAGES = ("suspected", "field_test", "weighed", "expert", "laboratory", "court")


@pytest.mark.parametrize("last", range(1, len(STAGES) + 1))
def test_the_weightiest_stage_counts_whatever_the_order_of_writing(last: int) -> None:
    steps = [stage(name, str(10 * (number + 1))) for number, name in enumerate(STAGES[:last])]
    for written in (steps, steps[::-1]):
        found = normalised_line(line(assessments=written))
        assert (found.stage, found.value) == (STAGES[last - 1], Decimal(10 * last))


def test_what_was_first_stated_counts_until_somebody_measured() -> None:
    found = normalised_line(line())
    assert (found.stage, found.value, found.base_unit, found.rule) == ("stated", Decimal(80), "kg", "unit.kg")


def test_net_counts_before_gross_at_the_same_stage() -> None:
    steps = [stage("weighed", "86.42", basis="gross"), {**stage("weighed", "78.2", basis="net"), "id": "w2"}]
    for written in (steps, steps[::-1]):
        assert normalised_line(line(assessments=written)).value == Decimal("78.2")


def test_the_later_of_two_weighings_counts() -> None:
    steps = [stage("weighed", "5", on="2026-06-13"), {**stage("weighed", "4", on="2026-06-12"), "id": "w2"}]
    assert normalised_line(line(assessments=steps)).value == Decimal(5)


def test_the_pure_substance_never_stands_for_the_whole() -> None:
    steps = [stage("weighed", "2"), stage("laboratory", "1.6", basis="pure")]
    found = normalised_line(line(assessments=steps))
    assert (found.stage, found.value) == ("weighed", Decimal(2))


def test_a_count_beside_a_weight_is_another_measure_of_the_same_goods() -> None:
    tablets = line(quantity="5000", unit="tablet", measures=[{"id": "m1", "quantity": "850", "unit": "g"}])
    found = normalised_line(tablets)
    assert (found.family, found.value) == ("count", Decimal(5000))
    assert [(other.family, other.value) for other in found.alternatives] == [("mass", Decimal("0.85"))]
    assert {key: amount.value for key, amount in total_by_family([tablets]).items()} == {
        "count": Decimal(5000),
        "mass": Decimal("0.85"),
    }


def test_a_laboratory_weight_does_not_turn_counted_tablets_into_kilograms() -> None:
    found = normalised_line(line(quantity="5000", unit="tablet", assessments=[stage("laboratory", "0.8")]))
    assert (found.family, found.value, found.alternatives[0].stage) == ("count", Decimal(5000), "laboratory")


def test_a_measure_of_something_else_than_the_goods_is_no_measure_of_the_line() -> None:
    other = [{"id": "m1", "quantity": "12", "unit": "kg", "subject": "packages"}]
    assert normalised_line(line(quantity="5", unit="piece", measures=other)).alternatives == ()


@pytest.mark.parametrize(
    ("unit", "size", "sticks", "rule", "source"),
    [
        ("stick", None, 412, "unit.stick", "definition"),
        ("pack", None, 8240, "cigarettes.pack.20", "default"),
        ("pack", "10", 4120, "cigarettes.pack.10", "stated"),
        ("carton", None, 82400, "cigarettes.carton.20x10", "default"),
        ("master_case", None, 4120000, "cigarettes.master_case.20x10x50", "default"),
    ],
)
def test_cigarettes_are_counted_in_sticks_by_a_named_rule(
    unit: str, size: str | None, sticks: int, rule: str, source: str
) -> None:
    attributes = {"pack_size": size} if size else {}
    found = normalised_line(
        line(commodity="revenue.tobacco.cigarettes", quantity="412", unit=unit, attributes=attributes)
    )
    assert (found.value, found.rule, found.source) == (Decimal(sticks), rule, source)


def test_a_bottle_without_its_size_adds_nothing_and_says_why() -> None:
    found = normalised_line(line(commodity="revenue.alcohol.whisky", quantity="12", unit="bottle"))
    assert found.value is None
    assert found.counted is not None
    assert found.counted.problem == "quantity.size_missing"
    assert total_by_family([line(commodity="revenue.alcohol.whisky", quantity="12", unit="bottle")]) == {}


def test_money_adds_up_in_its_own_currency_only() -> None:
    lines = [
        {"id": str(number), "commodity": "money.cash.banknotes", "quantity": quantity, "unit": "currency",
         "attributes": {"currency": currency}}
        for number, (quantity, currency) in enumerate([("500", "EUR"), ("84000", "EUR"), ("100", "USD")])
    ]  # fmt: skip
    totals = total_by_family(lines)
    assert {key: amount.value for key, amount in totals.items()} == {"value:EUR": 84500, "value:USD": 100}


@pytest.mark.parametrize("role", ["cover_load", "conveyance", "instrument", "proceeds"])
def test_only_contraband_is_summed(role: str) -> None:
    assert total_by_family([line(role=role)]) == {}
    assert total_by_family([line(role=role), line(role="contraband")])["mass"].value == 80


def test_a_line_without_quantity_has_nothing_to_add() -> None:
    found = normalised_line({"id": "l1", "commodity": "drugs.cocaine"})
    assert (found.counted, found.value, found.stage) == (None, None, "")


quantities = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False)
stated_lines = st.builds(
    lambda family, index, value: line(quantity=format(value, "f"), unit=UNITS[family][index], family=family),
    st.sampled_from(sorted(UNITS)),
    st.integers(0, 2),
    quantities,
)


@given(st.lists(stated_lines, max_size=8))
def test_sums_never_cross_families_whatever_the_lines(lines: list[dict[str, Any]]) -> None:
    totals = total_by_family(lines)
    for family in UNITS:
        own = [found for found in lines if found["family"] == family]
        alone = total_by_family(own)
        assert set(alone) <= {family}
        assert totals.get(family) == alone.get(family)


@given(st.lists(stated_lines, min_size=2, max_size=6))
def test_the_order_of_lines_does_not_change_a_sum(lines: list[dict[str, Any]]) -> None:
    assert total_by_family(lines) == total_by_family(lines[::-1])


@pytest.mark.parametrize(
    ("unit", "attributes", "text"),
    [("currency", {"currency": "EUR"}, "EUR 45,000"), ("currency", {}, "45,000"), ("piece", {}, "45,000\u00a0pc")],
)
def test_money_as_stated_names_its_currency(unit: str, attributes: dict[str, str], text: str) -> None:
    assert stated_text({"quantity": "45000", "unit": unit, "attributes": attributes}, "en") == text
