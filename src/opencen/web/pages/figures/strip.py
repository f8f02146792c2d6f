"""Who reported, month by month, beside a figure: fewer seizures, or fewer reports?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import get_language

from opencen.analysis.measures.reporting import count_standings
from opencen.analysis.measures.selection import Selection
from opencen.analysis.queries import Figures
from opencen.analysis.wording import reported_text
from opencen.web.pages.dashboard.links import PAGE, page_url
from opencen.web.pages.dashboard.panels import reporting_grid
from opencen.web.pages.dashboard.words import long_month, month_name

Strip = dict[str, Any]
QUESTION = "reporting_by_office_month"
# These figures are about reporting themselves.
UNNEEDED = (QUESTION, "office_standing")
STEPS = 4


def reporting_strip(figures: Figures, chosen: Selection) -> Strip:
    """Lay out how many offices reported for each month, and in time, with the offices that lag most below."""
    answer = figures.ask(QUESTION, chosen)
    months: list[date] = answer.details["months"]
    standings: dict[date, list[str]] = {month: [] for month in months}
    for _office, month, standing in answer.rows:
        standings[month].append(standing)
    has_years = len({month.year for month in months}) > 1
    return {
        "months": [month_name(month, with_year=has_years) for month in months],
        "cells": [_cell(month, standings[month]) for month in months],
        "offices": len(answer.details["offices"]),
        "by_office": reporting_grid(answer, chosen, all_offices=False),
        "table_url": page_url(chosen, {PAGE: f"/analysis/figures/{QUESTION}"}),
        "due": answer.totals["due"],
        "words": reported_text(answer.totals, get_language() or "en"),
    }


def _cell(month: date, standings: Sequence[str]) -> Strip:
    """Return one month: who was due, who reported, who in time, and the steps they are shaded by."""
    counts = count_standings(standings)
    due, done, in_time = counts["due"], counts["reported"], counts["in_time"]
    return {
        "word": long_month(month),
        "due": due,
        "done": done,
        "in_time": in_time,
        "is_open": not due,
        "done_step": round(STEPS * done / due) if due else 0,
        "in_time_step": round(STEPS * in_time / due) if due else 0,
    }
