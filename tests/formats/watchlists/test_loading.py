"""Lists as sources of their own: loaded, refreshed, gone, stopped; officers point at them and never revise them."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from opencen.formats.watchlists.models import Entry, Load, Source
from opencen.formats.watchlists.queries import list_sources
from opencen.formats.watchlists.services import ask_load, confirm_load, drop_load, folder_of
from opencen.formats.watchlists.working import load_lists
from opencen.kernel.actor import system_actor
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.log.models import Entry as LogEntry
from opencen.records.documents import documents_of
from opencen.records.intake import SubmissionIn, submit
from opencen.records.lock import LISTED, visible_to
from opencen.records.models import Record
from opencen.records.permissions import LOAD_LISTS
from opencen.records.queries import get_record, read_record
from opencen.records.rebuilding import rebuild_projection
from tests import make
from tests.formats.watchlists import lists

pytestmark = pytest.mark.django_db


def document(key: str, source: str = "ofac") -> dict[str, object]:
    entry = Entry.objects.get(source_id=source, key=key)
    head = Record.objects.get(pk=entry.record_id)
    return documents_of(head.type, [(head.id, head.revision)])[head.id]


def test_a_list_becomes_records_of_its_own_that_every_office_sees() -> None:
    make.country()
    assert lists.counts(lists.load("ofac", lists.ofac(12))) == {
        "added": 12,
        "changed": 0,
        "gone": 0,
        "unchanged": 0,
        "refused": 0,
    }
    heads = Record.objects.filter(origin="list:ofac")
    assert {head.office_id for head in heads} == {LISTED}
    assert {head.state for head in heads} == {"validated"}
    assert heads.order_by("reference").first().reference == "S-OFAC-000001"
    officer = make.actor("officer")
    assert visible_to(officer).filter(origin="list:ofac").count() == 12
    assert visible_to(make.actor("administrator")).filter(origin="list:ofac").count() == 0
    stranger = make.actor("officer", office_ids=frozenset())
    assert visible_to(stranger).filter(origin="list:ofac").count() == 0


def test_aliases_and_addresses_arrive_with_their_entry() -> None:
    make.country()
    lists.load("ofac", lists.ofac(12))
    found = document("100")
    assert [name["text"] for name in found["names"]] == ["HEATH, Noel 0", "HEATH, Ghost"]
    assert found["addresses"] == [{"id": "d9", "text": "Calle 1", "city": "Havana", "country": "CU"}]
    assert found["documents"][0]["number"] == "03574"
    assert found["births"][0] | {"id": ""} == {"id": "", "date": "1949-12-16", "place": "Basseterre", "country": "KN"}


def test_a_refresh_counts_what_was_added_changed_gone_and_unchanged() -> None:
    make.country()
    lists.load("ofac", lists.ofac(12))
    assert lists.counts(lists.load("ofac", lists.ofac(12)))["unchanged"] == 12
    files = lists.ofac(12)
    files["sdn.csv"] = files["sdn.csv"].replace(b"HEATH, Noel 3", b"HEATH, Noel Three").replace(b"111,", b"999,", 1)
    done = lists.load("ofac", files)
    assert lists.counts(done) == {"added": 1, "changed": 1, "gone": 1, "unchanged": 10, "refused": 0}
    assert document("103")["names"][0]["text"] == "HEATH, Noel Three"
    gone = document("111")
    assert gone["lists"][0]["until"]
    assert gone["names"][0]["text"] == "HEATH, Noel 11"
    assert Record.objects.get(pk=Entry.objects.get(key="111").record_id).state == "validated"
    back = lists.counts(lists.load("ofac", lists.ofac(12)))
    assert (back["changed"], back["gone"]) == (2, 1)
    assert "until" not in document("111")["lists"][0]


def test_half_of_a_list_gone_stops_and_asks() -> None:
    make.country()
    lists.load("ofac", lists.ofac(12))
    stopped = lists.load("ofac", lists.ofac(6))
    assert stopped.state == "stopped"
    assert orjson.loads(stopped.error)["data"] == {"gone": 6, "of": 12}
    assert not Entry.objects.exclude(gone_at=None).exists()
    actor = system_actor(LOAD_LISTS)
    confirm_load(actor, load_id=stopped.id)
    assert load_lists() == 1
    assert Entry.objects.exclude(gone_at=None).count() == 6
    assert Load.objects.get(pk=stopped.id).state == "done"
    assert not folder_of(stopped.id).exists()
    with pytest.raises(Conflict, match=r"watchlist\.not_waiting"):
        drop_load(actor, load_id=stopped.id)


def test_a_stopped_file_can_be_dropped_and_nothing_has_changed() -> None:
    make.country()
    lists.load("ofac", lists.ofac(12))
    stopped = lists.load("ofac", lists.ofac(3))
    drop_load(system_actor(LOAD_LISTS), load_id=stopped.id)
    assert load_lists() == 0
    assert lists.counts(lists.load("ofac", lists.ofac(12)))["unchanged"] == 12
    assert lists.counts(lists.load("ofac", lists.ofac(3), confirmed=True))["gone"] == 9


def test_a_list_ten_times_as_large_and_one_cut_off_are_refused_with_the_reason() -> None:
    make.country()
    lists.load("ofac", lists.ofac(12))
    larger = lists.load("ofac", lists.ofac(120))
    assert (larger.state, orjson.loads(larger.error)["code"]) == ("refused", "watchlist.ten_times")
    files = lists.ofac(12)
    files["sdn.csv"] = files["sdn.csv"][:900]
    cut = lists.load("ofac", files)
    assert (cut.state, orjson.loads(cut.error)["code"]) == ("refused", "watchlist.truncated")
    assert Record.objects.filter(origin="list:ofac").count() == 12


def test_a_record_of_a_list_is_revised_by_its_list_alone() -> None:
    make.country()
    lists.load("ofac", lists.ofac(12))
    officer = make.actor("officer")
    record = visible_to(officer).filter(origin="list:ofac").first()
    changed = {**read_record(officer, "suspect", record.id)["document"], "sex": "female", "office": "RDS"}
    given = make.submission(changed, type="suspect", id=record.id, base_revision=1)
    assert [found.code for found in submit(officer, given).findings] == ["record.not_ours"]
    with pytest.raises(Forbidden):
        submit(officer, make.submission(changed, type="suspect", origin="list:ofac"))
    other = SubmissionIn(**{**vars_of(given), "origin": "list:un"})
    loader = system_actor(LOAD_LISTS, "records:submit", "suspect:record", "suspect:read")
    assert submit(loader, other).outcome == "refused"
    assert document("100").get("sex") is None


def vars_of(given: SubmissionIn) -> dict[str, object]:
    return {name: getattr(given, name) for name in SubmissionIn.__slots__}


def test_two_lists_stand_beside_each_other_with_their_dates() -> None:
    make.country()
    lists.load("ofac", lists.ofac(12))
    lists.load("un", {"any name.xml": lists.un(3)})
    found = {source.name: source for source in list_sources(system_actor(LOAD_LISTS))}
    assert found["un"].present == {"suspect": 3, "company": 1}
    assert str(found["un"].dated) == "2026-02-27"
    assert found["ofac"].present == {"suspect": 12}
    with pytest.raises(Forbidden):
        list_sources(make.actor("officer"))


def test_a_plain_file_brings_its_mapping_once() -> None:
    make.country()
    mapping = b'key = "ID"\n[columns]\n"Name" = "name"\n'
    first = lists.load(
        "csv", {"a.csv": b"ID,Name\n1,Rosa\n", "m.toml": mapping}, name="national", title="National list"
    )
    assert lists.counts(first)["added"] == 1
    again = lists.load("csv", {"b.csv": b"ID,Name\n1,Rosa\n2,Ana\n"}, name="national")
    assert lists.counts(again) == {"added": 1, "changed": 0, "gone": 0, "unchanged": 1, "refused": 0}
    assert Source.objects.get(pk="national").title == "National list"
    with pytest.raises(Invalid, match=r"watchlist\.file_missing"):
        lists.load("csv", {"b.csv": b"ID,Name\n1,Rosa\n"}, name="other")


def test_loading_is_logged_and_survives_a_rebuild() -> None:
    make.country()
    lists.load("ofac", lists.ofac(12))
    acts = set(LogEntry.objects.values_list("act", flat=True))
    assert {"watchlist.asked", "watchlist.loaded", "record.stored"} <= acts
    before = list(Record.objects.order_by("id").values_list("state", "office_id", "validated_at", "nominal_summary"))
    rebuild_projection()
    after = list(Record.objects.order_by("id").values_list("state", "office_id", "validated_at", "nominal_summary"))
    assert [row[:2] + row[3:] for row in after] == [row[:2] + row[3:] for row in before]
    assert all(row[2] for row in after)


def test_a_load_that_died_goes_on_where_it_was() -> None:
    make.country()
    lists.load("ofac", lists.ofac(12))
    Entry.objects.filter(key__in=["100", "101"]).delete()  # stored, but the note of it was lost
    again = lists.counts(lists.load("ofac", lists.ofac(12)))
    assert again == {"added": 2, "changed": 0, "gone": 0, "unchanged": 10, "refused": 0}
    assert Record.objects.filter(origin="list:ofac").count() == 12


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"format": "eu"}, "watchlist.format_unknown"), ({"name": "UN list"}, "watchlist.name_shape"),
     ({"files": {"a.xml": b""}}, "watchlist.empty")],
)  # fmt: skip
def test_what_is_no_list_is_refused_at_once(changes: dict[str, object], code: str) -> None:
    make.country()
    given = {"format": "un", "files": {"a.xml": lists.un()}, **changes}
    with pytest.raises((Invalid, NotFound)) as refused:
        ask_load(system_actor(LOAD_LISTS), **given)
    assert refused.value.code == code


def test_an_officer_cannot_load_a_list() -> None:
    make.country()
    with pytest.raises(Forbidden):
        ask_load(make.actor("officer"), format="un", files={"a.xml": lists.un()})


def test_both_real_lists_arrive_whole(shared_data: Path) -> None:
    make.country()
    folder = shared_data / "watchlists"
    read = {path.name: path.read_bytes() for path in folder.glob("ofac_*.csv")}
    assert lists.counts(lists.load("ofac", read)) == {
        "added": 8976,
        "changed": 0,
        "gone": 0,
        "unchanged": 0,
        "refused": 0,
    }
    consolidated = folder / "UN_consolidated_2026-02-27.xml"
    assert lists.counts(lists.load("un", {"un.xml": consolidated.read_bytes()}))["added"] == 1003
    assert lists.counts(lists.load("ofac", read))["unchanged"] == 8976
    officer = make.actor("officer")
    for origin, kinds in (("list:un", [730, 273, 0]), ("list:ofac", [4620, 3673, 683])):
        seen = visible_to(officer).filter(origin=origin)
        assert [seen.filter(type=kind).count() for kind in ("suspect", "company", "conveyance")] == kinds
    ship = visible_to(officer).filter(origin="list:ofac", type="conveyance").first()
    assert get_record(officer, "conveyance", ship.id).state == "validated"
