"""The store on disk: what is erased is gone, what breaks off harms nothing, what is rebuilt is the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.log.models import Entry, Unsealed
from opencen.log.sealer import seal_all
from opencen.records.derived import Current, catch_up, rebuild
from opencen.records.erasure import erase_persons
from opencen.records.events import CLASSIFIED
from opencen.records.models import Record
from opencen.records.queries import read_record
from opencen.records.search import files
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.search.store import SEARCH, open_part
from opencen.records.search.view import READER
from tests import make
from tests.records.search.stating import amend_case, state_case

pytestmark = pytest.mark.django_db

NAME = "Quartermaine"


def settle() -> None:
    """Do what the worker does."""
    seal_all()
    catch_up(SEARCH)


def find(actor: Actor, text: str) -> list[UUID]:
    """Return what a text finds, spelt exactly so."""
    result = search(actor, SearchRequest(text=text))
    return [] if result.spelling_forgiven else result.ids


def files_that_hold(word: str) -> list[str]:
    """Name the files of the store in which a word stands, and the word lists that know it."""
    found = [
        path.name for path in files.folder().rglob("*") if path.is_file() and word.lower().encode() in path.read_bytes()
    ]
    for part in files.read_manifest().parts:
        searcher = open_part(part).searcher()
        found.extend(
            field for field in ("public", "nominal", "names") if searcher.terms_with_prefix(field, word.lower())
        )
    return found


def test_an_erased_name_is_in_no_file_of_the_store() -> None:
    officer, legal = make.actor("officer", "RDS"), make.actor("legal", "HQ")
    person = {"id": "p1", "role": "driver", "identified": "identified", "name": f"Zebulon {NAME}"}
    taken = state_case(officer, persons=[person])
    other = state_case(officer, narrative="something else altogether")
    settle()
    document = read_record(officer, "case", taken.record_id)["document"]
    amend_case(officer, taken.record_id, 1, {**document, "narrative": "amended later on"})
    settle()
    assert find(officer, NAME) == [taken.record_id]
    assert "names" in files_that_hold(NAME)

    erase_persons(legal, record_id=taken.record_id, item_ids=["p1"], basis="court order 1/2026")
    assert find(officer, NAME) == []
    settle()
    assert find(officer, "") != []
    assert READER._documents == {}

    assert files_that_hold(NAME) == []
    assert find(officer, NAME) == []
    assert find(officer, "altogether") == [other.record_id]
    assert {row.id for row in search(officer, SearchRequest()).rows} == {taken.record_id, other.record_id}
    assert SEARCH.verify() == []


class Crash(BaseException):
    """Stands for the process dying."""


def test_a_store_that_dies_before_its_manifest_is_written_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    first = state_case(officer, narrative="first word").record_id
    settle()
    second = state_case(officer, narrative="second word").record_id
    seal_all()

    def die(manifest: files.Manifest) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(files, "write_manifest", die)
        with pytest.raises(Crash):
            catch_up(SEARCH)
    for _ in range(2):
        assert set(find(officer, "word")) == {first, second}
        assert search(officer, SearchRequest(text="word")).total == 2
        catch_up(SEARCH)


def test_a_store_that_dies_while_writing_keeps_its_last_state(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    made = state_case(officer, narrative="first word").record_id
    settle()
    state_case(officer, narrative="second word")
    seal_all()
    cursor = SEARCH.cursor()

    def die(current: Current, book: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr("opencen.records.search.store.to_index", die)
        with pytest.raises(Crash):
            catch_up(SEARCH)
    assert SEARCH.cursor() == cursor
    assert find(officer, "first") == [made]
    assert search(officer, SearchRequest(text="word")).total == 2


def test_a_rebuild_is_swapped_in_whole() -> None:
    officer = make.actor("officer", "RDS")
    ids = {state_case(officer).record_id for _ in range(3)}
    settle()
    before = files.read_manifest()
    seen: list[int] = []

    def look(done: int, total: int) -> None:
        seen.append(search(officer, SearchRequest()).total)
        assert files.read_manifest() == before

    assert rebuild(SEARCH, look) == 3
    assert seen == [3]
    after = files.read_manifest()
    assert set(after.parts).isdisjoint(before.parts)
    assert {path.name for path in files.folder().iterdir() if path.is_dir()} == set(after.parts)
    assert set(search(officer, SearchRequest()).ids) == ids


def test_records_in_several_parts_are_answered_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    ids = [state_case(officer, detected_at=f"2026-05-{day:02d}").record_id for day in range(1, 9)]
    seal_all()
    monkeypatch.setattr("opencen.records.search.store.RECORDS_A_PART", 2)
    rebuild(SEARCH)
    assert len(files.read_manifest().parts) == 4
    asked = SearchRequest(offset=2, limit=3, facets=("commodity", "month"))
    result = search(officer, asked)
    assert (result.total, result.ids) == (8, ids[::-1][2:5])
    assert result.facets["month"] == [("2026-05", 8)]
    before = files.read_manifest().parts
    SEARCH.erase(ids[:1])
    after = files.read_manifest().parts
    assert len(set(before) & set(after)) == 3
    assert search(officer, asked).ids == result.ids
    assert SEARCH.verify() == []


def test_verify_names_what_differs() -> None:
    officer = make.actor("officer", "RDS")
    first, second, third = (state_case(officer) for _ in range(3))
    settle()
    Record.objects.filter(pk=first.record_id).update(sensitivity=3)
    Record.objects.filter(pk=second.record_id)._raw_delete("default")
    assert sorted(SEARCH.verify()) == sorted(
        [
            f"{first.reference} stands in the text search as it was before",
            f"{second.record_id} is in the text search but not in the records",
        ]
    )
    found: Sequence[UUID] = search(officer, SearchRequest()).ids
    assert third.record_id in found
    assert second.record_id not in found


def test_an_index_of_another_version_is_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    made = state_case(officer).record_id
    settle()
    monkeypatch.setattr(files, "VERSION", files.VERSION + 1)
    monkeypatch.setattr(files, "EMPTY", files.Manifest((), 0, version=files.VERSION))
    assert SEARCH.cursor() == 0
    assert find(officer, "") == [made]
    settle()
    assert SEARCH.cursor() > 0
    assert find(officer, "") == [made]


def test_the_store_of_another_log_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    ids = [state_case(officer).record_id for _ in range(2)]
    settle()
    foreign = replace(files.read_manifest(), entry=UUID(int=1).hex)
    Record.objects.filter(pk=ids[0]).update(sensitivity=3)  # no entry of this log tells of it, as after a restore
    assert search(officer, SearchRequest()).total == 2
    files.write_manifest(foreign)
    assert SEARCH.cursor() == 0
    assert (search(officer, SearchRequest()).total, find(officer, "")) == (1, ids[1:])
    settle()
    assert (search(officer, SearchRequest()).total, find(officer, "")) == (1, ids[1:])
    assert set(files.read_manifest().parts).isdisjoint(foreign.parts)


def test_a_store_too_far_behind_to_know_what_changed_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    ids = [state_case(officer).record_id for _ in range(4)]
    settle()
    for record_id in ids:
        note_classified(record_id)
    Record.objects.filter(pk__in=ids).update(sensitivity=3)
    monkeypatch.setattr("opencen.records.search.view.MOST_EXCLUDED", 2)
    result = search(officer, SearchRequest(facets=("state",)))
    assert (result.total, result.facets["state"], result.is_behind) == (0, [], True)


def note_classified(record_id: UUID) -> None:
    """Note in the log that a record was classified anew."""
    entry = Entry.objects.create(
        uid=uuid7(), at=now(), act=CLASSIFIED.name, actor_id=uuid7(), actor_kind="user", subject_type="case",
        subject_id=str(record_id),
    )  # fmt: skip
    Unsealed.objects.create(entry=entry)


def test_very_many_changes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    officer = make.actor("officer", "RDS")
    ids = [state_case(officer).record_id for _ in range(4)]
    monkeypatch.setattr("opencen.records.search.view.MOST_LIVE", 2)
    result = search(officer, SearchRequest(sort="changed"))
    assert (result.ids, result.is_behind) == (ids[:1:-1], True)
    settle()
    result = search(officer, SearchRequest())
    assert (result.total, result.is_behind) == (4, False)
