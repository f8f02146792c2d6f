"""Readers while the text search is rebuilt, erased from and brought up to date beside them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator

import pytest

from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up, rebuild
from opencen.records.models import Record
from opencen.records.search import files
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.search.store import SEARCH
from opencen.records.search.view import READER, Reader
from tests import make
from tests.bench.world import COMPARTMENTS, load_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SIZE = 200
ROUNDS = 6


@pytest.fixture(autouse=True)
def own_store() -> Iterator[None]:
    """Remove the store around a test."""
    shutil.rmtree(files.folder(), ignore_errors=True)
    READER.forget()
    yield
    shutil.rmtree(files.folder(), ignore_errors=True)
    READER.forget()


def test_a_reader_opens_a_whole_store_whatever_is_swapped_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    load_world(SIZE)
    monkeypatch.setattr("opencen.records.search.store.RECORDS_A_PART", SIZE // 4)
    rebuild(SEARCH)
    current = files.read_manifest()
    monkeypatch.setattr("opencen.records.search.view.current_manifest", files.read_manifest)
    monkeypatch.setattr("opencen.records.search.view.entries_behind", lambda *arguments: {})
    stopping = threading.Event()
    seen: list[int] = []
    errors: list[BaseException] = []

    def read() -> None:
        while not stopping.is_set():
            try:
                view = Reader().view()
                seen.append(sum(part.searcher.num_docs for part in view.slices))
            except Exception as error:  # noqa: BLE001 - told by the main thread
                errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    ids = list(Record.objects.values_list("pk", flat=True))
    for number in range(ROUNDS):
        SEARCH.erase(ids[number : number + 2])
        rebuild(SEARCH)
    stopping.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert set(seen) == {SIZE}
    assert set(files.read_manifest().parts).isdisjoint(current.parts)


def test_no_moment_between_write_seal_and_catch_up_loses_a_record() -> None:
    officer = make.actor("officer", "RDS", compartments=frozenset(COMPARTMENTS))
    wanted = SearchRequest(type="control", facets=("result",))
    for number in range(1, ROUNDS + 1):
        make.submit_control(officer)
        for act in (lambda: None, seal_all, lambda: catch_up(SEARCH)):
            act()
            result = search(officer, wanted)
            assert (result.total, len(result.rows)) == (number, number)
            assert result.facets["result"] == [("none", number)]
