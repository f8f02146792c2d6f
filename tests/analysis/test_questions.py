"""What every question keeps to by being there."""

from __future__ import annotations

from datetime import date

import pytest

from opencen.analysis.facts.snapshot import present_snapshot
from opencen.analysis.measures.comparison import compare_years
from opencen.analysis.measures.dimensions import DIMENSIONS
from opencen.analysis.measures.reader import Reader, group_linked
from opencen.analysis.measures.selection import STATES, Selection, add_months, read_selection
from opencen.analysis.queries import ask
from opencen.analysis.question import QUESTIONS, Question
from opencen.codelists.catalogue import list_names
from opencen.kernel.errors import Invalid, NotFound
from opencen.kernel.ids import uuid7
from opencen.seizures.facets import CASE_FACETS
from tests import make
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture
from tests.analysis.worlds import World

pytestmark = pytest.mark.django_db
BASES = {"cases", "seizures", "offices", "quantity"}


@pytest.mark.parametrize("name", QUESTIONS.names())
def test_a_question_answers_in_full(name: str):
    world = World.make(8, cases=30, controls=3)
    found: Question = QUESTIONS.get(name)
    assert found.base in BASES
    assert str(found.title)
    assert (type(found).__doc__ or "").strip().endswith(".")
    answer = ask(world.readers()["all"], name, Selection(date(2025, 1, 1), date(2026, 12, 1), states=STATES))
    assert answer.question == name
    assert answer.rows
    assert all(len(row) == len(answer.columns) for row in answer.rows)
    assert len(answer.links) == len(answer.rows)
    known = {facet.name for facet in CASE_FACETS} | {"month", "office"}
    assert all(set(link) <= known for link in answer.links if link)
    lists = {column.codelist for column in answer.columns if column.codelist}
    assert lists <= set(list_names())


@pytest.mark.parametrize("name", QUESTIONS.names())
def test_a_question_over_nothing_answers_without_a_number_made_up(name: str):
    make.country()
    answer = ask(make.actor("analyst"), name, Selection(date(2020, 1, 1), date(2020, 3, 1)))
    assert all(value in (0, None, {}) for key, value in answer.totals.items() if key not in ("due", "missing", "open"))


def test_questions_have_titles_of_their_own():
    titles = [str(question.title) for question in QUESTIONS]
    sentences = [type(question).__doc__ for question in QUESTIONS]
    assert len(set(titles)) == len(titles)
    assert len(set(sentences)) == len(sentences)


def test_every_dimension_lays_figures_out():
    world = World.make(9, cases=12, controls=2)
    reader = Reader.of(world.readers()["all"], present_snapshot(), Selection(states=STATES))
    total = reader.total("seizures")
    for dimension in DIMENSIONS:
        rows = reader.tabulate((dimension.name,), ("seizures",))
        counted = sum(row[1] for row in rows)
        # A case with several persons or techniques stands in the cell of each.
        assert counted >= total if dimension.spread else counted == total, dimension.name


def test_a_dimension_that_is_not_there_is_refused():
    reader = Reader.of(make.actor("analyst"), present_snapshot(), Selection())
    with pytest.raises(NotFound, match=r"dimension\.unknown"):
        reader.tabulate(("colour",), ("cases",))
    with pytest.raises(Invalid, match=r"measure\.mixed_bases"):
        reader.tabulate((), ("cases", "checks"))


def test_a_comparison_takes_only_offices_that_reported_in_both_years():
    make.country()
    reasons = {"event.reported_elsewhere": "invented", "case.repeated": "invented"}
    stated = (
        ("RDS", "2025-03-01"),
        ("RDS", "2026-03-02"),
        ("RDS", "2026-04-02"),
        ("TUN", "2026-03-03"),
        ("SFA", "2025-03-04"),
    )
    for office, day in stated:
        document = make.case_document(office=office, detected_at=day, consignments=None)
        make.submit_cases(make.actor("officer", office), [document], reasons=reasons, mode="historical")
    chosen = Selection(date(2026, 1, 1), date(2026, 12, 1), states=STATES)
    comparison = compare_years(Reader.of(make.actor("analyst"), present_snapshot(), chosen))
    assert comparison.offices == {make.country()["RDS"].id}
    total = comparison.total("cases")
    assert (total.now, total.before, total.share) == (2, 1, None)
    changes = comparison.changes("section", "cases")
    assert (changes["drugs"].now, changes["drugs"].before) == (2, 1)


@pytest.mark.parametrize(
    ("links", "groups"),
    [
        ([], []),
        ([(1, 2)], [{1, 2}]),
        ([(1, 2), (3, 4), (2, 3)], [{1, 2, 3, 4}]),
        ([(1, 2), (3, 4)], [{1, 2}, {3, 4}]),
        ([(5, 4), (4, 3), (3, 2), (2, 1), (1, 5)], [{1, 2, 3, 4, 5}]),
        ([(1, 1)], [{1}]),
    ],
)
def test_what_is_linked_over_any_steps_is_one_group(links: list[tuple[int, int]], groups: list[set[int]]):
    ids = [uuid7() for _ in range(6)]
    found = group_linked([(ids[one], ids[other]) for one, other in links])
    by_head: dict[object, set[int]] = {}
    for record, head in found.items():
        by_head.setdefault(head, set()).add(ids.index(record))
    assert sorted(by_head.values(), key=sorted) == sorted(groups, key=sorted)


@pytest.mark.parametrize(("month", "count", "expected"), [
    (date(2026, 1, 1), -1, date(2025, 12, 1)),
    (date(2026, 12, 1), 1, date(2027, 1, 1)),
    (date(2026, 6, 1), -18, date(2024, 12, 1)),
    (date(2026, 6, 1), 0, date(2026, 6, 1)),
])  # fmt: skip
def test_months_are_counted_over_the_year(month: date, count: int, expected: date):
    assert add_months(month, count) == expected


def test_a_selection_is_reopened_as_it_was():
    given = {"from": ["2025-03"], "to": ["2026-02"], "time": ["reported"], "state": ["submitted"], "office": ["RDS"],
             "commodity": ["drugs"], "mode": ["air", "empty"]}  # fmt: skip
    chosen = read_selection(given, ("commodity", "mode"))
    again: dict[str, list[str]] = {}
    for name, value in chosen.to_query():
        again.setdefault(name, []).append(value)
    assert read_selection(again, ("commodity", "mode")) == chosen
