from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from opencen.kernel.errors import Invalid
from opencen.kernel.partial_dates import PartialDate, Precision, is_partial_date
from tests.kernel.vectors import read_vectors

VECTORS = read_vectors("partial_dates")


class Statement(BaseModel):
    detected_at: PartialDate
    seized_at: PartialDate | None = None


@pytest.mark.parametrize(("text", "precision", "canonical", "earliest", "latest"), VECTORS["good"])
def test_a_date_keeps_the_precision_it_was_stated_with(
    text: str, precision: Precision, canonical: str, earliest: str, latest: str
) -> None:
    stated = PartialDate.parse(text)
    assert (stated.precision, str(stated)) == (precision, canonical)
    assert stated.earliest() == datetime.fromisoformat(earliest)
    assert stated.latest() == datetime.fromisoformat(latest)
    assert stated.earliest().tzinfo is UTC
    assert is_partial_date(text)


@pytest.mark.parametrize("row", VECTORS["bad"], ids=lambda row: repr(row[0]))
def test_a_bad_date_is_refused_with_what_would_be_right(row: list[object]) -> None:
    text, code, would_be = str(row[0]), row[1], row[2] if len(row) > 2 else None
    with pytest.raises(Invalid) as refused:
        PartialDate.parse(text, path="detected_at")
    assert (refused.value.code, refused.value.path) == (code, "detected_at")
    guesses = refused.value.data.get("would_be")
    assert (list(guesses) if guesses else None) == would_be
    assert guesses or refused.value.data["expected"]
    assert not is_partial_date(text)


@pytest.mark.parametrize(("first", "second", "certain"), VECTORS["certainly_before"])
def test_order_is_certain_only_where_no_reading_contradicts_it(first: str, second: str, certain: bool) -> None:
    assert PartialDate.parse(first).certainly_before(PartialDate.parse(second)) is certain


@pytest.mark.parametrize(
    ("first", "second", "possible"),
    [("2021", "2021-06", True), ("2021-06", "2021", True), ("2022", "2021-12-31", False), ("2021", "2021", True)],
)
def test_order_is_possible_where_some_reading_allows_it(first: str, second: str, possible: bool) -> None:
    assert PartialDate.parse(first).possibly_before(PartialDate.parse(second)) is possible


def test_days_are_those_of_the_place_not_of_utc() -> None:
    moment = PartialDate.parse("2021-06-13T00:30+02:00")
    assert moment.first_day() == moment.last_day() == date(2021, 6, 13)
    assert PartialDate.parse("2021-02").last_day() == date(2021, 2, 28)


def test_a_moment_without_zone_takes_the_default_zone_of_its_season() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert str(PartialDate.parse("2021-06-12T06:20", default_zone=paris)) == "2021-06-12T06:20+02:00"
    assert str(PartialDate.parse("2021-01-12T06:20", default_zone=paris)) == "2021-01-12T06:20+01:00"
    assert str(PartialDate.parse("2021-01-12", default_zone=paris)) == "2021-01-12"
    assert str(PartialDate.parse("2021-01-12T06:20Z", default_zone=paris)) == "2021-01-12T06:20Z"


def test_an_aware_datetime_makes_a_moment_and_a_naive_one_is_refused() -> None:
    moment = datetime(2021, 6, 12, 6, 20, 5, 999, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
    assert str(PartialDate.from_datetime(moment)) == "2021-06-12T06:20:05-03:30"
    with pytest.raises(Invalid, match=r"date\.no_zone"):
        PartialDate.from_datetime(datetime(2021, 6, 12))


@pytest.mark.parametrize(("precision", "text"), [("year", "2021"), ("month", "2021-06"), ("day", "2021-06-12")])
def test_a_date_is_coarsened_on_demand(precision: Precision, text: str) -> None:
    moment = PartialDate.parse("2021-06-12T06:20Z")
    assert str(moment.at_precision(precision)) == text
    assert moment.at_precision("time") == moment
    assert PartialDate.parse("2021").at_precision("day") == PartialDate(2021)


def test_the_ends_of_the_calendar_do_not_overflow() -> None:
    assert PartialDate.parse("9999-12-31T23:59-05:00").latest() == datetime.max.replace(tzinfo=UTC)
    assert PartialDate.parse("0001-01-01T00:00+05:00").earliest() == datetime.min.replace(tzinfo=UTC)


def test_a_document_reads_and_writes_a_date_as_text() -> None:
    statement = Statement.model_validate({"detected_at": "2021-06"})
    assert statement.detected_at == PartialDate(2021, 6)
    assert statement.model_dump(exclude_none=True) == {"detected_at": "2021-06"}
    assert statement.model_dump_json(exclude_none=True) == '{"detected_at":"2021-06"}'


@pytest.mark.parametrize("bad", ["12/06/2021", 2021, None, 2021.5, ["2021"]])
def test_a_document_refuses_a_bad_date_by_code(bad: object) -> None:
    with pytest.raises(ValidationError) as refused:
        Statement.model_validate({"detected_at": bad})
    assert [(e["type"], e["loc"]) for e in refused.value.errors()] == [("date.invalid", ("detected_at",))]


@pytest.mark.parametrize("row", VECTORS["good"], ids=lambda row: row[0])
def test_the_json_schema_accepts_what_is_accepted(row: list[str]) -> None:
    schema = Statement.model_json_schema()
    assert schema["properties"]["detected_at"]["format"] == "partial-date"
    assert Draft202012Validator(schema).is_valid({"detected_at": row[0]})
    assert not Draft202012Validator(schema).is_valid({"detected_at": "12/06/2021"})


partial_dates = st.one_of(
    st.dates().map(PartialDate.from_date),
    st.dates().map(lambda day: PartialDate(day.year, day.month)),
    st.dates().map(lambda day: PartialDate(day.year)),
    st.datetimes(timezones=st.integers(-840, 840).map(lambda m: timezone(timedelta(minutes=m)))).map(
        PartialDate.from_datetime
    ),
)


@given(partial_dates)
def test_a_written_date_reads_back_the_same(stated: PartialDate) -> None:
    assert PartialDate.parse(str(stated)) == stated
    assert stated.earliest() <= stated.latest()


@given(partial_dates, partial_dates)
def test_certainly_before_is_a_strict_order_between_two(one: PartialDate, other: PartialDate) -> None:
    assert not (one.certainly_before(other) and other.certainly_before(one))
    assert not one.certainly_before(one)
    if one.certainly_before(other):
        assert one.possibly_before(other)
        assert not other.possibly_before(one)


@given(st.text(alphabet="0123456789-T:+Z. /", max_size=45))
def test_any_text_is_read_or_refused_with_a_code(text: str) -> None:
    if is_partial_date(text):
        assert is_partial_date(str(PartialDate.parse(text)))
    else:
        with pytest.raises(Invalid, match=r"^date\."):
            PartialDate.parse(text)
