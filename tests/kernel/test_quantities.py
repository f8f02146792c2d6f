from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencen.kernel.errors import Invalid
from opencen.kernel.quantities import (
    BASE_UNITS,
    Amount,
    TradeContext,
    Unit,
    add_amounts,
    convert,
    normalise,
    parse_decimal,
)
from tests.kernel.vectors import read_vectors

KILOGRAM = Unit("kg", "mass", Decimal(1))
GRAM = Unit("g", "mass", Decimal("0.001"))
TONNE = Unit("t", "mass", Decimal(1000))
POUND = Unit("lb", "mass", Decimal("0.45359237"))
LITRE = Unit("l", "volume", Decimal(1))
GALLON = Unit("gal_us", "volume", Decimal("3.785411784"))
PIECE = Unit("piece", "count", Decimal(1))
DOZEN = Unit("dozen", "count", Decimal(12))
MONEY = Unit("currency", "value", Decimal(1))
PACK = Unit("pack", "count", None)
CARTON = Unit("carton", "count", None)
MASTER_CASE = Unit("master_case", "count", None)
BOTTLE = Unit("bottle", "volume", None)
UNITS = [KILOGRAM, GRAM, TONNE, POUND, LITRE, GALLON, PIECE, DOZEN]
CIGARETTES = TradeContext(commodity="revenue.tobacco.cigarettes")

values = st.decimals(min_value=0, max_value=10**12, places=6, allow_nan=False, allow_infinity=False)
units = st.sampled_from(UNITS)


def written(code: str, decimal_comma: bool | None, text: str) -> str:
    try:
        return format(parse_decimal(text, decimal_comma), "f")
    except Invalid as refused:
        return refused.code


@pytest.mark.parametrize("row", read_vectors("decimals")["rows"], ids=lambda row: repr(row[0]))
def test_a_number_is_read_as_written_or_refused_with_the_reason(row: list[str]) -> None:
    assert [written(row[0], comma, row[0]) for comma in (None, True, False)] == row[1:]


@pytest.mark.parametrize(
    ("text", "decimal_comma", "would_be"),
    [
        ("1,234", None, ("1234", "1.234")),
        ("1.234", None, ("1.234", "1234")),
        ("5,5", False, ("5.5",)),
        ("~5", None, ("5",)),
        ("approx. 12,5 kg", None, ("12.5",)),
        ("Y", None, None),
    ],
)
def test_a_refused_number_says_what_it_may_be(
    text: str, decimal_comma: bool | None, would_be: tuple[str, ...] | None
) -> None:
    with pytest.raises(Invalid) as refused:
        parse_decimal(text, decimal_comma, path="lines[a].quantity")
    assert refused.value.path == "lines[a].quantity"
    assert refused.value.data.get("would_be") == would_be


def test_a_number_of_absurd_length_is_refused() -> None:
    with pytest.raises(Invalid, match=r"number\.too_long"):
        parse_decimal("9" * 1000)


@given(values, st.booleans())
def test_a_number_written_with_grouping_reads_back(value: Decimal, decimal_comma: bool) -> None:
    text = format(value, ",f")
    if decimal_comma:
        text = text.translate(str.maketrans(",.", ".,"))
    assert parse_decimal(text, decimal_comma) == value
    assert parse_decimal(format(value, "f"), False) == value


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused_with_a_code(text: str) -> None:
    assert written(text, None, text).startswith("number.") or parse_decimal(text).is_finite()


@pytest.mark.parametrize(
    ("value", "unit", "context", "normalised", "base_unit", "rule", "source"),
    [
        ("1.5", TONNE, TradeContext(), "1500.0", "kg", "unit.t", "definition"),
        ("10", POUND, TradeContext(), "4.53592370", "kg", "unit.lb", "definition"),
        ("3", DOZEN, TradeContext(), "36", "piece", "unit.dozen", "definition"),
        ("2", GALLON, TradeContext(), "7.570823568", "l", "unit.gal_us", "definition"),
        ("100", PACK, CIGARETTES, "2000", "piece", "cigarettes.pack.20", "default"),
        ("100", CARTON, CIGARETTES, "20000", "piece", "cigarettes.carton.20x10", "default"),
        ("2", MASTER_CASE, CIGARETTES, "20000", "piece", "cigarettes.master_case.20x10x50", "default"),
        (
            "4",
            CARTON,
            TradeContext(commodity="revenue.tobacco.cigarettes", pack_size=Decimal(25)),
            "1000",
            "piece",
            "cigarettes.carton.25x10",
            "stated",
        ),
        (
            "4",
            CARTON,
            TradeContext(commodity="tn:revenue.tobacco.cigarettes", unit_size=Decimal(180)),
            "720",
            "piece",
            "size.carton",
            "stated",
        ),
        ("12", BOTTLE, TradeContext(unit_size=Decimal("0.7")), "8.4", "l", "size.bottle", "stated"),
        ("3", PACK, TradeContext(commodity="medical.x", pack_size=Decimal(30)), "90", "piece", "size.pack", "stated"),
        ("500", MONEY, TradeContext(currency="EUR"), "500", "EUR", "unit.currency", "definition"),
    ],
)
def test_a_quantity_is_normalised_by_a_named_rule(
    value: str, unit: Unit, context: TradeContext, normalised: str, base_unit: str, rule: str, source: str
) -> None:
    found = normalise(Decimal(value), unit, context=context)
    assert (str(found.value), found.base_unit, found.rule, found.source) == (normalised, base_unit, rule, source)
    assert found.family == unit.family
    assert found.value == Decimal(value) * found.factor


@pytest.mark.parametrize(
    ("value", "unit", "context", "code"),
    [
        ("1", BOTTLE, TradeContext(), "quantity.size_missing"),
        ("1", CARTON, TradeContext(commodity="ipr.footwear"), "quantity.size_missing"),
        ("1", CARTON, TradeContext(commodity="revenue.tobacco.raw"), "quantity.size_missing"),
        ("1", BOTTLE, TradeContext(unit_size=Decimal(0)), "quantity.size_impossible"),
        ("1", BOTTLE, TradeContext(unit_size=Decimal("NaN")), "quantity.size_impossible"),
        ("1", BOTTLE, TradeContext(unit_size=Decimal("1E+12")), "quantity.size_impossible"),
        ("1", BOTTLE, TradeContext(unit_size=Decimal("1E-13")), "quantity.size_impossible"),
        ("1", MONEY, TradeContext(), "quantity.currency_missing"),
        ("-1", KILOGRAM, TradeContext(), "quantity.negative"),
        ("NaN", KILOGRAM, TradeContext(), "number.not_finite"),
        ("Infinity", KILOGRAM, TradeContext(), "number.not_finite"),
        ("1E+40", KILOGRAM, TradeContext(), "number.too_long"),
        ("1E-61", KILOGRAM, TradeContext(), "number.too_long"),
        ("1", Unit("lux", "light", Decimal(1)), TradeContext(), "quantity.unknown_family"),
    ],
)
def test_a_quantity_that_cannot_be_normalised_is_refused_with_its_place(
    value: str, unit: Unit, context: TradeContext, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        normalise(Decimal(value), unit, context=context, path="lines[a].quantity")
    assert (refused.value.code, refused.value.path) == (code, "lines[a].quantity")


@given(values, units)
def test_normalising_is_exact_and_goes_back(value: Decimal, unit: Unit) -> None:
    base = normalise(value, unit)
    assert unit.factor is not None
    with localcontext(prec=100):
        assert base.value / unit.factor == value
    assert base.base_unit == BASE_UNITS[unit.family]


@given(values, units, units)
def test_converting_there_and_back_changes_nothing_that_counts(value: Decimal, unit: Unit, to: Unit) -> None:
    if unit.family != to.family:
        with pytest.raises(Invalid, match=r"quantity\.mixed_families"):
            convert(value, unit, to)
        return
    assert abs(convert(convert(value, unit, to), to, unit) - value) <= value * Decimal("1e-26")
    assert convert(value, unit, unit) == value


def test_the_longest_quantities_stay_exact() -> None:
    longest = Decimal("9" * 30 + "." + "9" * 60)
    size = Decimal("9" * 12 + "." + "9" * 12)
    context = TradeContext("revenue.tobacco.cigarettes", pack_size=size, packs_a_carton=size, cartons_a_case=size)
    amount = normalise(longest, MASTER_CASE, context=context).amount
    assert (amount + normalise(Decimal("1E-60"), PIECE).amount).value > amount.value


def test_a_bottle_is_not_converted_without_its_size() -> None:
    for one, other in ((BOTTLE, LITRE), (LITRE, BOTTLE)):
        with pytest.raises(Invalid, match=r"quantity\.size_missing"):
            convert(Decimal(1), one, other)


@given(st.lists(values, min_size=3, max_size=3), units)
def test_sums_do_not_depend_on_the_order_of_adding(three: list[Decimal], unit: Unit) -> None:
    a, b, c = (normalise(value, unit).amount for value in three)
    assert (a + b) + c == a + (b + c) == (c + b) + a
    assert add_amounts([a, b, c]) == a + b + c


@given(st.lists(st.tuples(values, units), min_size=1, max_size=6))
def test_a_sum_is_of_one_family_or_it_is_an_error(terms: list[tuple[Decimal, Unit]]) -> None:
    amounts = [normalise(value, unit).amount for value, unit in terms]
    families = {unit.family for _, unit in terms}
    if len(families) > 1:
        with pytest.raises(Invalid) as refused:
            add_amounts(amounts)
        assert refused.value.code == "quantity.mixed_families"
        assert set(refused.value.data["families"]) <= families
    else:
        total = add_amounts(amounts)
        assert total is not None
        with localcontext(prec=100):
            assert total.value == sum(amount.value for amount in amounts)
        assert total.family in families


def test_money_of_two_currencies_is_never_added() -> None:
    euros = normalise(Decimal(5), MONEY, context=TradeContext(currency="EUR")).amount
    dinars = normalise(Decimal(5), MONEY, context=TradeContext(currency="TND")).amount
    with pytest.raises(Invalid) as refused:
        add_amounts([euros, dinars])
    assert refused.value.data == {"families": ["value"], "units": ["EUR", "TND"]}


def test_nothing_to_add_is_not_zero() -> None:
    assert add_amounts([]) is None


@pytest.mark.parametrize("other", [0, Decimal(1), 1.5, "1", None])
def test_a_bare_number_is_never_added_to_an_amount(other: object) -> None:
    amount = Amount(Decimal(1), "mass", "kg")
    with pytest.raises(TypeError):
        amount + other  # type: ignore[operator]  # that is the point
    with pytest.raises(TypeError):
        sum([amount])  # type: ignore[call-overload]  # sum starts from a bare zero
