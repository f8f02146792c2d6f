"""The store of facts: nothing nominal in it, whole after every change, built anew alike, erased for good."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pyarrow.parquet as pq
import pytest

from opencen.analysis.facts import store as store_module
from opencen.analysis.facts.columns import CASE, CONTROL, LINE
from opencen.analysis.facts.manifest import NAME, rebuilding
from opencen.analysis.facts.snapshot import drop_snapshot, present_snapshot
from opencen.analysis.facts.store import FACTS
from opencen.analysis.measures.selection import STATES, Selection
from opencen.analysis.queries import ask
from opencen.log.sealer import seal_all
from opencen.records.derived import DERIVED, catch_up, load_current, rebuild
from opencen.records.effective import effective_schema
from opencen.records.models import Record
from opencen.records.paths import annotations_at, schema_leaves
from opencen.records.schema import Node
from tests import make
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture
from tests.analysis.worlds import World

pytestmark = pytest.mark.django_db
EVERYTHING = Selection(states=STATES)
MARK = "Quetzalcoatlus"


def stored_rows(table: str = "lines") -> list[tuple[Any, ...]]:
    """Read the rows of the store alone, as a set of texts in order."""
    drop_snapshot()
    found = present_snapshot().connection.execute(f"SELECT * FROM {table}").fetchall()
    return sorted(found, key=str)


def take_in() -> None:
    seal_all()
    catch_up(FACTS)


def test_every_column_rests_on_fields_that_name_nobody():
    for kind, columns in (("case", (*CASE, *LINE)), ("control", CONTROL)):
        tree = effective_schema(kind).tree
        for column in columns:
            for path in column.sources:
                leaf = annotations_at(tree, path)
                assert leaf is not None, (column.name, path)
                assert not leaf.nominal, (column.name, path)


def test_no_nominal_value_of_a_full_document_is_in_any_file():
    tree = effective_schema("case").tree
    document = make.case_document(
        narrative=f"{MARK} was seen",
        persons=[{"id": "p1", "name": MARK, "phones": [f"{MARK}1"], "nationality": "TN", "role": "driver"}],
        companies=[{"id": "k1", "name": f"{MARK} Ltd"}],
        staff=[{"id": "s1", "officer": MARK}],
        intelligence={"modus_operandi": MARK},
        lines=[make.line(description=MARK, found_as=MARK, marks=MARK)],
    )
    document["conveyances"][0] |= {"name": MARK, "carrier": MARK}
    document["consignments"][0] |= {"consignee": MARK, "declaration_number": MARK}
    reasons = dict.fromkeys(("media.missing",), "invented")
    record = make.submit_cases(make.actor("officer", "RDS"), [document], reasons=reasons, mode="historical")[
        0
    ].record_id
    current = load_current([record])[0]
    assert marked(current.document, tree)
    take_in()
    rows = [row for path in FACTS.folder.glob("*.parquet") for row in pq.read_table(path).to_pylist()]
    assert len(rows) == 2
    assert MARK not in str(rows)
    assert b"Quetzal" not in b"".join(path.read_bytes() for path in FACTS.folder.rglob("*.*") if path.is_file())


def marked(document: dict[str, Any], tree: Node) -> bool:
    """Tell whether the mark stands in several nominal fields, so that the test shows something."""
    assert any(leaf.nominal for _path, leaf in schema_leaves(tree))
    return json.dumps(document).count(MARK) >= 12


def test_the_facts_are_a_derived_store_of_the_spine():
    assert DERIVED.get("facts") is FACTS


def test_a_store_that_grew_equals_one_built_anew():
    world = World.make(5, cases=20, controls=5)
    take_in()
    for _round in range(12):
        world.amend(world.cases[_round])
        world.add_case()
        take_in()
    grown = stored_rows(), stored_rows("controls")
    assert len(FACTS.manifest().parts) <= store_module.MAX_DELTAS + 2
    assert FACTS.verify() == []
    rebuild(FACTS)
    assert len(FACTS.manifest().parts) == 1
    assert (stored_rows(), stored_rows("controls")) == grown
    assert FACTS.verify() == []


def test_small_parts_are_joined_and_large_ones_become_one(monkeypatch: pytest.MonkeyPatch):
    officer = make.actor("officer", "RDS")
    reasons = {"event.reported_elsewhere": "invented", "case.repeated": "invented"}
    monkeypatch.setattr(store_module, "MAX_DELTAS", 2)
    counts = []
    for day in range(1, 9):
        document = make.case_document(detected_at=f"2026-06-{day:02d}", consignments=None)
        make.submit_cases(officer, [document], reasons=reasons, mode="historical")
        take_in()
        counts.append(len(FACTS.manifest().parts))
        assert ask(make.actor("analyst"), "cases_by_month", EVERYTHING).totals["cases"] == day
    assert max(counts) == 3
    assert sorted(path.name for path in FACTS.folder.glob("*.parquet")) == sorted(
        name for part in FACTS.manifest().parts for name in part.files
    )


def test_an_amended_case_stands_in_the_facts_once():
    officer = make.actor("officer", "RDS")
    record = make.submit_case(officer).record_id
    take_in()
    make.amend_case(
        officer, record, 1, make.case_document(direction="transit"), reasons={"direction.contradiction": "x"}
    )
    take_in()
    assert len(stored_rows()) == 1
    rows = present_snapshot().connection.execute("SELECT direction, revision FROM lines").fetchall()
    assert rows == [("transit", 2)]


def test_what_changed_behind_the_cursor_is_read_live():
    officer, analyst = make.actor("officer", "RDS"), make.actor("analyst")
    record = make.submit_case(officer).record_id
    take_in()
    make.amend_case(
        officer, record, 1, make.case_document(direction="transit"), reasons={"direction.contradiction": "x"}
    )
    found = ask(analyst, "operational_panel", EVERYTHING)
    assert ("direction", "transit", 1, 1.0) in found.rows
    assert present_snapshot().live == 1


def test_a_record_that_moves_out_of_sight_leaves_the_figures_at_once():
    officer, analyst = make.actor("officer", "RDS"), make.actor("analyst", clearance=0)
    record = make.submit_case(officer).record_id
    take_in()
    assert ask(analyst, "cases_by_month", EVERYTHING).totals["cases"] == 1
    make.amend_case(
        officer, record, 1, make.case_document(direction="transit"), reasons={"direction.contradiction": "x"}
    )
    Record.objects.filter(pk=record).update(sensitivity=2)
    assert ask(analyst, "cases_by_month", EVERYTHING).totals["cases"] == 0


@pytest.mark.parametrize("damage", ["", "{", '{"parts": 3}', '{"cursor": 5, "parts": [{"number": 0}]}', "[]"])
def test_a_torn_manifest_is_an_empty_store_and_is_built_again(damage: str):
    make.submit_case(make.actor("officer", "RDS"))
    take_in()
    (FACTS.folder / NAME).write_text(damage)
    assert FACTS.cursor() == 0
    drop_snapshot()
    assert ask(make.actor("analyst"), "cases_by_month", EVERYTHING).totals["cases"] == 1
    take_in()
    assert FACTS.verify() == []


def test_a_lost_part_is_named_and_the_store_can_be_built_again():
    make.submit_case(make.actor("officer", "RDS"))
    take_in()
    (FACTS.folder / FACTS.manifest().parts[0].lines).unlink()
    assert any("cannot be read" in text for text in FACTS.verify())
    rebuild(FACTS)
    assert FACTS.verify() == []


def test_verify_names_what_differs():
    record = make.submit_case(make.actor("officer", "RDS")).record_id
    take_in()
    Record.objects.filter(pk=record).update(state="cancelled")
    (found,) = FACTS.verify()
    assert str(record) in found


def test_of_a_database_that_is_off_nothing_is_compared(settings: Any):
    record = make.submit_case(make.actor("officer", "RDS")).record_id
    take_in()
    Record.objects.filter(pk=record).update(state="cancelled")
    settings.INSTALLED_DATABASES = ("control",)
    assert FACTS.verify() == []
    settings.INSTALLED_DATABASES = ("case", "control")
    assert len(FACTS.verify()) == 1


def test_the_next_moment_reads_only_what_changed():
    officer, analyst = make.actor("officer", "RDS"), make.actor("analyst")
    reasons = {"event.reported_elsewhere": "invented", "case.repeated": "invented"}
    year = Selection(date(2026, 1, 1), date(2026, 12, 1), states=STATES)
    make.submit_cases(officer, [make.case_document(consignments=None)], reasons=reasons)
    take_in()
    assert ask(analyst, "section_by_location", year).totals["seizures"] == 1
    first = present_snapshot()
    later = make.case_document(detected_at="2026-03-01", consignments=None)
    record = make.submit_cases(officer, [later], reasons=reasons, mode="historical")[0].record_id
    assert ask(analyst, "section_by_location", year).totals["seizures"] == 2
    second = present_snapshot()
    assert second is not first
    assert second.stored is first.stored
    Record.objects.filter(pk=record).update(sensitivity=2)
    drop_snapshot()
    assert ask(make.actor("analyst", clearance=0), "section_by_location", year).totals["seizures"] == 1


def test_an_erased_record_leaves_no_trace_in_any_file():
    officer = make.actor("officer", "RDS")
    record = make.submit_case(officer, lines=[make.line(attributes={"brand": "Archaeopteryx"})]).record_id
    take_in()
    assert b"Archaeopteryx" in every_byte()
    make.amend_case(officer, record, 1, make.case_document())
    take_in()
    assert b"Archaeopteryx" in every_byte()
    FACTS.erase([record])
    assert b"Archaeopteryx" not in every_byte()
    assert FACTS.verify() == []


def every_byte() -> bytes:
    return b"".join(path.read_bytes() for path in FACTS.folder.rglob("*") if path.is_file())


def test_a_reader_goes_on_when_the_files_under_it_are_replaced():
    analyst = make.actor("analyst")
    make.submit_case(make.actor("officer", "RDS"))
    take_in()
    held = present_snapshot()
    rebuild(FACTS)
    held.forget()
    store_key = FACTS.manifest().parts[0].number
    assert store_key > 0
    assert ask(analyst, "cases_by_month", EVERYTHING).totals["cases"] == 1


def leftovers() -> list[str]:
    """List the files that only a rebuild writes."""
    return sorted(path.name for path in FACTS.folder.iterdir() if path.suffix in (".building", ".half"))


def break_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin a rebuild and break it off in the middle."""

    def stop(*_given: Any) -> int:
        (FACTS.folder / "part-000003-lines.parquet.half").write_bytes(b"half of it")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store_module, "_flush", stop)
        with pytest.raises(KeyboardInterrupt):
            rebuild(FACTS)
    assert len(leftovers()) == 3


@pytest.mark.django_db
def test_what_a_rebuild_left_that_broke_off_goes_when_the_next_begins(monkeypatch: pytest.MonkeyPatch):
    world = World.make(3, cases=6, controls=1)
    seal_all()
    break_off(monkeypatch)
    rebuild(FACTS)
    assert leftovers() == []
    assert FACTS.verify() == []
    break_off(monkeypatch)
    FACTS.erase([world.cases[0]])
    assert leftovers() == []


@pytest.mark.django_db
def test_a_rebuild_leaves_the_files_of_another_that_is_still_at_work():
    World.make(4, cases=6, controls=1)
    seal_all()
    with rebuilding(FACTS.folder, ()):
        (FACTS.folder / "part-000009-lines.parquet.building").write_bytes(b"of the other one")
        rebuild(FACTS)
        assert leftovers() == ["part-000009-lines.parquet.building"]
    rebuild(FACTS)
    assert leftovers() == []
