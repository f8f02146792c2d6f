"""A list that others keep has another version as soon as it says another word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from opencen.codelists import catalogue
from opencen.codelists.lists import Code, CodeList


def make_list(**changes: object) -> CodeList:
    """Make a list of one code."""
    code = Code("a", labels={"en": "Alpha"}, aliases={"en": ("A",)}, attributes={"order": 1})
    return CodeList("sample", "2026-01-01", {"a": replace(code, **changes)})  # type: ignore[arg-type]  # what the table names


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": {"en": "Alpha", "es": "Alfa"}},
        {"labels": {"en": "Alfa"}},
        {"aliases": {"en": ("A", "First")}},
        {"aliases": {}},
        {"valid_to": date(2026, 12, 31)},
        {"attributes": {"order": 2}},
        {"parent": "b"},
    ],
)
def test_a_new_word_language_date_or_attribute_makes_another_version(changes: dict[str, object]) -> None:
    assert make_list(**changes).digest != make_list().digest


def test_the_same_list_has_the_same_version() -> None:
    assert make_list().digest == make_list().digest
    assert catalogue.kept_version("commodity") == catalogue.kept_version("commodity")


def test_the_version_begins_with_the_date_and_a_list_searched_on_the_server_has_it_alone() -> None:
    assert catalogue.kept_version("commodity").startswith(f"{catalogue.get_list('commodity').version}.")
    assert catalogue.kept_version("place") == catalogue.get_list("place").version
