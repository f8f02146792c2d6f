"""`opencen codelists` shows, finds and loads."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from opencen.codelists.catalogue import drop_cache, get_list
from opencen.codelists.models import LoadedList
from opencen.commands import codelists
from opencen.log.stamps import drop_caches

pytestmark = pytest.mark.django_db

PURPOSES = "Purpose,Explanation\n" + "".join(f"{code},Purpose {code}\n" for code in "BEGHLMNPQSTZ") + "one cell\n"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Forget lists that an earlier test loaded and rolled back."""
    drop_caches()
    yield
    drop_caches()
    drop_cache()


def run(*arguments: str) -> int:
    """Run the command as the command line does."""
    parser = argparse.ArgumentParser()
    codelists.add_arguments(parser)
    return codelists.run(parser.parse_args(arguments))


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """Give an official file with one bad row."""
    path = tmp_path / "purposes.csv"
    path.write_text(PURPOSES, encoding="utf-8")
    return path


def test_every_list_is_named_with_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    assert "2026-01-01  commodity\n" in capsys.readouterr().out


def test_a_code_is_found_with_its_place_in_the_tree(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("find", "commodity", "hashish") == 0
    assert capsys.readouterr().out == "drugs.cannabis.resin  Drugs > Cannabis > Cannabis resin\n"
    assert run("find", "commodity", "zzzzzz") == 1


def test_loading_reports_counts_and_the_rows_that_were_refused(
    official: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("load", str(official), "--as-of", "2026-01-01") == 0
    assert capsys.readouterr().out == (
        "purposes.csv: cites_purpose, list cites_purpose as of 2026-01-01: 12 codes, 12 added, 0 changed, 0 gone\n"
        "  rows refused: 1\n"
        "    line 14: columns (cites_purpose)\n"
    )
    assert run("load", str(official)) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert get_list("cites_purpose").version == "2026-01-01"


def test_a_check_loads_nothing(official: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("load", "--check", str(official)) == 0
    assert "12 codes" in capsys.readouterr().out
    assert LoadedList.objects.count() == 0
