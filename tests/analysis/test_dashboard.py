"""The page of figures: what each reader sees of it, what its links lead to, and its numbers as files."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.test import Client

from opencen.analysis.queries import list_questions
from opencen.log.models import Entry
from opencen.records.types import domain
from tests import make
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
ALL = "from=2026-01&to=2026-12&state=submitted&state=validated&state=amended"


def signed_in(role: str, at: str = "RDS", *, language: str = "en") -> Client:
    """Sign a new user of a role in."""
    user = make.user(role, at, covers=make.COVERS.get(role, at))
    user.language = language
    user.save()
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def cases() -> None:
    """Record two cases at one office and one at another."""
    radès, tunis = make.actor("officer", "RDS"), make.actor("officer", "TUN")
    reasons = {rule.code: "invented" for rule in domain("case").rules()} | {"field.missing": "invented"}
    documents = [
        make.case_document(),
        make.case_document(detected_at="2026-03-02", location_type=None, direction="export", consignments=None),
    ]
    make.submit_cases(radès, documents, reasons=reasons, mode="historical")
    line = make.line(commodity="revenue.tobacco.cigarettes", quantity="900", unit="piece", basis=None)
    document = make.case_document(office="TUN", lines=[line], detected_at="2026-03-05", consignments=None)
    make.submit_cases(tunis, [document], reasons=reasons, mode="historical")


def tile(page: str, label: str) -> str:
    """Read the value of a tile."""
    found = re.search(rf'tile-label">{label}</div><div class="tile-value">(?:<a[^>]*>)?([^<]+)', page)
    assert found is not None
    return found[1]


def test_the_page_shows_every_panel_of_the_dashboard(cases: None):
    page = signed_in("analyst").get(f"/analysis?{ALL}").content.decode()
    for panel in ("cases_by_month", "cases_by_section", "corridors", "operational_panel", "section_by_location"):
        assert f'id="{panel}"' in page
    assert tile(page, "Cases") == "3"
    assert "Cocaine" in page or "cocaine" in page
    assert "Empty" in page


def test_a_reader_counts_only_what_the_reader_may_see(cases: None):
    assert tile(signed_in("officer", "TUN").get(f"/analysis?{ALL}").content.decode(), "Cases") == "1"
    assert tile(signed_in("officer", "SFA").get(f"/analysis?{ALL}").content.decode(), "Cases") == "0"


def test_nobody_and_who_may_not_read_figures_see_nothing(cases: None):
    assert Client().get("/analysis").status_code == 302
    assert signed_in("administrator").get("/analysis").status_code == 403
    assert signed_in("administrator").get("/analysis/figures/tiles.csv").status_code == 403


def test_the_page_says_so_where_nothing_is_counted():
    page = signed_in("analyst").get("/analysis?from=2020-01&to=2020-02")
    assert page.status_code == 200
    assert "No case is counted" in page.content.decode()


@pytest.mark.parametrize(
    "query", ["from=2026-13", "from=x", "from=2026-06&to=2026-01", "time=tomorrow", "from=0001-01&to=9999-12"]
)
def test_a_wrong_address_is_refused_with_its_reason(query: str):
    found = signed_in("analyst").get(f"/analysis?{query}")
    assert found.status_code == 422
    assert (
        "month" in found.content.decode().lower()
        or "period" in found.content.decode()
        or "time" in found.content.decode()
    )


@pytest.mark.parametrize(
    "query", ["commodity=nothing.like.it", "office=NOWHERE", "location_type=%27%3B--", "panel=zzz&map=zzz"]
)
def test_values_that_nothing_has_count_nothing_and_break_nothing(cases: None, query: str):
    found = signed_in("analyst").get(f"/analysis?{ALL}&{query}")
    assert found.status_code == 200
    if "panel" not in query:
        assert tile(found.content.decode(), "Cases") == "0"


@pytest.mark.parametrize("kind", ["flow", "legs", "involvement", "points"])
def test_the_map_has_four_views(cases: None, kind: str):
    page = signed_in("analyst").get(f"/analysis?{ALL}&map={kind}").content.decode()
    assert '"kind": "points"' in page if kind == "points" else '"kind": "flow"' in page


def test_a_number_leads_to_its_cases(cases: None):
    page = signed_in("analyst").get(f"/analysis?{ALL}").content.decode()
    links = [urlsplit(found.replace("&amp;", "&")) for found in re.findall(r'href="(/cases\?[^"]*)"', page)]
    asked = [parse_qs(link.query, keep_blank_values=True) for link in links]
    assert any(query.get("location_type") == [""] and query["from"] == ["2026-01-01"] for query in asked)
    assert any(query.get("commodity") == ["drugs"] for query in asked)
    assert all(query["kind"] == ["seizure", "offence"] for query in asked)


def test_every_question_downloads_as_csv_and_as_a_workbook(cases: None):
    client = signed_in("analyst")
    questions = [question for question in list_questions() if question.name != "pivot"]  # three cases make none
    for question in questions:
        text = client.get(f"/analysis/figures/{question.name}.csv?{ALL}").content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        book = client.get(f"/analysis/figures/{question.name}.xlsx?{ALL}").content
        sheets = openpyxl.load_workbook(io.BytesIO(book))
        cells = [list(row) for row in sheets["numbers"].iter_rows(values_only=True)]
        assert len(cells) == len(rows)
        assert [str(cell) for cell in cells[0]] == rows[0]
        assert sheets["about"]["B2"].value
    assert Entry.objects.filter(act="figure.exported").count() == 2 * len(questions)


def test_the_numbers_of_a_file_are_those_of_the_page(cases: None):
    reasons = {rule.code: "invented" for rule in domain("case").rules()} | {"field.missing": "invented"}
    more = [make.case_document(detected_at=f"2026-04-{day:02d}", consignments=None) for day in range(1, 5)]
    make.submit_cases(make.actor("officer", "RDS"), more, reasons=reasons, mode="historical")
    text = signed_in("officer", "RDS").get(f"/analysis/figures/cases_by_section.csv?{ALL}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Section (code)"], row["Cases"], row["Seizures"]) for row in rows] == [("drugs", "6", "6")]


def test_a_format_or_a_figure_that_is_not_there_is_refused():
    client = signed_in("analyst")
    assert client.get("/analysis/figures/tiles.exe").status_code == 422
    assert client.get("/analysis/figures/nothing.csv").status_code == 404


def test_a_text_is_never_a_formula(cases: None):
    make.office("EVL", name="=HYPERLINK(1)", parent=make.country()["DTN"], kind="office")
    text = (
        signed_in("analyst").get(f"/analysis/figures/reporting_by_office_month.csv?{ALL}").content.decode("utf-8-sig")
    )
    assert "'=HYPERLINK(1)" in text
    assert not re.search(r"(^|,)=", text, re.MULTILINE)


def test_the_page_asks_the_database_little(cases: None, django_assert_max_num_queries):
    client = signed_in("analyst")
    client.get(f"/analysis?{ALL}")
    with django_assert_max_num_queries(15):
        client.get(f"/analysis?{ALL}")


def test_the_page_speaks_french(cases: None):
    page = signed_in("analyst", language="fr").get(f"/analysis?{ALL}").content.decode()
    assert "Drogues" in page
    assert "<h1>Situation nationale" in page
