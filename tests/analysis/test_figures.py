"""The further figures of the national report against a plain count over the documents, in random worlds."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from opencen.accounts.queries import office_tree
from opencen.analysis.grids import plain_member
from opencen.analysis.measures.selection import STATES, Selection, add_months
from opencen.analysis.queries import ask
from opencen.analysis.wording import reported_text
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.seizures.quantities import normalised_line
from tests import make
from tests.analysis import oracle
from tests.analysis.fixtures import facts, still  # noqa: F401 - fixtures
from tests.analysis.test_measures import STEPS, made_world
from tests.analysis.worlds import World

pytestmark = pytest.mark.django_db
EVER = Selection(states=STATES)
SELECTIONS = (
    EVER,
    Selection(date(2026, 1, 1), date(2026, 12, 1), states=STATES),
    Selection(date(2025, 1, 1), date(2026, 12, 1)),
    Selection(states=STATES, filters=(("location_type", ("airport", "empty")),)),
)
GRIDS = {
    "region_by_section": ("region", "section"),
    "departure_by_destination_region": ("departure_region", "destination_region"),
    "direction_by_country": ("country", "direction"),
    "conveyance_by_direction": ("mode", "direction"),
}
MEASURED = ("location_type", "mode", "concealment", "e_commerce", "region")
PICKED = {"concealment": "concealment_top"}


@pytest.fixture(params=range(30, 33))
def world(request: pytest.FixtureRequest) -> World:
    request.getfixturevalue("still")
    return made_world(request.param, STEPS[request.param % 3])


def seizures_by(actor: Actor, chosen: Selection, *names: str) -> dict[Any, int]:
    """Count seizures by dimensions, row by row."""
    counts = oracle.count_by(actor, chosen, *names)
    return {key: value[1] for key, value in counts.items() if value[1]}


def check_grids(actor: Actor, chosen: Selection) -> None:
    for name, (down, across) in GRIDS.items():
        found = ask(actor, name, chosen)
        assert {row[:2]: row[2] for row in found.rows if row[2]} == seizures_by(actor, chosen, down, across), name
    for by in MEASURED:
        found = ask(actor, "goods_by", chosen, {"by": by})
        expected = seizures_by(actor, chosen, "flow", PICKED.get(by, by))
        assert {row[:2]: row[2] for row in found.rows if row[2]} == expected, by


def check_lists(actor: Actor, chosen: Selection) -> None:
    regions = ask(actor, "cases_by_region", chosen)
    assert {row[0]: row[1:3] for row in regions.rows} == oracle.count_by(actor, chosen, "region")
    departures = ask(actor, "departures", chosen)
    assert {row[0]: row[1:3] for row in departures.rows} == oracle.count_by(actor, chosen, "departure")
    assert tuple(departures.totals.values())[:2] == oracle.count_all(actor, chosen)
    countries = ask(actor, "top_reporters", chosen, {"by": "country"})
    assert {row[0]: row[1:3] for row in countries.rows} == oracle.count_by(actor, chosen, "country")


def check_offices(actor: Actor, chosen: Selection) -> None:
    events: dict[str, set[str]] = defaultdict(set)
    lines: Counter[str] = Counter()
    goods: dict[bool, Counter[Any]] = {True: Counter(), False: Counter()}
    for seen, line in oracle.counted(actor, chosen):
        code = office_tree().by_id[seen.record.office_id].code
        events[code].add(seen.event)
        lines[code] += bool(line)
        if line:
            goods[code == "RDS"][oracle.PICKS["flow"](seen.document, line)] += 1
    found = ask(actor, "top_reporters", chosen)
    assert {row[0]: row[1:3] for row in found.rows} == {code: (len(events[code]), lines[code]) for code in events}
    beside = ask(actor, "office_against_all", chosen, {"own": "RDS"})
    whole = goods[True] + goods[False]
    assert {row[0]: (row[1], row[3]) for row in beside.rows} == {
        flow: (goods[True][flow], whole[flow]) for flow in whole
    }
    assert sum(row[4] for row in beside.rows) == pytest.approx(1 if whole else 0)


def check_money_and_species(actor: Actor, chosen: Selection) -> None:
    sums: dict[Any, list[Any]] = defaultdict(lambda: [0, Decimal(0)])
    species: Counter[Any] = Counter()
    for seen, line in oracle.counted(actor, chosen):
        flow = oracle.PICKS["flow"](seen.document, line)
        if flow in ("environment.fauna", "environment.flora"):
            species[flow, line["commodity"], oracle.PICKS["appendix"](seen.document, line)] += 1
        if oracle.currency(line):
            key = tuple(oracle.PICKS[name](seen.document, line) for name in ("currency", "mode", "direction"))
            sums[key][0] += 1
            sums[key][1] += normalised_line(line).value or 0
    money = ask(actor, "currency_by_conveyance", chosen)
    assert {row[:3]: list(row[3:]) for row in money.rows} == dict(sums)
    split = ask(actor, "cites_appendix", chosen)
    assert {row[:3]: row[4] for row in split.rows} == dict(species)


def check_commerce_and_legs(actor: Actor, chosen: Selection) -> None:
    said: dict[Any, Counter[Any]] = defaultdict(Counter)
    legs: dict[Any, set[str]] = defaultdict(set)
    for seen, line in oracle.counted(actor, chosen):
        if line:
            said[oracle.PICKS["section"](seen.document, line)][seen.document.get("e_commerce")] += 1
        way = [leg["country"] for leg in seen.document.get("route", ())]
        for pair in pairwise(way):
            if pair[0] != pair[1]:
                legs[pair].add(seen.event)
    found = {row[0]: row[1:] for row in ask(actor, "e_commerce", chosen).rows}
    assert {key: row[:5] for key, row in found.items()} == {
        key: (n.total(), n["yes"], n["no"], n["unknown"], n[None]) for key, n in said.items()
    }
    for key, n in said.items():
        known = n["yes"] + n["no"]
        assert found[key][5] == (pytest.approx(n["yes"] / known) if known else None)
    drawn = ask(actor, "route_legs", chosen)
    assert {row[:2]: row[2] for row in drawn.rows} == {pair: len(events) for pair, events in legs.items()}


def check_subtypes(actor: Actor, chosen: Selection) -> None:
    for family in ("mass", "count", "volume"):
        totals: dict[Any, Decimal] = defaultdict(Decimal)
        lines: Counter[Any] = Counter()
        for _seen, line in oracle.counted(actor, chosen):
            amounts = [a.value for a in normalised_line(line).amounts() if a.family == family] if line else []
            if amounts:
                totals[line.get("commodity")] += sum(amounts)
                lines[line.get("commodity")] += 1
        found = ask(actor, "subtypes", chosen, {"family": family})
        assert {row[0]: row[1] for row in found.rows} == seizures_by(actor, chosen, "commodity")
        assert {row[0]: row[2] for row in found.rows if row[4]} == dict(totals)
        for row in found.rows:
            assert row[4] == lines[row[0]]
            assert row[5] == (totals[row[0]] / row[4] if row[4] else None)


def check_pivot(actor: Actor, chosen: Selection, rows: str, columns: str) -> None:
    cases, _seizures = oracle.count_all(actor, chosen)
    expected = oracle.count_by(actor, chosen, PICKED.get(rows, rows), PICKED.get(columns, columns))
    for index, measure in enumerate(("cases", "seizures")):
        asked = {"measure": measure, "rows": rows, "columns": columns}
        if 0 < cases < 5:
            with pytest.raises(Invalid, match=r"figure\.cell_too_small") as caught:
                ask(actor, "pivot", chosen, asked)
            assert (caught.value.data["total"], caught.value.data["least"]) == (cases, 5)
            continue
        found = ask(actor, "pivot", chosen, asked)
        plain = {(plain_member(rows, key[0]), plain_member(columns, key[1])): value for key, value in expected.items()}
        assert {row[:2]: row[2] for row in found.rows if row[2]} == {
            key: value[index] for key, value in plain.items() if value[index]
        }
        assert found.totals[measure] == (cases, _seizures)[index]


def check_money_and_arrests(actor: Actor, chosen: Selection) -> None:
    """Compare value, duties and arrests with the count over the documents; foreign money counts by its own rate."""
    if oracle.count_all(actor, chosen)[0] < 5:
        return
    for pair in (("section", "sex"), ("technique", "nationality"), ("direction", "week"), ("sex", "age_band")):
        asked = {"rows": pair[0], "columns": pair[1]}
        for kind in ("value", "duties"):
            found = ask(actor, "pivot", chosen, {"measure": kind, **asked})
            expected = {key: total for key, total in oracle.sum_money(actor, chosen, kind, *pair).items() if total}
            assert {row[:2]: row[2] for row in found.rows if row[2]} == expected, (kind, pair)
            assert (found.totals[kind] or 0) == (oracle.sum_money(actor, chosen, kind).get(()) or 0)
            check_rates(actor, chosen, found.notes[-1].data)
    for pair in (("sex", "nationality"), ("technique", "direction"), ("age_band", "location_type")):
        found = ask(actor, "pivot", chosen, {"measure": "arrested", "rows": pair[0], "columns": pair[1]})
        expected = {key: count for key, count in oracle.count_arrested(actor, chosen, *pair).items() if count}
        assert {row[:2]: row[2] for row in found.rows if row[2]} == expected, pair


def check_rates(actor: Actor, chosen: Selection, said: Any) -> None:
    """Compare what is said of the rates with the documents."""
    lines = [line for _seen, line in oracle.counted(actor, chosen) if line]
    rated = [line["value"] for line in lines if (line.get("value") or {}).get("rate")]
    stated = [(line, [line.get("value") or {}, *line.get("duties", ())]) for line in lines]
    missing = [
        part
        for line, parts in stated
        for part in parts
        if part.get("currency") == "EUR" and not (line.get("value") or {}).get("rate")
    ]
    assert (said["rated"], said["unrated"]) == (len(rated), len(missing))
    assert set(said["sources"]) == {value.get("rate_source", "") for value in rated}


CHECKS = (
    check_grids, check_lists, check_offices, check_money_and_species, check_commerce_and_legs, check_subtypes,
    check_money_and_arrests,
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_figure_equals_the_count_over_the_documents(world: World, check: Any):
    for actor in world.readers().values():
        for chosen in SELECTIONS:
            check(actor, chosen)


@pytest.mark.slow
def test_any_two_dimensions_equal_the_count_over_the_documents(world: World):
    pairs = (
        ("section", "mode"), ("month", "flow"), ("departure_region", "direction"), ("e_commerce", "concealment"),
        ("sex", "nationality"), ("technique", "week"), ("age_band", "technique"), ("consignment", "consignor_country"),
    )  # fmt: skip
    for actor in world.readers().values():
        for chosen in SELECTIONS:
            for pair in pairs:
                check_pivot(actor, chosen, *pair)


def test_the_measures_of_checks_have_their_own_denominator(world: World):
    actor = world.readers()["all"]
    answer = ask(actor, "pivot", EVER, {"measure": "checks", "rows": "office", "columns": "detection_method"})
    cases, _seizures = oracle.count_all(actor, EVER)
    assert answer.totals["checks"] == cases + oracle.count_checks(actor, EVER)
    with pytest.raises(Invalid, match=r"pivot\.not_of_checks"):
        ask(actor, "pivot", EVER, {"measure": "hit_rate", "rows": "section", "columns": "office"})


def test_a_cell_that_mixes_units_is_named(world: World):
    actor = world.readers()["all"]
    with pytest.raises(Invalid, match=r"pivot\.mixed_cell") as caught:
        ask(actor, "pivot", EVER, {"measure": "quantity", "rows": "section", "columns": "direction"})
    assert " × " in caught.value.data["cell"]
    assert caught.value.path.startswith("cell[")
    found = ask(
        actor, "pivot", EVER, {"measure": "quantity", "rows": "section", "columns": "direction", "family": "mass"}
    )
    assert found.totals["quantity"] == sum(oracle.sum_family(actor, EVER, "mass").values())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"measure": "sorrow"}, "figure.unknown_choice"),
        ({"rows": "colour"}, "figure.unknown_choice"),
        ({"rows": "section", "columns": "section"}, "pivot.same_dimension"),
        ({"measure": "quantity", "family": "length"}, "figure.unknown_choice"),
    ],
)
def test_a_table_that_cannot_be_laid_out_says_what_would_be_right(asked: dict[str, str], code: str):
    make.country()
    with pytest.raises(Invalid) as caught:
        ask(make.actor("analyst"), "pivot", EVER, asked)
    assert caught.value.code == code


def test_three_cases_make_no_table_and_the_error_names_the_cell():
    officer = make.actor("officer", "RDS")
    reasons = {"event.reported_elsewhere": "invented", "case.repeated": "invented"}
    documents = [make.case_document(detected_at=f"2026-03-0{day}", consignments=None) for day in (1, 2, 3)]
    make.submit_cases(officer, documents, reasons=reasons, mode="historical")
    with pytest.raises(Invalid, match=r"figure\.cell_too_small") as caught:
        ask(make.actor("analyst"), "pivot", EVER, {"rows": "section", "columns": "location_type"})
    assert caught.value.data["count"] == 3
    assert "Drugs" in caught.value.data["cell"]


def test_reporting_without_a_period_shows_the_months_that_hold_something(world: World):
    found = ask(world.readers()["all"], "reporting_by_office_month", EVER)
    assert date(2025, 6, 1) in found.details["months"]
    assert date(2026, 6, 1) in found.details["months"]
    assert any(row[2] in ("in_time", "late") for row in found.rows)


def test_the_standing_of_an_office_is_that_of_its_months(world: World):
    actor = world.readers()["all"]
    grid: dict[str, Counter[str]] = defaultdict(Counter)
    for office, _month, standing in ask(actor, "reporting_by_office_month", SELECTIONS[1]).rows:
        grid[office][standing] += 1
    for office, cases, complete, in_time, _days, unknown in ask(actor, "office_standing", SELECTIONS[1]).rows:
        due = grid[office].total() - grid[office]["open"] - grid[office]["begun"]
        assert complete == min(1, (due - grid[office]["missing"]) / due)
        assert in_time == grid[office]["in_time"] / due
        narrowed = Selection(date(2026, 1, 1), date(2026, 12, 1), states=STATES, offices=(office,))
        assert cases == oracle_cases_of(actor, office)
        assert unknown == {row[0]: row[1] for row in ask(actor, "tiles", narrowed).rows}["unknown_share"]


def oracle_cases_of(actor: Actor, office: str) -> int:
    """Count the events of one office in 2026."""
    tree = office_tree()
    return len(
        {s.event for s, _l in oracle.counted(actor, SELECTIONS[1]) if tree.by_id[s.record.office_id].code == office}
    )


def test_months_of_offices_are_counted_by_one_rule_and_the_open_month_by_none(world: World):
    actor = world.readers()["all"]
    present = now().date().replace(day=1)
    found = ask(actor, "reporting_by_office_month", Selection(add_months(present, -3), present))
    offices, counted = len(found.details["offices"]), found.totals
    assert {row[2] for row in found.rows if row[1] == present} <= {"begun", "open"}
    assert {row[2] for row in found.rows if row[1] != present} <= {"in_time", "late", "missing"}
    assert (counted["due"], counted["open"]) == (3 * offices, offices)
    assert counted["reported"] == counted["in_time"] + counted["late"] == counted["due"] - counted["missing"]
    assert reported_text(counted, "en") == (
        f"Reported: {counted['reported']} of {counted['due']} months of offices that are over, "
        f"{counted['in_time']} in time. Still open and not counted: {offices}."
    )
