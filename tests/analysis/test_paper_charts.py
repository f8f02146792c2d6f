"""The bars of the printed report stand for what their figure is about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from opencen.analysis.answers import Answer, Column, member_column
from opencen.analysis.paper_charts import draw_section
from opencen.analysis.wording import write_share
from opencen.kernel.clock import now

SUBTYPES = (
    member_column("commodity"),
    Column("seizures", "Seizures", "count"),
    Column("quantity", "Quantity", "quantity"),
    Column("unit", "Unit", "text", "unit"),
)
E_COMMERCE = (
    member_column("commodity"),
    Column("seizures", "Seizures", "count"),
    Column("yes", "From e-commerce", "count"),
)
TOP = (member_column("commodity"), Column("seizures", "Seizures", "count"))


@pytest.mark.parametrize(
    ("question", "columns", "rows", "drawn"),
    [
        (
            "subtypes",
            SUBTYPES,
            (("drugs", 9, Decimal("2.5"), "kg"), ("tobacco", 3, Decimal("10"), "kg"), ("cites", 2, None, "")),
            [("10", 1.0), ("2.50", 0.25)],
        ),
        ("e_commerce", E_COMMERCE, (("drugs", 9, 1), ("tobacco", 3, 2), ("cites", 2, 0)), [("2", 1.0), ("1", 0.5)]),
        ("top", TOP, (("drugs", 9), ("tobacco", 3)), [("9", 1.0), ("3", 1 / 3)]),
    ],
)
def test_bars_are_drawn_of_what_the_figure_is_about(question: str, columns: Any, rows: Any, drawn: Any):
    chart = draw_section(Answer(question, "quantity", columns, rows, now()), "en")
    assert chart is not None
    assert [(bar.text, bar.length) for bar in chart.bars] == drawn


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Quantity: Kilogram"), ("fr", "Quantity: Kilogramme"), ("ar", "Quantity: كيلوغرام")]
)
def test_the_unit_of_bars_is_said_once_in_the_language_of_the_report(language: str, words: str):
    rows = (("drugs", 9, Decimal("2.5"), "kg"), ("tobacco", 3, Decimal("10"), "kg"), ("cites", 2, None, ""))
    chart = draw_section(Answer("subtypes", "quantity", SUBTYPES, rows, now()), language)
    assert chart is not None
    assert chart.legend == (words,)


def test_the_operational_panel_is_drawn_as_four_groups_of_bars_like_on_the_screen():
    columns = (
        Column("dimension", "Dimension", "text"),
        Column("member", "Value", "code"),
        Column("seizures", "Seizures", "count"),
        Column("share", "Share", "share"),
    )
    rows = (("direction", "import", 30, 0.75), ("direction", None, "*", "*"), ("location_type", "airport", 15, 0.5))
    chart = draw_section(Answer("operational_panel", "seizures", columns, rows, now()), "en")
    assert chart is not None
    drawn = [(group.title, [(bar.label, bar.text, bar.length) for bar in group.bars]) for group in chart.groups]
    assert drawn == [
        ("Direction", [("Import", "30 · 75.0 %", 1.0), ("Empty", "*", 0.0)]),
        ("Location", [("Airport", "15 · 50.0 %", 0.5)]),
    ]


@pytest.mark.parametrize(("cases", "is_covered"), [("*", True), (9, False)])
def test_a_covered_month_and_an_open_one_have_marks_of_their_own(cases: Any, is_covered: bool):
    names = ("cases", "seizures", "cases_last_year", "reported", "expected", "in_time")
    columns = (member_column("month"), *(Column(name, name, "count") for name in names))
    present = now().date().replace(day=1)
    rows = ((date(2026, 1, 1), cases, cases, 3, 2, 4, 1), (present, 8, 8, 7, 1, 4, 1))
    chart = draw_section(Answer("cases_by_month", "cases", columns, rows, now()), "en")
    assert chart is not None
    assert [(month.is_covered, month.is_open) for month in chart.months] == [(is_covered, False), (False, True)]
    assert ("covered" in chart.marks) == is_covered
    assert {"missing", "open"} <= set(chart.marks)


def test_a_covered_number_has_no_bar_and_no_column():
    chart = draw_section(Answer("top", "cases", TOP, (("drugs", 9), ("money", "*"), ("tobacco", 6)), now()), "en")
    assert chart is not None
    assert [(bar.text, bar.length) for bar in chart.bars] == [("9", 1.0), ("6", 6 / 9)]
    assert draw_section(Answer("top", "cases", TOP, (("drugs", "*"), ("tobacco", "*")), now()), "en") is None
    months = (
        member_column("month"),
        *(
            Column(name, name, "count")
            for name in ("cases", "seizures", "cases_last_year", "reported", "expected", "in_time")
        ),
    )
    rows = ((date(2026, 1, 1), "*", "*", 7, 2, 3, 1), (date(2026, 2, 1), 10, 20, "*", 3, 3, 3))
    drawn = draw_section(Answer("cases_by_month", "cases", months, rows, now()), "en")
    assert drawn is not None
    assert [(month.cases, month.seizures, month.before) for month in drawn.months] == [(0, 0, 0.35), (0.5, 1, 0)]


def test_a_sign_stays_before_its_number_in_arabic():
    assert write_share(Decimal("0.288"), "ar", signed=True).startswith("\u200e+")
    assert write_share(Decimal("0.288"), "en", signed=True) == "+28.8 %"
