"""From every number of every figure one comes to its cases: all of them, and no other."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from opencen.analysis.measures.selection import STATES, Selection, read_month
from opencen.analysis.queries import find_question, list_questions, open_figures
from opencen.records.types import domain
from opencen.web.pages.figures.drawing import draw_answer
from tests import make
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture
from tests.analysis.test_dashboard import signed_in
from tests.analysis.test_pages import ALL, cases  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
CHOSEN = Selection(read_month("2026-01"), read_month("2026-12"), states=tuple(s for s in STATES if s != "returned"))
ASKED: dict[str, dict[str, str]] = {
    "office_against_all": {"own": "RDS"},
    "operational_panel": {"section": "drugs"},
    "pivot": {"rows": "section", "columns": "office"},
    "subtypes": {"family": "mass"},
}
# Who reported is counted by offices and months, and rates are no counts of cases.
UNCOUNTED = {"reporting_by_office_month", "office_beside_country"}


@pytest.fixture
def placed(cases: None) -> None:  # noqa: F811 - the fixture
    """Record three further cases: two at a place with a code, one by the roadside."""
    roadside = {"name": "Roadside", "latitude": "34.5", "longitude": "9.25", "precision": "locality"}
    documents = [
        make.case_document(detected_at=f"2026-06-0{day}", place=place, consignments=None)
        for day, place in enumerate(({"locode": "TNRDS"}, {"locode": "TNRDS"}, roadside), 1)
    ]
    reasons = {rule.code: "invented" for rule in domain("case").rules()} | {"field.missing": "invented"}
    make.submit_cases(make.actor("officer", "RDS"), documents, reasons=reasons, mode="historical")


def count_cases(client: Client, url: str) -> int:
    """Open the way of a number and count the cases that stand there."""
    found = client.get(url)
    assert found.status_code == 200, url
    page = found.content.decode()
    if url.startswith("/analysis/cell"):
        return len(re.findall(r'<a class="strong" href="/cases/', page))
    total = re.search(r'<h1>[^<]*<span class="count">([\d,]+)</span>', page)
    assert total is not None
    return int(total[1].replace(",", ""))


def numbers_of(drawn: dict[str, Any], columns: tuple[Any, ...]) -> list[tuple[str, int]]:
    """List every way of a figure with the number it stands for: each case of this world is one seizure."""
    if drawn["kind"] == "grid":
        pairs = [pair for row in drawn["rows"] for pair in zip(row["urls"], row["values"], strict=True)]
        return [(url, int(value or 0)) for url, value in pairs]
    if drawn["kind"] == "months":
        values = drawn["series"][0]["values"]
        return [(one["url"], values[at]) for at, one in enumerate(drawn["categories"])]
    counts = [at for at, column in enumerate(columns) if column.kind == "count" and column.name != "own"]
    found = []
    for row in drawn["table"]["rows"]:
        said = row["cells"][counts[0] if counts else 1]
        if re.fullmatch(r"\d+", said):
            found.append((row["url"], int(said)))
    return found


@pytest.mark.parametrize("name", [one.name for one in list_questions() if one.name not in UNCOUNTED])
def test_every_number_of_a_figure_leads_to_exactly_its_cases(placed: None, name: str):
    client, parameters = signed_in("analyst"), ASKED.get(name, {})
    answer = open_figures(make.actor("analyst")).ask(name, CHOSEN, parameters)
    drawn = draw_answer(answer, CHOSEN, "en", parameters, str(find_question(name).title))
    ways = numbers_of(drawn, answer.columns)
    linked = [(unescape(url), number) for url, number in ways if url]
    if name == "tiles":
        linked = linked[:2]
    else:
        assert len(linked) == len([number for _url, number in ways if number is not None]), ways
    assert any(number for _url, number in linked) or name in ("cites_appendix", "currency_by_conveyance")
    for url, number in linked:
        assert count_cases(client, url) == number, (url, number)


@pytest.mark.parametrize("kind", ["legs", "involvement", "points"])
def test_every_map_of_the_dashboard_leads_to_cases(placed: None, kind: str):
    client = signed_in("analyst")
    page = client.get(f"/analysis?{ALL}&map={kind}").content.decode()
    way = {"legs": "leg", "involvement": "involved", "points": "spot"}[kind]
    links = [unescape(found) for found in re.findall(rf'<a href="(/analysis/cell\?[^"]*in={way}[^"]*)"', page)]
    assert links
    assert all(count_cases(client, link) for link in links)
