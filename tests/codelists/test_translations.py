"""Lists in further languages: what a file may say, and which language a typed word is taken for."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from opencen.codelists.catalogue import get_list, resolve
from opencen.codelists.compact import CompactCodes
from opencen.codelists.lists import Code, CodeList
from opencen.codelists.search import SearchIndex
from opencen.codelists.translations import read_titles, translate_list
from opencen.kernel.languages import LANGUAGES

HEAD = "code,label,aliases\n"


def make_list(**labels: str) -> CodeList:
    """Make a list of one code."""
    code = Code("bag", labels=labels or {"en": "Bag", "fr": "Sac"})
    return CodeList("kind", "2026-01-01", MappingProxyType({"bag": code}), {"en": "Kind"})


def write(folder: Path, name: str, text: str, language: str = "es") -> Path:
    """Write a file of a language."""
    (folder / language).mkdir(exist_ok=True)
    (folder / language / f"{name}.csv").write_text(text, "utf-8")
    return folder


def test_a_file_gives_label_aliases_and_title(tmp_path: Path) -> None:
    write(tmp_path, "kind", HEAD + "bag,Saco,Bolsa|Costal\n")
    write(tmp_path, "_titles", "list,title\nkind,Tipo\n")
    read_titles.cache_clear()
    found = translate_list(make_list(), tmp_path)
    assert (found.label("bag", "es"), found["bag"].aliases["es"]) == ("Saco", ("Bolsa", "Costal"))
    assert (found.title("es"), found.title("pt"), found.label("bag", "pt")) == ("Tipo", "Kind", "Bag")


def test_a_label_that_replaces_a_packages_stays_as_an_alias(tmp_path: Path) -> None:
    write(tmp_path, "kind", HEAD + "bag,Saco,\n")
    found = translate_list(make_list(en="Bag", es="Bolsa"), tmp_path)
    assert (found.label("bag", "es"), found["bag"].aliases["es"]) == ("Saco", ("Bolsa",))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HEAD + "sack,Saco,\n", "no such code: sack"),
        (HEAD + "bag,Saco,\nbag,Bolsa,\n", "stands there twice"),
        ("code,label\nbag,Saco\n", "the columns must be"),
        (HEAD + "bag,Saco\n", "too many or too few"),
        (HEAD + "bag,Saco,,x\n", "too many or too few"),
    ],
)
def test_a_file_that_says_something_else_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    write(tmp_path, "kind", text)
    with pytest.raises(ValueError, match=fault):
        translate_list(make_list(), tmp_path)


def test_a_list_of_proper_names_is_not_translated(tmp_path: Path) -> None:
    write(tmp_path, "kind", HEAD + "bag,Saco,\n")
    names = CodeList("kind", "2026-01-01", CompactCodes(["bag"], ["Bag"], describe=lambda _: {}), {"en": "Kind"})
    with pytest.raises(ValueError, match="proper names"):
        translate_list(names, tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("commodity", "hachís", "drugs.cannabis.resin"),
        ("commodity", "haxixe", "drugs.cannabis.resin"),
        ("commodity", "سجائر", "revenue.tobacco.cigarettes"),
        ("country", "Alemania", "DE"),
        ("country", "Alemanha", "DE"),
        ("country", "ألمانيا", "DE"),
        ("currency", "dólar estadounidense", "USD"),
        ("unit", "cajetillas", "pack"),
    ],
)
def test_a_word_of_any_language_names_its_code(name: str, text: str, code: str) -> None:
    found = resolve(name, text)
    assert found is not None
    assert found.code == code


def test_a_word_that_two_languages_use_is_taken_for_the_first_ones() -> None:
    codes = {
        "a": Code("a", labels={"en": "Pan", "es": "Sartén"}),
        "b": Code("b", labels={"en": "Bread", "es": "Pan"}),
    }
    index = SearchIndex(CodeList("made", "2026-01-01", MappingProxyType(codes), {"en": "Made"}))
    first = {
        lang: next(level for level in index.candidates("pan", (lang, *LANGUAGES)) if level) for lang in ("en", "es")
    }
    assert first == {"en": ["a"], "es": ["b"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_is_called_as_the_language_calls_it(language: str) -> None:
    written = {"en": "Germany", "fr": "Allemagne", "es": "Alemania", "ar": "ألمانيا", "pt": "Alemanha"}
    assert get_list("country").label("DE", language) == written[language]


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("TNSFA", {"en": "Sfax", "fr": "Sfax", "ar": "صفاقس"}),
        ("TNTUN", {"en": "Tunis", "es": "Túnez", "ar": "تونس"}),
        ("NLRTM", {"en": "Rotterdam", "fr": "Rotterdam", "ar": "روتردام"}),
        ("CNSHA", {"en": "Shanghai", "pt": "Xangai", "ar": "شنغهاي"}),
    ],
)
def test_a_known_place_is_called_by_its_name_in_the_reader_s_language(place, names):
    places = get_list("place")
    assert {language: places.label(place, language) for language in names} == names
