from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from opencen.kernel.errors import Invalid
from opencen.kernel.mrz import check_digit, read_mrz, require_mrz, state_of
from opencen.kernel.mrz.repair import LOOKALIKES
from opencen.kernel.mrz.zone import read_birth_date, read_expiry
from tests.kernel.vectors import read_vectors

VECTORS = read_vectors("mrz")
TODAY = date.fromisoformat(VECTORS["today"])
SPECIMENS = [row["text"] for row in VECTORS["good"][:8]]
PASSPORT = SPECIMENS[4]


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def name_row(row: Any) -> str:
    return repr(row["text"])[:50]


@pytest.mark.parametrize("row", VECTORS["good"], ids=name_row)
def test_a_zone_in_any_spacing_is_read(row: dict[str, Any]) -> None:
    reading = read_mrz(row["text"], today=TODAY)
    assert reading.is_valid
    assert list(reading.lines) == row["lines"]
    assert plain(asdict(reading.zone)) == row["zone"]
    assert require_mrz(row["text"], today=TODAY) == reading.zone


@pytest.mark.parametrize("row", VECTORS["bad"], ids=name_row)
def test_a_wrong_zone_names_the_field_and_what_it_would_be(row: dict[str, Any]) -> None:
    reading = read_mrz(row["text"], today=TODAY)
    assert plain([asdict(problem) for problem in reading.problems]) == row["problems"]
    assert plain([asdict(suggestion) for suggestion in reading.suggestions]) == row["suggestions"]
    with pytest.raises(Invalid) as refused:
        require_mrz(row["text"], today=TODAY, path="documents[a].mrz")
    assert (refused.value.code, refused.value.path) == (row["problems"][0]["code"], "documents[a].mrz")


@pytest.mark.parametrize("row", VECTORS["refused"], ids=name_row)
def test_what_is_no_zone_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        read_mrz(row["text"], today=TODAY)
    assert (refused.value.code, refused.value.data) == (row["code"], row["data"])


def test_the_check_digits_of_the_standard_hold() -> None:
    assert check_digit("AB2134<<<") == "5"  # ICAO Doc 9303-3, appendix A
    assert check_digit("520727") == "3"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("D<<", ("DE", "citizen")), ("GBD", ("GB", "overseas_territories_citizen")), ("XXA", ("", "stateless")),
     ("UNO", ("", "united_nations")), ("FRA", ("FR", "citizen")), ("QQQ", ("", "unknown")), ("<<<", ("", "unknown"))],
)  # fmt: skip
def test_states_and_bodies_are_known(written: str, expected: tuple[str, str]) -> None:
    found = state_of(written)
    assert (found.country, found.status) == expected


@pytest.mark.parametrize(
    ("written", "birth", "expiry"),
    [
        ("261122", "2026-11-22", "2026-11-22"),
        ("261123", "1926-11-23", "2026-11-23"),
        ("000229", "2000-02-29", "2000-02-29"),
        ("75<<<<", "1975", "2075"),
        ("760101", "1976-01-01", "1976-01-01"),
        ("7712<<", "1977-12", "1977-12"),
        ("<<<<<<", "", ""),
    ],
)
def test_the_century_follows_from_what_the_date_is(written: str, birth: str, expiry: str) -> None:
    assert (read_birth_date(written, TODAY), read_expiry(written, TODAY)) == (birth, expiry)


@pytest.mark.parametrize("specimen", SPECIMENS)
@given(data=st.data())
def test_every_look_alike_of_a_guarded_place_is_noticed_and_put_right(specimen: str, data: st.DataObject) -> None:
    reading = read_mrz(specimen, today=TODAY)
    line = 1 if reading.format != "TD1" else data.draw(st.sampled_from([0, 1]))
    guarded = range(5, 15) if reading.format == "TD1" and line == 0 else [*range(10), *range(13, 20)]
    if reading.format == "TD1" and line == 1:
        guarded = range(7)
    places = [place for place in guarded if reading.lines[line][place] in LOOKALIKES]
    place = data.draw(st.sampled_from(places))
    was = reading.lines[line][place]
    # G counts 16 and L 21: no check digit of the standard tells them from 6 and 1.
    seen = [sign for sign in LOOKALIKES[was] if (int(sign, 36) - int(was, 36)) % 10]
    assume(seen)
    sign = data.draw(st.sampled_from(seen))
    lines = list(reading.lines)
    lines[line] = lines[line][:place] + sign + lines[line][place + 1 :]
    misread = read_mrz("\n".join(lines), today=TODAY)
    assert not misread.is_valid
    assert reading.lines in [suggestion.lines for suggestion in misread.suggestions]


@given(text=st.text(max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = read_mrz(text, today=TODAY)
    except Invalid:
        return
    assert all(not read_mrz("\n".join(s.lines), today=TODAY).problems for s in reading.suggestions)


def test_half_a_line_is_never_taken_for_a_whole_one() -> None:
    for cut in range(1, 20):
        try:
            assert not read_mrz(PASSPORT[:-cut], today=TODAY).is_valid
        except Invalid as error:
            assert error.code == "mrz.length"  # noqa: PT017 - either answer is right
