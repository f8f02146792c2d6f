"""Rows that figures share: marks of lines, halves of a rebuild, what is laid over, and stores too large to hold."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest

from opencen.analysis.facts import snapshot, store, stored
from opencen.analysis.facts.columns import EVERY_FIRST, LINE, SEVERAL_SECTIONS
from opencen.analysis.facts.extraction import Row, mark_firsts
from opencen.analysis.facts.snapshot import drop_snapshot, present_snapshot
from opencen.analysis.facts.store import FACTS
from opencen.analysis.measures.base import STANDINGS
from opencen.analysis.measures.selection import STATES, VALIDATED, Selection
from opencen.analysis.queries import ask
from opencen.analysis.questions import corridors
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up, rebuild
from opencen.records.models import Record
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture
from tests.analysis.worlds import World

EVERYTHING = Selection(states=STATES)
YEARS = Selection(date(2025, 1, 1), date(2026, 12, 1), states=STATES)
ASKED = ("cases_by_month", "cases_by_section", "corridors", "section_by_location", "tiles", "involvement")


def line(section: str | None, mode: str = "air") -> Row:
    """Make the values of a line with a section and a means of transport."""
    said = {"section": section, "flow": section, "commodity": section, "mode": mode}
    return tuple(said.get(column.name) for column in LINE[3:])


@pytest.mark.parametrize(
    ("lines", "marks"),
    [
        ([line("drugs")], [EVERY_FIRST]),
        ([line(None)], [EVERY_FIRST]),
        ([line("drugs"), line("drugs")], [EVERY_FIRST, 0]),
        ([line("drugs"), line("drugs", "sea")], [EVERY_FIRST, 0b100000]),
        ([line("drugs"), line("money"), line("ipr")], [EVERY_FIRST, 0b111 | SEVERAL_SECTIONS, 0b111]),
        ([line("drugs"), line(None)], [EVERY_FIRST, 0b111]),
        ([line(None), line("drugs"), line("money")], [EVERY_FIRST, 0b111, 0b111 | SEVERAL_SECTIONS]),
    ],
)
def test_a_line_is_marked_for_each_answer_that_it_is_the_first_to_state(lines: list[Row], marks: list[int]):
    stated = set[tuple[int, str | None]]()
    assert [mark_firsts(one, stated) for one in lines] == marks


def test_the_standings_of_usual_selections_follow_each_other():
    counted, every = ("seizure", "offence"), ("seizure", "offence", "detention")
    for kinds, states in ((counted, VALIDATED), (counted, STATES), (every, STATES)):
        numbers = sorted(STANDINGS[kind, state] for kind in kinds for state in states)
        assert numbers == list(range(len(numbers)))
    assert len(set(STANDINGS.values())) == len(STANDINGS) < 128


def answers(world: World) -> list[tuple[object, ...]]:
    """Ask some figures as every reader, as of no moment."""
    found: list[tuple[object, ...]] = []
    for name, actor in sorted(world.readers().items()):
        for question in ASKED:
            for chosen in (EVERYTHING, YEARS):
                answer = ask(actor, question, chosen)
                found.append((name, question, answer.rows, answer.totals, answer.notes))
    return found


@pytest.mark.django_db
def test_figures_say_the_same_of_rows_that_do_not_fit_in_memory(monkeypatch: pytest.MonkeyPatch):
    world = World.make(21, cases=40, controls=3)
    seal_all()
    rebuild(FACTS)
    held = answers(world)
    assert present_snapshot().can_hold
    monkeypatch.setattr(snapshot, "ROW_BYTES", 1 << 40)
    drop_snapshot()
    assert answers(world) == held
    assert not present_snapshot().can_hold


@pytest.mark.django_db
def test_figures_say_the_same_of_texts_that_are_not_kept_as_codes(monkeypatch: pytest.MonkeyPatch):
    world = World.make(22, cases=40, controls=3)
    seal_all()
    rebuild(FACTS)
    coded = answers(world)
    monkeypatch.setattr(stored, "MOST_CODES", 0)
    drop_snapshot()
    assert answers(world) == coded


@pytest.mark.django_db
def test_what_the_worker_takes_in_lies_over_the_rows_laid_out_before():
    world = World.make(23, cases=30, controls=3)
    seal_all()
    rebuild(FACTS)
    ask(world.readers()["all"], "cases_by_section", EVERYTHING)
    laid = present_snapshot().stored
    for record in world.cases[::5]:
        world.amend(record)
    world.add_case()
    seal_all()
    catch_up(FACTS)
    over = answers(world)
    assert present_snapshot().stored is laid
    assert len(FACTS.manifest().deltas) == 1
    rebuild(FACTS)
    assert answers(world) == over
    assert present_snapshot().stored is not laid


@pytest.mark.django_db
def test_a_rebuild_in_two_halves_holds_what_one_in_a_whole_does(monkeypatch: pytest.MonkeyPatch):
    World.make(24, cases=24, controls=6)
    seal_all()
    assert rebuild(FACTS) == 30
    whole = stored_rows()
    ids = sorted(Record.objects.values_list("pk", flat=True))
    for middle in (ids[0], ids[11], ids[-1]):
        monkeypatch.setattr(store, "find_middle", lambda middle=middle: middle)
        monkeypatch.setattr(store, "second_half", half_here)
        assert rebuild(FACTS) == 30
        assert FACTS.manifest().parts[0].records == 30
        assert stored_rows() == whole
        assert [path.name for path in FACTS.folder.glob("*.half")] == []
        assert FACTS.verify() == []


@contextmanager
def half_here(middle: UUID, number: int) -> Iterator[Future[int]]:
    """Write the second half in this process."""
    done: Future[int] = Future()
    done.set_result(FACTS.write_half(number, middle))
    yield done


def stored_rows() -> list[str]:
    drop_snapshot()
    run = present_snapshot().connection.execute
    return sorted(str(row) for table in ("lines", "controls") for row in run(f"SELECT * FROM {table}").fetchall())


@pytest.mark.django_db
def test_corridors_beyond_the_largest_are_counted_in_the_totals(monkeypatch: pytest.MonkeyPatch):
    world = World.make(25, cases=40, controls=0)
    actor = world.readers()["all"]
    every = ask(actor, "corridors", EVERYTHING)
    assert every.notes[0].data["shown"] == every.notes[0].data["pairs"] == len(every.rows)
    monkeypatch.setattr(corridors, "MOST", 3)
    largest = ask(actor, "corridors", EVERYTHING)
    assert largest.rows == every.rows[:3]
    assert largest.totals == every.totals
    assert largest.details == every.details
    assert largest.notes[0].data == {**every.notes[0].data, "shown": 3}
    named = {country for row in every.rows for country in row[:2] if country not in (None, "unknown")}
    for country in named:
        counted = sum(row[2] for row in every.rows if country in row[:2])
        assert every.details["countries"][country] == counted


NARROWED = (
    (("commodity", ("drugs",)),),
    (("commodity", ("drugs.cannabis", "environment.fauna")),),
    (("commodity", ("drugs", "drugs.cannabis.resin")),),
    (("commodity", ("empty", "revenue")),),
    (("concealment", ("in_baggage",)),),
    (("concealment", ("in_baggage.hand",)), ("direction", ("import", "empty"))),
    (("mode", ("vehicle",)), ("location_type", ("airport",))),
    (("kind", ("offence",)),),
)
OF_LINES_ALONE = (
    "operational_panel",
    "section_by_location",
    "corridors",
    "departure_by_destination_region",
    "goods_by",
)


@pytest.mark.django_db
def test_what_narrows_a_figure_is_told_when_shared_rows_are_read(monkeypatch: pytest.MonkeyPatch):
    readers = World.make(26, cases=60, controls=3).readers()
    seal_all()
    rebuild(FACTS)
    chosen = [Selection(states=STATES, filters=found) for found in NARROWED]
    chosen += [
        Selection(states=STATES, offices=("RDS",)),
        Selection(states=STATES, offices=("SFA",), filters=NARROWED[0]),
    ]

    def tell(reader: str) -> list[object]:
        return [ask(readers[reader], name, one).rows for name in OF_LINES_ALONE for one in chosen]

    drop_snapshot()
    told = tell("national")
    assert len(present_snapshot().stored._held) == 1
    told += tell("all") + tell("one office")
    assert len(present_snapshot().stored._held) == 3
    monkeypatch.setattr(snapshot, "ROW_BYTES", 1 << 40)
    drop_snapshot()
    assert told == tell("national") + tell("all") + tell("one office")
    assert any(told)


@pytest.mark.django_db
def test_marks_of_lines_are_worked_out_anew_where_a_filter_leaves_lines_out(monkeypatch: pytest.MonkeyPatch):
    readers = World.make(27, cases=60, controls=3).readers()
    seal_all()
    rebuild(FACTS)
    chosen = [Selection(states=STATES, filters=found) for found in NARROWED]
    drop_snapshot()
    names = ("cases_by_month", "cases_by_section", "tiles", "departures")
    held = [ask(readers["all"], name, one).rows for name in names for one in chosen]
    monkeypatch.setattr(snapshot, "ROW_BYTES", 1 << 40)
    drop_snapshot()
    assert held == [ask(readers["all"], name, one).rows for name in names for one in chosen]
