"""Pictures of figures that are taken away: drawn of covered numbers, like the files, and noted in the log."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from opencen.analysis.measures.protection import COVERED, LEAST
from opencen.analysis.measures.selection import STATES, Selection
from opencen.analysis.queries import list_questions, open_figures
from opencen.log.models import Entry
from opencen.web.pages.dashboard.views import MAP_QUESTIONS
from tests import make
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture
from tests.analysis.test_dashboard import signed_in
from tests.analysis.worlds import World

pytestmark = pytest.mark.django_db
ALL = "from=2025-01&to=2026-12&state=submitted&state=returned&state=validated&state=amended"
YEARS = Selection(date(2025, 1, 1), date(2026, 12, 1), states=STATES)
BARS = {"cases_by_section": "seizures", "operational_panel": "seizures", "departures": "seizures"}


def picture(client: Any, name: str) -> dict[str, Any]:
    """Ask what a figure's picture is drawn of."""
    answer = client.get(f"/analysis/figures/{name}/picture?{ALL}")
    assert answer.status_code == 200, name
    found: dict[str, Any] = answer.json()
    return found


def test_pictures_hold_the_numbers_of_the_files_and_nothing_where_those_are_covered():
    World.make(8, cases=40, controls=3)
    client = signed_in("analyst")
    covered = 0
    for name, measure in BARS.items():
        answer = open_figures(make.actor("analyst", "HQ", clearance=1)).ask_covered(name, YEARS)
        at = next(place for place, column in enumerate(answer.columns) if column.name == measure)
        expected = [None if row[at] == COVERED else row[at] for row in answer.rows]
        found = picture(client, name)
        assert [row["value"] for row in found["rows"]] == expected[: len(found["rows"])], name
        assert bool(found["covered"]) == bool(answer.details["covered"])
        covered += expected.count(None)
    assert covered


def test_every_figure_of_the_dashboard_that_counts_cases_is_saved_from_its_covered_picture():
    World.make(11, cases=12, controls=3)
    page = signed_in("analyst").get(f"/analysis?{ALL}").content.decode()
    drawn = dict(re.findall(r'<script id="(\w+)-data" type="application/json">(.*?)</script>', page, re.DOTALL))
    saved = {name: json.loads(data).get("picture_url", "").partition("?")[0] for name, data in drawn.items()}
    assert saved.pop("reporting_by_office_month") == ""
    assert len(saved) == 5
    assert saved == {name: f"/analysis/figures/{name}/picture" for name in saved}


def test_no_map_draws_a_handful():
    World.make(9, cases=40, controls=3)
    client = signed_in("analyst")
    for name in MAP_QUESTIONS.values():
        found = picture(client, name)
        drawn = [flow["value"] for flow in found.get("flows", ())] + [one["value"] for one in found.get("points", ())]
        assert all(value >= LEAST for value in [*drawn, *found.get("shares", {}).values()]), name


def test_every_figure_has_a_picture_and_the_log_says_who_took_it():
    World.make(10, cases=12, controls=3)
    client = signed_in("analyst")
    for question in list_questions():
        assert picture(client, question.name)["kind"] in ("months", "bars", "grid", "flow", "points")
    taken = Entry.objects.filter(act="figure.exported", data__contains='"picture"')
    assert taken.count() == len(list_questions())
