from __future__ import annotations

import pytest

from opencen.kernel.national_numbers import is_national_number, suggest_number

GOOD = [
    ("FR", "vat", "FR 40 303 265 045"),
    ("DE", "vat", "DE 136,695 976"),
    ("ES", "vat", "ES X-5910266-W"),
    ("IT", "vat", "IT 00743110157"),
    ("GB", "vat", "GB 980 7806 84"),
    ("BR", "tax", "16.727.230/0001-97"),
    ("MX", "tax", "GODE 561231 GR8"),
    ("AR", "tax", "20-05536168-2"),
    ("RU", "tax", "7707083893"),
    ("CO", "tax", "213.123.432-1"),
    ("TN", "tax", "1234567/M/A/E/001"),
    ("IT", "person", "RSSMRA85T10A562S"),
    ("BR", "person", "390.533.447-05"),
    ("ES", "person", "54362315K"),
    ("PL", "person", "44051401359"),
    ("HU", "person", "8012345678"),
    ("TD", "person", "anything"),
    ("XX", "tax", "whatever is written"),
    ("", "vat", "anything"),
]
BAD = [
    ("FR", "vat", "FR 40 303 265 054", "FR40303265045"),
    ("IT", "vat", "IT 0O743110157", "IT00743110157"),
    ("IT", "vat", "IT 00743110158", "IT00743110157"),
    ("AR", "tax", "20-05536168-3", "20-05536168-2"),
    ("RU", "tax", "77O7083893", "7707083893"),
    ("MX", "tax", "G0DE561231GR8", "GODE561231GR8"),
    ("BR", "person", "390.533.447-06", "390.533.447-05"),
    ("IT", "person", "RSSMRA85T1OA562S", "RSSMRA85T10A562S"),
]


@pytest.mark.parametrize(("country", "kind", "number"), GOOD)
def test_a_number_that_its_country_takes_is_right_and_needs_no_offer(country: str, kind: str, number: str) -> None:
    assert is_national_number(country, kind, number)
    assert suggest_number(country, kind, number) == []


@pytest.mark.parametrize(("country", "kind", "number", "meant"), BAD)
def test_a_wrong_number_is_told_with_what_it_would_be(country: str, kind: str, number: str, meant: str) -> None:
    assert not is_national_number(country, kind, number)
    offered = suggest_number(country, kind, number)
    assert meant in offered
    assert all(is_national_number(country, kind, other) for other in offered)


@pytest.mark.parametrize("number", ["", "0" * 400, "٣٤٥", "<script>", "\x00"])
def test_any_text_is_answered(number: str) -> None:
    for country in ("FR", "MX", "CN", "IS", "zz", "../os"):
        assert suggest_number(country, "tax", number) is not None
