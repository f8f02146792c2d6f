"""What is taken away of any figure shows no number that rests on a handful of cases, nor lets one be worked out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.covering import NUMBERS, cover_answer, weigh_rows, write_member
from opencen.analysis.measures.dimensions import DIMENSIONS
from opencen.analysis.measures.protection import COVERED, LEAST
from opencen.analysis.measures.selection import STATES, Selection
from opencen.analysis.queries import Figures, open_figures
from opencen.analysis.question import QUESTIONS
from opencen.analysis.wording import covered_text
from opencen.kernel.clock import now
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture
from tests.analysis.worlds import World

pytestmark = pytest.mark.django_db
CHOSEN = Selection(date(2025, 1, 1), date(2026, 12, 1), states=STATES)
NAMED = {found.name for found in DIMENSIONS}
ASKED: list[tuple[str, dict[str, str]]] = [
    *((question.name, {}) for question in QUESTIONS),
    *(("e_commerce", {"by": by}) for by in ("region", "flow")),
    *(("goods_by", {"by": by}) for by in ("mode", "concealment")),
    ("top_reporters", {"by": "country"}),
    ("subtypes", {"family": "count"}),
    ("operational_panel", {"section": "drugs"}),
    ("office_against_all", {"own": "RDS"}),
    *(("pivot", {"measure": measure, "rows": "section", "columns": "month", "family": "mass"}) for measure in (
        "seizures", "quantity", "value", "duties", "arrested", "days_to_validate"
    )),
    ("pivot", {"measure": "hit_rate", "rows": "office", "columns": "month"}),
]  # fmt: skip


def members_of(answer: Answer, row: tuple[Any, ...]) -> dict[str, str]:
    """Return the members of a row as addresses write them."""
    found = {}
    for column, value in zip(answer.columns, row, strict=True):
        if column.name in NAMED and column.kind not in NUMBERS:
            written = write_member(column.name, value)
            found[column.name] = "empty" if written is None else str(written)
    return found


def check_small(figures: Figures, answer: Answer, covered: Answer) -> int:
    """Show that each row with fewer cases than may be shown is covered; return how many there were."""
    free = QUESTIONS.get(answer.question).free
    small = 0
    for before, after in zip(answer.rows, covered.rows, strict=True):
        members = members_of(answer, before)
        if not members:
            continue
        cases = len(figures.records_behind(CHOSEN, members, LEAST))
        shown = [
            (was, value)
            for column, was, value in zip(answer.columns, before, after, strict=True)
            if column.kind in NUMBERS and column.name not in free
        ]
        if 0 < cases < LEAST:
            small += 1
            assert all(value == COVERED or not was for was, value in shown), (answer.question, members, after)
    return small


@pytest.mark.parametrize(("name", "parameters"), ASKED)
def test_no_number_of_a_handful_leaves_in_any_figure(name: str, parameters: dict[str, str]):
    figures = open_figures(World.make(8, cases=45, controls=3).readers()["all"])
    answer, covered = figures.ask(name, CHOSEN, parameters), figures.ask_covered(name, CHOSEN, parameters)
    assert len(covered.rows) == len(answer.rows)
    for before, after in zip(answer.rows, covered.rows, strict=True):
        assert all(value in (was, COVERED) for was, value in zip(before, after, strict=True))
        counts = [
            value
            for column, value in zip(answer.columns, after, strict=True)
            if column.kind == "count" and column.name not in ("reported", "expected", "countries")
        ]
        assert not any(isinstance(value, int) and 0 < value < LEAST for value in counts), (after, covered.columns)
    if name not in ("tiles", "reporting_by_office_month", "points", "office_against_all", "operational_panel"):
        check_small(figures, answer, covered)
    assert not any(isinstance(total, int) and 0 < total < LEAST for total in covered.totals.values()) or (
        name == "reporting_by_office_month"
    )


@pytest.mark.parametrize("name", ["section_by_location", "corridors", "conveyance_by_direction"])
def test_no_covered_cell_of_a_grid_stands_alone_in_its_row_or_column(name: str):
    figures = open_figures(World.make(9, cases=60, controls=3).readers()["all"])
    answer, covered = figures.ask(name, CHOSEN), figures.ask_covered(name, CHOSEN)
    assert any(row[2] == COVERED for row in covered.rows)
    assert any(row[2] != COVERED and row[2] for row in covered.rows)
    for side in (0, 1):
        for member in {row[side] for row in answer.rows}:
            line = [
                (was[2], now_shown[2])
                for was, now_shown in zip(answer.rows, covered.rows, strict=True)
                if was[side] == member and was[2]
            ]
            hidden = [was for was, shown in line if shown == COVERED]
            assert not hidden or len(hidden) == len(line) or (len(hidden) > 1 and sum(hidden) >= LEAST)


def test_the_parts_of_a_covered_sum_and_the_share_of_a_covered_part_go_with_it():
    figures = open_figures(World.make(8, cases=45, controls=3).readers()["all"])
    for row in figures.ask_covered("e_commerce", CHOSEN, {"by": "flow"}).rows:
        if row[1] == COVERED:
            assert all(value in (COVERED, 0) for value in row[2:6])
        if COVERED in row[2:4]:
            assert row[6] == COVERED


def test_one_case_with_many_lines_is_one_case():
    columns = (member_column("section"), Column("seizures", "Seizures", "count"))
    answer = Answer("cases_by_section", "seizures", columns, (("drugs", 40), ("money", 30), ("ipr", 60)), now())
    covered = cover_answer(answer, [weigh_rows(answer, [1, 20, 30], [1])], 51)
    assert covered.rows == (("drugs", COVERED), ("money", COVERED), ("ipr", 60))
    assert covered.details["covered"] == 2


def test_a_total_of_a_handful_and_of_what_is_known_is_covered_too():
    columns = (member_column("section"), Column("seizures", "Seizures", "count"))
    answer = Answer("corridors", "seizures", columns, (("drugs", 3),), now(), totals={"seizures": 3, "known": 3})
    covered = cover_answer(answer, [weigh_rows(answer, [3], [1])], 3)
    assert covered.totals == {"seizures": COVERED, "known": COVERED}


@pytest.mark.parametrize(
    ("cases", "shown", "said"),
    [
        ([1, 20, 30], None, "of: Drugs, Money laundering and terrorist financing. At least one of them"),
        ([1, 20, 30], 1, "of: Drugs and 1 more. At least one of them"),
        ([20, 30, 1], 1, "of: Drugs and 1 more. At least one of them"),
        ([1, 0, 0], None, "of: Drugs. They rest on fewer than 5 cases."),
        ([30, 20, 1], 1, ""),
    ],
)
def test_what_is_covered_is_named_without_telling_which_of_it_is_small(cases: list[int], shown: int, said: str):
    columns = (member_column("section"), Column("seizures", "Seizures", "count"))
    rows = tuple((name, 40 if count else 0) for name, count in zip(("drugs", "money", "ipr"), cases, strict=True))
    answer = Answer("cases_by_section", "seizures", columns, rows, now())
    covered = cover_answer(answer, [weigh_rows(answer, cases, [1])], sum(cases))
    text = covered_text(covered, "en", shown)
    assert said in text
    assert bool(text) == bool(said)
