"""The languages of the product: order, alphabets, numbers and dates."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.conf import settings

from opencen.kernel.languages import LANGUAGES, NAMES, PSEUDO, collation, comma, find_locale, preferred
from opencen.records.texts import write_date, write_decimal, write_quantity
from opencen.records.texts.plurals import plural


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["apple", "Banana", "cherry"]),
        ("fr", ["cote", "coté", "étain", "fil"]),
        ("es", ["nácar", "nube", "ñandú", "oso"]),
        ("pt", ["açúcar", "água", "bote", "ônibus"]),
        ("ar", ["أسلحة", "بندقية", "تبغ", "مخدرات"]),
    ],
)
def test_words_stand_in_the_order_of_their_alphabet(language: str, words: list[str]) -> None:
    assert sorted(set(words), key=collation(language)) == words


def test_the_readers_language_is_understood_first() -> None:
    assert preferred("pt-BR") == ("pt", "en", "fr", "es", "ar")
    assert preferred(PSEUDO)[0] == "ar"


def test_the_settings_offer_every_language_and_only_arabic_runs_from_right_to_left() -> None:
    assert [code for code, _ in settings.LANGUAGES if code != PSEUDO] == list(LANGUAGES)
    assert {code for code in NAMES if code in settings.LANGUAGES_BIDI} == {"ar"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_are_latin_in_every_language(language: str) -> None:
    written = write_decimal(Decimal("1234567.50"), language) + write_date("2026-11-02", language)
    digits = [character for character in written if character.isdigit()]
    assert "".join(digits).startswith("123456750")
    assert all(character.isascii() for character in digits)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1,234.5"), ("es", "1.234,5"), ("pt", "1.234,5"), ("ar", "1,234.5"), ("fr", "1\u202f234,5")],
)
def test_numbers_bear_the_readers_separators(language: str, written: str) -> None:
    assert write_decimal("1234.5", language) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_is_written_day_first(language: str) -> None:
    assert find_locale(language).language == language
    digits = "".join(c if c.isdigit() else " " for c in write_date("2026-03-25", language)).split()
    assert (digits[0], digits[-1]) == ("25", "2026")
    assert dt.date(2026, 3, 25).day == int(digits[0])


@pytest.mark.parametrize(
    ("language", "unit", "word", "number", "written"),
    [
        ("en", "box", "box", 2, "boxes"),
        ("fr", "piece", "pièce", Decimal("1.5"), "pièce"),
        ("fr", "roll", "rouleau", 2, "rouleaux"),
        ("es", "piece", "pieza", 1, "pieza"),
        ("es", "piece", "pieza", Decimal("0.5"), "piezas"),
        ("es", "carton", "cartón", 2, "cartones"),
        ("es", "barrel_oil", "barril de petróleo", 3, "barriles de petróleo"),
        ("es", "short_ton", "tonelada corta", 3, "toneladas cortas"),
        ("pt", "package", "embalagem", 2, "embalagens"),
        ("pt", "barrel_oil", "barril de petróleo", 2, "barris de petróleo"),
        ("pt", "million", "milhão", 5, "milhões"),
        ("ar", "tablet", "قرص", 2, "قرص"),
        ("ar", "tablet", "قرص", 7, "أقراص"),
        ("ar", "tablet", "قرص", 400, "قرص"),
        ("de", "piece", "Stück", 2, "Stück"),
    ],
)
def test_a_units_word_follows_its_number(
    language: str, unit: str, word: str, number: Decimal | int, written: str
) -> None:
    assert plural(word, Decimal(number), language, unit) == written


@pytest.mark.parametrize(("language", "between"), [("en", ", "), ("fr", ", "), ("ar", "، "), ("ar-sa", "، ")])
def test_a_list_is_parted_by_the_comma_of_its_language(language: str, between: str) -> None:
    assert comma(language) == between


@pytest.mark.parametrize(
    ("value", "unit", "language", "written"),
    [
        ("78.17", "kg", "ar", "78.17 كغ"),
        ("1740", "piece", "ar", "1,740 قطعة"),
        ("7", "piece", "ar", "7 قطع"),
        ("40", "carton", "ar", "40 خرطوشة"),
        ("78.17", "kg", "en", "78.17 kg"),
    ],
)
def test_a_unit_is_written_in_the_readers_script(value: str, unit: str, language: str, written: str) -> None:
    assert write_quantity(Decimal(value), unit, language).replace("\u00a0", " ") == written
