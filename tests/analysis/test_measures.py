"""Every figure against a plain count over the documents, in random worlds, for readers who see different parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from opencen.analysis.facts.snapshot import present_snapshot
from opencen.analysis.facts.store import FACTS
from opencen.analysis.measures.quantities import quantities_by
from opencen.analysis.measures.reader import Reader
from opencen.analysis.measures.selection import STATES, Selection
from opencen.analysis.queries import ask
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Forbidden, Invalid
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up, rebuild
from tests import make
from tests.analysis import oracle
from tests.analysis.fixtures import facts, still  # noqa: F401 - fixtures
from tests.analysis.worlds import World

pytestmark = pytest.mark.django_db

SELECTIONS = {
    "this year": Selection(date(2026, 1, 1), date(2026, 12, 1), states=STATES),
    "a few months": Selection(date(2026, 1, 1), date(2026, 6, 1), states=STATES),
    "without a period": Selection(states=STATES),
    "validated": Selection(date(2025, 1, 1), date(2026, 12, 1)),
    "by report": Selection(date(2026, 1, 1), date(2026, 12, 1), time="reported", states=STATES),
    "by validation": Selection(date(2026, 1, 1), date(2026, 12, 1), time="validated", states=STATES),
    "drugs": Selection(states=STATES, filters=(("commodity", ("drugs",)),)),
    "airport or empty": Selection(states=STATES, filters=(("location_type", ("airport", "empty")),)),
    "two filters": Selection(
        states=STATES, filters=(("concealment", ("in_baggage",)), ("detection_method", ("risk_profiling", "unknown")))
    ),
}


def stay_live(world: World) -> None:
    """Leave the store empty: every record is read live."""


def be_stored(world: World) -> None:
    """Take everything into the store."""
    seal_all()
    catch_up(FACTS)


def be_rebuilt_and_change(world: World) -> None:
    """Build the store anew, then change, add and judge records: some sealed and taken in, some not."""
    seal_all()
    rebuild(FACTS)
    for record in world.cases[::4]:
        world.amend(record)
    seal_all()
    catch_up(FACTS)
    fresh = [world.add_case() for _ in range(6)]
    for record in world.cases[1:20:5]:
        world.amend(record)
    world.judge(fresh)
    seal_all()
    world.add_case()


STEPS = [stay_live, be_stored, be_rebuilt_and_change]


@pytest.fixture(params=[(1, stay_live), (2, be_stored), (3, be_rebuilt_and_change)], ids=lambda p: p[1].__name__)
def world(request: pytest.FixtureRequest) -> World:
    request.getfixturevalue("still")
    seed, step = request.param
    return made_world(seed, step)


def made_world(seed: int, step: Callable[[World], None]) -> World:
    found = World.make(seed)
    step(found)
    return found


def check_reader(actor: Actor, chosen: Selection) -> None:
    """Compare the figures of one reader with the oracle's."""
    month = ask(actor, "cases_by_month", chosen)
    expected = oracle.count_by(actor, chosen, "month")
    assert {row[0]: row[1:3] for row in month.rows if row[1]} == expected
    assert tuple(month.totals.values()) == oracle.count_all(actor, chosen)
    section = ask(actor, "cases_by_section", chosen)
    assert {row[0]: row[1:3] for row in section.rows} == oracle.count_by(actor, chosen, "section")
    grid = ask(actor, "section_by_location", chosen)
    counts = oracle.count_by(actor, chosen, "section", "location_type")
    assert {row[:2]: row[2] for row in grid.rows if row[2]} == {
        key: value[1] for key, value in counts.items() if value[1]
    }
    check_panel(actor, chosen)
    check_corridors(actor, chosen)
    check_tiles(actor, chosen)


def check_panel(actor: Actor, chosen: Selection) -> None:
    panel = ask(actor, "operational_panel", chosen)
    for name, pick in (("location_type",) * 2, ("concealment", "concealment_top"), ("direction",) * 2):
        expected = {key: value[1] for key, value in oracle.count_by(actor, chosen, pick).items() if value[1]}
        assert {row[1]: row[2] for row in panel.rows if row[0] == name} == expected
        assert sum(expected.values()) == panel.totals["seizures"]


def check_corridors(actor: Actor, chosen: Selection) -> None:
    found = ask(actor, "corridors", chosen)
    counts = oracle.count_by(actor, chosen, "departure", "destination")
    assert {row[:2]: row[2] for row in found.rows} == {key: value[1] for key, value in counts.items() if value[1]}


def check_tiles(actor: Actor, chosen: Selection) -> None:
    tiles = {row[0]: row[1] for row in ask(actor, "tiles", chosen).rows}
    cases, seizures = oracle.count_all(actor, chosen)
    checks = cases + oracle.count_checks(actor, chosen)
    assert (tiles["cases"], tiles["seizures"], tiles["checks"]) == (cases, seizures, checks)
    assert tiles["hit_rate"] == (pytest.approx(cases / checks) if checks else None)
    days = oracle.median_days(actor, chosen)
    assert tiles["days_to_validate"] == (None if days is None else pytest.approx(days, abs=1e-4))
    unknown = oracle.share_unknown(actor, chosen)
    assert tiles["unknown_share"] == (None if unknown is None else pytest.approx(unknown))


@pytest.mark.slow
def test_every_figure_equals_the_count_over_the_documents(world: World):
    for actor in world.readers().values():
        for chosen in (SELECTIONS["this year"], SELECTIONS["without a period"], SELECTIONS["validated"]):
            check_reader(actor, chosen)


@pytest.mark.slow
def test_every_selection_counts_what_it_says(world: World):
    actor = world.readers()["all"]
    for chosen in SELECTIONS.values():
        check_reader(actor, chosen)


@pytest.mark.slow
@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("seed", range(10, 16))
def test_many_worlds_agree_with_the_oracle(seed: int):
    world = made_world(seed, STEPS[seed % 3])
    for actor in world.readers().values():
        for chosen in SELECTIONS.values():
            check_reader(actor, chosen)


def test_involvement_counts_a_country_in_each_of_its_roles(world: World):
    actor, chosen = world.readers()["all"], SELECTIONS["without a period"]
    expected: dict[tuple[str, str], set[str]] = {}
    for seen, _line in oracle.counted(actor, chosen):
        legs = [(leg["country"], leg["role"]) for leg in seen.document.get("route", ())]
        for pair in [*legs, (seen.document["country"], "reporter")]:
            expected.setdefault(pair, set()).add(seen.event)
    found = ask(actor, "involvement", chosen)
    names = [column.name for column in found.columns]
    for row in found.rows:
        for role, value in zip(names[2:], row[2:], strict=True):
            assert value == len(expected.get((row[0], role), ())), (row[0], role)
        named = [events for (country, _role), events in expected.items() if country == row[0]]
        assert row[1] == len(set().union(*named))


def test_the_middle_of_a_country_is_no_place(world: World):
    actor, chosen = world.readers()["all"], SELECTIONS["without a period"]
    expected: dict[str, int] = {}
    for seen, line in oracle.counted(actor, chosen):
        place = seen.document.get("place", {})
        if line and place and place.get("precision") != "country":
            name = place.get("locode") or place["latitude"]
            expected[name] = expected.get(name, 0) + 1
    found = ask(actor, "points", chosen)
    assert {row[0] or str(row[1]): row[4] for row in found.rows} == expected
    assert found.totals["known"] == sum(expected.values())


def test_quantities_of_one_family_are_added_exactly(world: World):
    actor, chosen = world.readers()["all"], SELECTIONS["without a period"]
    reader = Reader.of(actor, present_snapshot(), chosen)
    for family in ("mass", "count", "volume"):
        found = {row[0]: row[2] for row in quantities_by(reader, ("section",), family=family)}
        assert found == oracle.sum_family(actor, chosen, family)
        assert all(isinstance(value, Decimal) for value in found.values())


def test_quantities_of_several_families_are_an_error_and_no_number(world: World):
    reader = Reader.of(world.readers()["all"], present_snapshot(), SELECTIONS["without a period"])
    with pytest.raises(Invalid, match=r"measure\.mixed_families") as caught:
        quantities_by(reader, ("section",))
    assert set(caught.value.data["families"]) >= {"mass", "count"}


def test_two_agencies_cases_of_one_event_count_once():
    officer, analyst = make.actor("officer", "RDS"), make.actor("analyst")
    first = make.submit_case(officer).record_id
    relation: dict[str, Any] = {"id": "e1", "kind": "same_event", "record": str(first)}
    make.submit_case(make.actor("officer", "TUN"), office="TUN", relations=[relation])
    chosen = Selection(states=STATES)
    assert ask(analyst, "cases_by_month", chosen).totals == {"cases": 1, "seizures": 2}
    only_second = make.actor("officer", "TUN")
    assert ask(only_second, "cases_by_month", chosen).totals == {"cases": 1, "seizures": 1}


def test_what_one_may_not_see_links_nothing():
    officer, analyst = make.actor("officer", "RDS"), make.actor("analyst", clearance=0)
    first = make.submit_case(officer).record_id
    reasons = {"event.reported_elsewhere": "invented"}
    second = make.submit_cases(officer, [make.case_document(detected_at="2026-03-13")], reasons=reasons)[0].record_id
    relations = [{"id": f"e{record}", "kind": "same_event", "record": str(record)} for record in (first, second)]
    hidden = make.case_document(relations=relations, detected_at="2026-01-14")
    make.submit_cases(officer, [hidden], sensitivity=1, reasons=reasons)
    chosen = Selection(states=STATES)
    assert ask(analyst, "cases_by_month", chosen).totals["cases"] == 2
    assert ask(make.actor("analyst", clearance=1), "cases_by_month", chosen).totals["cases"] == 1


def test_figures_are_refused_without_the_permission():
    with pytest.raises(Forbidden):
        ask(make.actor("administrator"), "cases_by_month", Selection())


def test_a_gap_is_told_with_the_cases_of_those_who_did_report():
    make.country()
    reasons = {"event.reported_elsewhere": "invented", "case.repeated": "invented"}
    for office, day in (("RDS", "2026-06-12"), ("RDS", "2026-03-01"), ("TUN", "2026-03-02"), ("SFA", "2026-03-03")):
        document = make.case_document(office=office, detected_at=day, consignments=None)
        make.submit_cases(make.actor("officer", office), [document], reasons=reasons, mode="historical")
    chosen = Selection(date(2026, 3, 1), date(2026, 6, 1), states=STATES)
    found = ask(make.actor("analyst"), "cases_by_month", chosen)
    gaps = {row[0].month: (row[4], row[5]) for row in found.rows}
    assert gaps == {3: (3, 3), 4: (0, 3), 5: (0, 3), 6: (1, 3)}
    (note,) = found.notes
    assert note.data == {"month": date(2026, 6, 1), "missing": 2, "reported": 1, "now": 1, "before": 0}
