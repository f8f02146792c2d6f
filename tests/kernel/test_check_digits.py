from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as stdnum_iban
from stdnum import imo as stdnum_imo
from stdnum import iso6346 as stdnum_iso6346
from stdnum import lei as stdnum_lei

from opencen.kernel.check_digits import Identifier, identifier, identifier_names
from opencen.kernel.check_digits._base import MAX_SUGGESTIONS, MISREADINGS
from opencen.kernel.errors import Invalid, NotFound
from tests.kernel.vectors import read_vectors

VECTORS = read_vectors("identifiers")
KINDS: dict[str, dict[str, list[dict[str, Any]]]] = VECTORS["kinds"]
GOOD = [(name, row) for name, rows in KINDS.items() for row in rows["good"]]
BAD = [(name, row) for name, rows in KINDS.items() for row in rows["bad"]]
WITH_CHECK_DIGIT = [name for name in identifier_names() if identifier(name).check_at]


def name_row(value: object) -> str:
    return value["text"] if isinstance(value, dict) else str(value)


def values_of(kind: Identifier) -> st.SearchStrategy[str]:
    """Draw values of the right shape whose check digits hold."""
    shape = kind.shape[: kind.lengths[0]]
    drawn = st.tuples(*(st.sampled_from(sorted(allowed)) for allowed in shape)).map("".join)
    return drawn.map(lambda value: complete(kind, value)).filter(kind.is_valid)


def complete(kind: Identifier, value: str) -> str:
    digits = kind.check_digits(value)
    if kind.check_at is None or digits is None:
        return value
    return value[: kind.check_at[0]] + digits + value[kind.check_at[1] :]


@pytest.mark.parametrize(("name", "row"), GOOD, ids=name_row)
def test_a_good_identifier_is_normalised_and_written_as_on_the_object(name: str, row: dict[str, Any]) -> None:
    kind = identifier(name)
    assert kind.is_valid(row["text"])
    assert kind.explain(row["text"]) is None
    assert kind.suggest(row["text"]) == []
    assert kind.normalise(row["text"]) == kind.require(row["text"]) == row["normalised"]
    assert kind.format(row["text"]) == row["formatted"]


@pytest.mark.parametrize(("name", "row"), BAD, ids=name_row)
def test_a_bad_identifier_is_explained_with_place_and_correction(name: str, row: dict[str, Any]) -> None:
    kind = identifier(name)
    problem = kind.explain(row["text"])
    assert problem is not None
    data = {key: list(value) if isinstance(value, tuple) else value for key, value in problem.data.items()}
    assert (problem.code, list(problem.positions), data) == (row["code"], row["positions"], row["data"])
    assert not kind.is_valid(row["text"])
    assert [[s.value, s.reason, list(s.positions)] for s in kind.suggest(row["text"])] == row["suggestions"]
    with pytest.raises(Invalid) as refused:
        kind.require(row["text"], path="consignments[a].container")
    assert (refused.value.code, refused.value.path) == (row["code"], "consignments[a].container")


def test_the_vectors_cover_every_kind() -> None:
    assert set(KINDS) == set(identifier_names())
    assert VECTORS["misreadings"] == MISREADINGS
    assert all(rows["good"] and rows["bad"] for rows in KINDS.values())


def test_an_unknown_kind_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"identifier\.unknown"):
        identifier("passport")


@pytest.mark.parametrize(
    ("name", "reference"),
    [("iso6346", stdnum_iso6346), ("imo", stdnum_imo), ("lei", stdnum_lei)],
)
@given(data=st.data())
def test_check_digits_agree_with_an_independent_implementation(name: str, reference: Any, data: st.DataObject) -> None:
    kind = identifier(name)
    valid = data.draw(values_of(kind))
    assert reference.is_valid(valid)
    start, end = kind.check_at or (0, 0)
    other = valid[:start] + "".join(str((int(digit) + 1) % 10) for digit in valid[start:end]) + valid[end:]
    assert kind.is_valid(other) == reference.is_valid(other) is False


@pytest.mark.parametrize("row", KINDS["iban"]["good"], ids=name_row)
def test_bank_accounts_agree_with_an_independent_implementation(row: dict[str, Any]) -> None:
    assert stdnum_iban.is_valid(row["normalised"])


@pytest.mark.parametrize("name", identifier_names())
@given(data=st.data())
def test_what_is_written_on_the_object_reads_back(name: str, data: st.DataObject) -> None:
    kind = identifier(name)
    value = data.draw(values_of(kind))
    assert kind.normalise(kind.format(value)) == value
    assert kind.normalise(" - ".join(kind.format(value).lower())) == value


@pytest.mark.parametrize("name", identifier_names())
@given(text=st.text(max_size=40))
def test_any_text_is_explained_and_every_suggestion_is_valid(name: str, text: str) -> None:
    kind = identifier(name)
    assert kind.is_valid(text) == (kind.explain(text) is None)
    found = kind.suggest(text)
    assert len(found) <= MAX_SUGGESTIONS
    assert len({suggestion.value for suggestion in found}) == len(found)
    assert all(kind.is_valid(suggestion.value) for suggestion in found)


@pytest.mark.parametrize("name", WITH_CHECK_DIGIT)
@given(data=st.data())
def test_a_wrong_check_digit_is_told_with_the_right_one(name: str, data: st.DataObject) -> None:
    kind = identifier(name)
    value = data.draw(values_of(kind))
    assert kind.check_at is not None
    place = kind.check_at[1] - 1
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != value[place]]))
    written = value[:place] + wrong + value[place + 1 :]
    problem = kind.explain(written)
    if problem is None:
        assert kind.check_digits(value) is None  # a vehicle of a region without check digit
        return
    assert problem.code == "identifier.check_digit"
    assert problem.data["expected"] == kind.check_digits(written)
    assert kind.suggest(written)[0].reason == "identifier.check_digit"


@pytest.mark.parametrize(
    ("name", "value", "misread"),
    [
        ("iso6346", "CSQU3054383", "CSQU3O54383"),
        ("iso6346", "CSQU3054383", "C5QU3054383"),
        ("imo", "9074729", "9O74729"),
        ("vin", "1M8GDM9AXKP042788", "IM8GDM9AXKPO42788"),
        ("s10", "RR473124829GB", "RR47312482968"),
        ("iata_awb", "02012345675", "0201Z345675"),
    ],
)
def test_a_letter_read_for_a_digit_is_put_right_first(name: str, value: str, misread: str) -> None:
    suggestion = identifier(name).suggest(misread)[0]
    assert suggestion.reason == "identifier.misread"
    changed = tuple(place for place, (one, other) in enumerate(zip(value, misread, strict=True)) if one != other)
    assert suggestion.positions == changed
    if name != "s10":
        assert suggestion.value == value


@pytest.mark.parametrize(
    ("name", "swapped", "value"),
    [
        ("imo", "9074792", "9074729"),
        ("iso6346", "CSQU3045383", "CSQU3054383"),
        ("s10", "RR743124829GB", "RR473124829GB"),
    ],
)
def test_swapped_neighbours_are_offered_back(name: str, swapped: str, value: str) -> None:
    offered = {s.value: s.reason for s in identifier(name).suggest(swapped)}
    assert offered[value] == "identifier.transposed"


def test_a_european_vehicle_without_check_digit_is_accepted() -> None:
    assert identifier("vin").is_valid("WVWZZZ1JZ3W386752")
    assert identifier("vin").is_valid("WVWZZZ1J23W386752")


def test_a_very_long_text_is_refused_quickly() -> None:
    assert identifier("iban").suggest("GB82" * 100_000) == []
