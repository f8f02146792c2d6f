"""How well an office reports beside the country, against a count over the documents, record by record."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from statistics import mean, median
from typing import Any

import pytest

from opencen.accounts.queries import office_tree
from opencen.analysis.facts import snapshot
from opencen.analysis.facts.snapshot import drop_snapshot
from opencen.analysis.measures.selection import STATES, Selection
from opencen.analysis.queries import ask
from opencen.kernel.actor import Actor
from opencen.kernel.partial_dates import PartialDate
from opencen.records.lock import LockTerms, lock_terms
from tests.analysis import oracle
from tests.analysis.fixtures import facts, still  # noqa: F401 - fixtures
from tests.analysis.oracle import Seen
from tests.analysis.test_measures import STEPS, made_world
from tests.analysis.worlds import World

pytestmark = pytest.mark.django_db
PERIODS = (
    Selection(),
    Selection(date(2025, 6, 1), date(2026, 6, 1)),
    Selection(date(2026, 2, 1), date(2026, 2, 1)),
    Selection(date(2019, 1, 1), date(2019, 12, 1)),
)
OF_CASES = ("location_type", "direction", "e_commerce", "detection_method", "departure", "destination")
OF_LINES = ("commodity", "concealment", "mode")
DAY = 86400


@pytest.fixture(params=range(50, 53))
def world(request: pytest.FixtureRequest) -> World:
    request.getfixturevalue("still")
    return made_world(request.param, STEPS[request.param % 3])


def handed_in(actor: Actor, chosen: Selection, terms: LockTerms) -> list[Seen]:
    """Return the cases of any kind that were handed in for the months of a period, as far as the lock lets through."""
    found = []
    for seen in oracle.seen_by(actor, "case"):
        record, month = seen.record, oracle.month_of(seen)[0]
        is_in_time = (
            month and (not chosen.since or chosen.since <= month) and (not chosen.until or month <= chosen.until)
        )
        is_open = terms.admits("case", record.office_id, record.sensitivity, record.compartment_id)
        if record.state in STATES and is_in_time and is_open:
            found.append(seen)
    return found


def rates_of(cases: list[Seen]) -> list[Any]:
    """Rate cases by hand: completeness, days to enter and to validate, the share of answers that are unknown."""
    entered, checked, answers = [], [], list[Any]()
    for seen in cases:
        record, stated = seen.record, PartialDate.parse(seen.document["detected_at"])
        midnight = datetime.combine(stated.first_day(), time(), UTC)
        days = (record.created_at - midnight).total_seconds() / DAY
        if not record.batch and stated.precision in ("day", "time") and days >= 0:
            entered.append(days)
        if not record.batch and record.validated_at:
            checked.append((record.validated_at - record.created_at).total_seconds() / DAY)
        answers += [oracle.PICKS[name](seen.document, {}) for name in OF_CASES]
        answers += [
            oracle.PICKS[name](seen.document, line)
            for line in oracle.contraband(seen.document)
            for name in OF_LINES
            if line
        ]
    given = [answer for answer in answers if answer is not None]
    return [
        mean(seen.record.quality for seen in cases) / 100 if cases else None,
        median(entered) if entered else None,
        median(checked) if checked else None,
        sum(answer == "unknown" for answer in given) / len(given) if given else None,
    ]


def check_offices(everything: Actor, actor: Actor) -> None:
    """Compare what a reader is told of every office and of the country with the count by hand."""
    country_terms = LockTerms(frozenset({"case"}), None, 0, frozenset())
    for chosen in PERIODS:
        country = handed_in(everything, chosen, country_terms)
        has_country = len({seen.record.office_id for seen in country}) >= 3
        for own in ("RDS", "TUN"):
            below = office_tree().below(office_tree().by_code[own].id)
            mine = [seen for seen in handed_in(actor, chosen, lock_terms(actor)) if seen.record.office_id in below]
            found = ask(actor, "office_beside_country", chosen, {"own": own})
            assert [row[1] for row in found.rows] == [pytest.approx(one, abs=1 / DAY) for one in rates_of(mine)]
            assert found.details == {"cases": len(mine), "has_country": has_country}
            expected = rates_of(country) if has_country else [None] * 4
            assert [row[2] for row in found.rows] == [pytest.approx(one, abs=1 / DAY) for one in expected]


def test_rates_of_an_office_and_the_country_are_those_of_a_count_over_the_documents(world: World):
    readers = world.readers()
    for actor in readers.values():
        check_offices(readers["all"], actor)


def test_rates_are_the_same_of_rows_that_do_not_fit_in_memory(monkeypatch: pytest.MonkeyPatch):
    readers = made_world(53, STEPS[1]).readers()
    monkeypatch.setattr(snapshot, "ROW_BYTES", 1 << 40)
    drop_snapshot()
    check_offices(readers["all"], readers["all"])
