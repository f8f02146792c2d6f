"""The list of places and its index are made once, kept in a file, and read from there; a bad file is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from opencen.codelists import catalogue, kept
from opencen.codelists.lists import CodeList
from opencen.codelists.packages import places
from opencen.codelists.search import SearchIndex
from opencen.kernel.languages import preferred

QUERIES = ("tunis", "طرابلس", "roterdam", "Роттердам", "TNR", "san j", "مطار تونس قرطاج", "s")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Keep files in a folder of the test's own."""
    before = kept._folder
    kept.set_folder(tmp_path)
    yield tmp_path
    kept.set_folder(before)


def load() -> tuple[CodeList, SearchIndex]:
    """Load the places and their index as the catalogue does."""
    codes = places.load_places()
    state = kept.take_state("place")
    index = SearchIndex(codes, state)
    if state is None:
        kept.remember("place", index.state())
    return codes, index


def asked(index: SearchIndex) -> list[object]:
    return [index.find(query, preferred("ar"), 20, lambda _: True) for query in QUERIES]


def test_what_is_read_from_the_file_answers_as_what_was_made(folder):
    codes, index = load()
    assert len(list(folder.iterdir())) == 1
    again, read = load()
    assert read is not index
    assert len(again) == len(codes)
    assert asked(read) == asked(index)
    for code in ("TNTUN", "NLRTM", "USJFK", "EGCAI", "ADALV"):
        assert again[code] == codes[code]


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:-9], lambda whole: b"", lambda whole: whole[:50] + b"x" + whole[51:]]
)
def test_a_damaged_file_is_made_anew(folder, damage):
    load()
    path = next(folder.iterdir())
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert load()[1].find("tunis", ("en",), 1, lambda _: True)[0].code == "TNTUN"
    assert path.read_bytes()[: kept.DIGEST] == whole[: kept.DIGEST]


def test_a_file_of_other_words_is_not_read_and_goes(folder, monkeypatch):
    load()
    before = next(folder.iterdir())
    monkeypatch.setattr(kept, "_signature", lambda: "another")
    load()
    assert [path.name for path in folder.iterdir()] == ["place-another.list"]
    assert not before.exists()


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    before = kept._folder
    (tmp_path / "taken").write_text("a file")
    kept.set_folder(tmp_path / "taken" / "below")
    try:
        assert load()[1].find("tunis", ("en",), 1, lambda _: True)[0].code == "TNTUN"
    finally:
        kept.set_folder(before)


def test_the_catalogue_uses_the_file(folder):
    catalogue._shipped.cache_clear()
    catalogue._shipped_index.cache_clear()
    catalogue.drop_cache()
    assert catalogue.find("place", "Radès")[0].code == "TNRDS"
    assert len(list(folder.glob("place-*.list"))) == 1
