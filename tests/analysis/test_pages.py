"""The pages of figures: one figure, the table of one's own, the report, saved, scheduled and frozen figures."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from opencen.analysis.kept.due import next_time
from opencen.analysis.kept.jobs import make_due
from opencen.analysis.models import Freeze, MadeReport, SavedFigure
from opencen.analysis.queries import list_questions
from opencen.log.models import Entry
from opencen.records.review import cancel_record
from opencen.records.types import domain
from tests import make
from tests.analysis.fixtures import facts  # noqa: F401 - a fixture
from tests.analysis.test_dashboard import signed_in

pytestmark = pytest.mark.django_db
ALL = "from=2026-01&to=2026-12&state=submitted&state=validated&state=amended"
PIVOT = f"/analysis/figures/pivot?{ALL}&rows=section&columns=direction"


@pytest.fixture
def cases() -> None:
    """Record seven cases of one office, of which two are exports and one is of tobacco, and one of another."""
    reasons = {rule.code: "invented" for rule in domain("case").rules()} | {"field.missing": "invented"}
    documents = [
        make.case_document(
            detected_at=f"2026-03-{day:02d}", direction="export" if day > 5 else "import", consignments=None
        )
        for day in range(1, 8)
    ]
    line = make.line(commodity="revenue.tobacco.cigarettes", quantity="900", unit="piece", basis=None)
    documents.append(make.case_document(lines=[line], detected_at="2026-04-01", direction="import", consignments=None))
    make.submit_cases(make.actor("officer", "RDS"), documents, reasons=reasons, mode="historical")
    other = make.case_document(office="TUN", detected_at="2026-05-05", consignments=None)
    make.submit_cases(make.actor("officer", "TUN"), [other], reasons=reasons, mode="historical")


def record_tobacco(count: int) -> None:
    """Record so many further cases of tobacco."""
    reasons = {rule.code: "invented" for rule in domain("case").rules()} | {"field.missing": "invented"}
    line = make.line(commodity="revenue.tobacco.cigarettes", quantity="900", unit="piece", basis=None)
    documents = [
        make.case_document(lines=[line], detected_at=f"2026-04-{day:02d}", consignments=None)
        for day in range(2, 2 + count)
    ]
    make.submit_cases(make.actor("officer", "RDS"), documents, reasons=reasons, mode="historical")


def save(client: Client, **fields: str) -> int:
    """Save a figure by the form."""
    given = {"name": "Mine", "address": f"/analysis/figures/cases_by_section?{ALL}", **fields}
    return client.post("/analysis/saved", given).status_code


def test_every_figure_has_a_page_in_every_language(cases: None):
    for language in ("en", "fr"):
        client = signed_in("analyst", language=language)
        for question in list_questions():
            found = client.get(f"/analysis/figures/{question.name}?{ALL}")
            assert found.status_code == 200, (question.name, found.content.decode()[:400])
    assert client.get("/analysis/figures/nothing").status_code == 404


def test_a_table_shows_its_cells_with_totals_counted_apart(cases: None):
    page = signed_in("analyst").get(PIVOT).content.decode()
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page)
    cells = {label: re.findall(r">([\d,]+)<", row) for label, row in reversed(rows)}
    assert cells["Drugs"] == ["6", "2", "8"]
    assert cells["All"] == ["7", "2", "9"]


def test_a_table_says_what_it_counts_and_in_which_unit_and_names_its_quarters(cases: None):
    asked = f"{ALL}&measure=quantity&family=mass&rows=section&columns=quarter"
    page = signed_in("analyst").get(f"/analysis/figures/pivot?{asked}").content.decode()
    assert "Quantities: added within one kind of unit only." in page
    assert re.search(r'panel-note">Quantity: kilogram', page, re.IGNORECASE)
    assert "Q1 2026" in page
    assert page.index("data-chart-table") < page.index("Who reported in these months")
    arabic = signed_in("analyst", language="ar").get(f"/analysis/figures/pivot?{asked}").content.decode()
    assert "الربع 1، 2026" in arabic


def test_a_number_leads_to_exactly_its_cases(cases: None):
    client = signed_in("analyst")
    page = client.get(f"/analysis/figures/pivot?{ALL}&rows=section&columns=quarter").content.decode()
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/analysis/cell\?[^"]*)">7<', page)]
    assert len(links) == 1
    behind = client.get(links[0]).content.decode()
    assert len(re.findall(r'<a class="strong" href="/cases/', behind)) == 7
    assert "2026-Q1" in behind


def test_the_cases_behind_a_number_are_only_those_one_may_see(cases: None):
    page = signed_in("officer", "TUN").get(f"/analysis/cell?{ALL}&in=section:drugs").content.decode()
    assert len(re.findall(r'href="/cases/', page)) == 1
    assert signed_in("analyst").get(f"/analysis/cell?{ALL}&in=colour:red").status_code == 404


def test_who_sees_one_case_is_told_which_cell_and_what_would_be_right(cases: None):
    found = signed_in("officer", "TUN").get(PIVOT)
    assert found.status_code == 422
    text = found.content.decode()
    assert "Drugs × Import" in text
    assert "needs 5" in text
    assert "Widen the period" in text


def test_small_cells_are_covered_in_a_file_and_shown_on_the_page(cases: None):
    client = signed_in("analyst")
    text = client.get(PIVOT.replace("/pivot?", "/pivot.csv?")).content.decode("utf-8-sig")
    values = [line.rsplit(",", 1)[1] for line in text.strip().splitlines()[1:]]
    assert values == ["*", "*", "*", "0"]
    book = client.get(PIVOT.replace("/pivot?", "/pivot.xlsx?")).content
    cells = [row[-1] for row in openpyxl.load_workbook(io.BytesIO(book))["numbers"].iter_rows(values_only=True)]
    assert cells[1:] == ["*", "*", "*", 0]


@pytest.mark.parametrize(("language", "is_turned"), [("ar", True), ("fr", False)])
def test_a_workbook_of_figures_runs_as_its_language_does(cases: None, language: str, is_turned: bool):
    content = signed_in("analyst", language=language).get(PIVOT.replace("/pivot?", "/pivot.xlsx?")).content
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    assert [bool(sheet.sheet_view.rightToLeft) for sheet in sheets] == [is_turned] * len(sheets)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_small_cells_are_covered_in_files_of_every_figure_with_what_gives_them_away(cases: None, ending: str):
    client = signed_in("analyst")
    address = f"/analysis/figures/cases_by_section?{ALL}"
    page = client.get(address).content.decode()
    assert re.search(r"<td><a [^>]*>[^<]*</a></td>(<td class=.num.>1</td>){2}", page)
    content = client.get(address.replace("?", f".{ending}?")).content
    assert [row[2:4] for row in rows_of(content, ending)] == [("*", "*"), ("*", "*")]
    record_tobacco(4)
    content = client.get(address.replace("?", f".{ending}?")).content
    assert [row[2:4] for row in rows_of(content, ending)] == [("8", "8"), ("5", "5")]


def rows_of(content: bytes, ending: str) -> list[tuple[str, ...]]:
    """Read the rows of a figure's file, without their head."""
    if ending == "csv":
        return [tuple(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))][1:]
    sheet = openpyxl.load_workbook(io.BytesIO(content))["numbers"]
    return [tuple(str(cell) for cell in row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_the_report_covers_small_cells_on_its_page_and_in_its_workbook_and_says_so(cases: None):
    client = signed_in("analyst")
    page = client.get(f"/analysis/report?{ALL}").content.decode()
    assert re.search(r'<th scope="row">Drugs</th><td class="num">\*</td><td class="num">\*</td>', page)
    assert "At least one of them rests on fewer than 5 cases; the others are covered with it" in page
    sheets = openpyxl.load_workbook(io.BytesIO(client.get(f"/analysis/report.xlsx?{ALL}").content))
    section = next(sheets[name] for name in sheets.sheetnames if "cases_by_section" in name)
    assert [cell.value for cell in section[2]][:4] == ["drugs", "Drugs", "*", "*"]
    assert any("on fewer than 5 cases" in str(row[1]) for row in sheets["about"].iter_rows(values_only=True))


def test_the_report_holds_the_numbers_of_the_figures(cases: None):
    client = signed_in("analyst")
    record_tobacco(5)
    page = client.get(f"/analysis/report?{ALL}").content.decode()
    assert "National illicit trade report" in page
    assert re.search(r'<th scope="row">Drugs</th><td class="num">8</td><td class="num">8</td>', page)
    assert '<th scope="row">Cases</th><td class="num">14</td>' in page
    book = client.get(f"/analysis/report.xlsx?{ALL}")
    sheets = openpyxl.load_workbook(io.BytesIO(book.content))
    section = next(sheets[name] for name in sheets.sheetnames if "cases_by_section" in name)
    assert [cell.value for cell in section[2]][:4] == ["drugs", "Drugs", 8, 8]
    assert client.get(f"/analysis/report.exe?{ALL}").status_code == 422


@pytest.mark.parametrize(("language", "word"), [("en", b"%PDF"), ("fr", b"%PDF"), ("ar", b"%PDF")])
def test_the_report_is_set_on_the_server(cases: None, language: str, word: bytes):
    found = signed_in("analyst", language=language).get(f"/analysis/report.pdf?{ALL}")
    assert found.status_code == 200
    assert found.content.startswith(word)
    assert len(found.content) > 10_000


def test_a_saved_figure_is_found_by_those_it_is_shared_with(cases: None):
    analyst, other, officer = signed_in("analyst"), signed_in("analyst"), signed_in("officer", "TUN")
    assert save(analyst) == 302
    assert save(analyst, name="Ours", audience="office") == 302
    assert save(analyst, name="Roles", audience="role", role="analyst") == 302
    assert save(analyst, name="Everybody", audience="all") == 302
    mine, theirs, far = (one.get("/analysis/figures").content.decode() for one in (analyst, other, officer))
    shown = ("Mine", "Ours", "Roles", "Everybody")
    assert [f">{name}</a>" in mine for name in shown] == [True, True, True, True]
    assert [f">{name}</a>" in theirs for name in shown] == [False, True, True, True]
    assert [f">{name}</a>" in far for name in shown] == [False, False, False, True]


def test_saved_figures_stand_in_the_order_of_their_owner(cases: None):
    client, other = signed_in("analyst"), signed_in("analyst")
    for name in ("One", "Two", "Three"):
        save(client, name=name, audience="all")
    last = SavedFigure.objects.get(name="Three").id
    assert client.post(f"/analysis/saved/{last}/up").status_code == 302
    page = client.get("/analysis/figures").content.decode()
    assert re.findall(r">(One|Two|Three)</a>", page) == ["One", "Three", "Two"]
    assert other.post(f"/analysis/saved/{last}/remove").status_code == 404
    assert client.post(f"/analysis/saved/{last}/remove").status_code == 302
    assert SavedFigure.objects.count() == 2


def test_saved_figures_are_put_in_any_order_by_their_owner_alone(cases: None):
    client, other = signed_in("analyst"), signed_in("analyst")
    for name in ("One", "Two", "Three"):
        save(client, name=name, audience="all")
    ids = {row.name: str(row.id) for row in SavedFigure.objects.all()}
    order = ",".join(ids[name] for name in ("Three", "One"))
    assert client.post("/analysis/saved/order", {"order": order}).status_code == 204
    page = client.get("/analysis/figures").content.decode()
    assert re.findall(r">(One|Two|Three)</a>", page) == ["Three", "One", "Two"]
    assert other.post("/analysis/saved/order", {"order": order}).status_code == 404
    assert client.post("/analysis/saved/order", {"order": "x"}).status_code == 404


def test_a_figure_says_who_reported_in_its_months_and_in_time_also_by_office(cases: None):
    page = signed_in("analyst").get(f"/analysis/figures/subtypes?{ALL}").content.decode()
    strip = page[page.index('id="reporting-strip"') :]
    done, in_time = (re.findall(r"<span title=[^>]*>([^<]*)</span>", row) for row in strip.split("<tr>")[2:4])
    assert done[:5] == ["0", "0", "1", "1", "1"]
    assert in_time[:5] == ["0", "0", "0", "0", "0"]
    assert "By office, the widest gaps first" in strip
    assert "/analysis/figures/reporting_by_office_month?from=2026-01" in strip
    assert (
        "reporting-strip" not in signed_in("analyst").get(f"/analysis/figures/office_standing?{ALL}").content.decode()
    )


def test_an_office_stands_against_the_country_on_the_dashboard(cases: None):
    page = signed_in("officer", "RDS").get(f"/analysis?{ALL}").content.decode()
    panel = page[page.index('id="own-office"') :]
    assert "three offices or more" in panel
    assert "where you see other offices" in panel
    assert 'id="own-office"' not in signed_in("analyst", "HQ").get(f"/analysis?{ALL}").content.decode()
    chosen = signed_in("analyst", "HQ").get(f"/analysis?{ALL}&office=RDS").content.decode()
    panel = chosen[chosen.index('id="own-office"') :]
    assert re.search(r"Cannabis|Cocaine", panel)
    assert re.search(r"\d %</td>", panel)


def test_a_file_holds_words_beside_every_code(cases: None):
    client = signed_in("analyst", language="ar")
    rows = rows_of(client.get(f"/analysis/figures/subtypes.csv?{ALL}&family=count").content, "csv")
    assert {row[5] for row in rows if row[4]} == {"قطعة"}
    tiles = rows_of(client.get(f"/analysis/figures/tiles.csv?{ALL}").content, "csv")
    assert tiles[0][:2] == ("cases", "القضايا")


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "https://example.org/analysis"},
        {"address": "/cases?q=x"},
        {"address": "/analysis/figures/nothing"},
        {"audience": "world"},
        {"audience": "role", "role": "administrator"},
        {"schedule": "hourly"},
        {"hour": "24"},
        {"hour": "²"},
        {"format": "exe"},
        {"name": "  "},
        {"address": "/analysis?from=2026-13"},
    ],
)
def test_what_cannot_be_saved_says_why_and_keeps_nothing(fields: dict[str, str]):
    assert save(signed_in("analyst"), **fields) == 422
    assert not SavedFigure.objects.exists()


@pytest.mark.parametrize("format", ["pdf", "xlsx"])
def test_a_scheduled_figure_is_made_at_its_time_and_lies_where_its_owner_finds_it(cases: None, format: str):
    client, other = signed_in("analyst"), signed_in("analyst")
    save(client, schedule="daily", format=format)
    assert make_due() == 0
    SavedFigure.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    assert make_due() == 1
    assert make_due() == 0
    made = MadeReport.objects.get()
    assert made.problem == ""
    assert f"/analysis/made/{made.id}" in client.get("/analysis/figures").content.decode()
    assert client.get(f"/analysis/made/{made.id}").content == bytes(made.content)
    assert bytes(made.content).startswith(b"%PDF" if format == "pdf" else b"PK")
    assert other.get(f"/analysis/made/{made.id}").status_code == 404
    assert SavedFigure.objects.get().next_at > timezone.now()
    assert Entry.objects.filter(act="figure.made").count() == 2


def test_a_scheduled_figure_that_cannot_be_made_says_why():
    client = signed_in("analyst")
    save(client, schedule="daily", format="xlsx", address="/analysis/figures/pivot?measure=sorrow")
    SavedFigure.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    assert make_due() == 1
    assert "sorrow" in MadeReport.objects.get().problem
    assert "sorrow" in client.get("/analysis/figures").content.decode()


@pytest.mark.parametrize(
    ("schedule", "after", "expected"),
    [
        ("daily", "2026-03-04T05:00", "2026-03-04T06:00"),
        ("daily", "2026-03-04T06:00", "2026-03-05T06:00"),
        ("weekly", "2026-03-04T05:00", "2026-03-09T06:00"),
        ("monthly", "2026-12-04T05:00", "2027-01-01T06:00"),
        ("", "2026-12-04T05:00", None),
    ],
)
def test_a_schedule_names_its_next_moment(schedule: str, after: str, expected: str | None):
    found = next_time(schedule, 6, datetime.fromisoformat(after).replace(tzinfo=UTC))
    assert found == (datetime.fromisoformat(expected).replace(tzinfo=UTC) if expected else None)


def test_a_frozen_figure_stays_and_names_what_came_since(cases: None):
    client = signed_in("analyst")
    address = f"/analysis/figures/cases_by_section?{ALL}"
    assert client.post("/analysis/freezes", {"act": "freeze", "name": "2026", "address": address}).status_code == 302
    link = re.search(r"/analysis/freezes/([0-9a-f-]{36})", client.get("/analysis/freezes").content.decode())
    assert link is not None
    assert "is-selected" not in client.get(link[0]).content.decode()
    reasons = {rule.code: "invented" for rule in domain("case").rules()} | {"field.missing": "invented"}
    late = make.case_document(detected_at="2026-02-01", consignments=None)
    made = make.submit_cases(make.actor("officer", "RDS"), [late], reasons=reasons, mode="historical")[0].record_id
    page = client.get(link[0]).content.decode()
    assert page.count("is-selected") == 1
    assert re.findall(r'<a class="strong" href="/cases/([0-9a-f-]{36})"', page) == [str(made)]
    assert "8 · 8" in page
    frozen = Freeze.objects.get().records
    left = next(iter(frozen))
    cancel_record(make.actor("legal"), record_id=UUID(left), reason="entered twice")
    page = client.get(link[0]).content.decode()
    assert re.findall(r'<a class="strong" href="/cases/([0-9a-f-]{36})"', page) == [str(made), left]
    assert "Counted then, no more" in page
    assert signed_in("analyst").get(link[0]).status_code == 404
    assert UUID(link[1])


def test_an_extract_stands_beside_the_national_count_and_in_none_of_it(cases: None):
    client = signed_in("analyst")
    before = client.get(f"/analysis/figures/cases_by_section.csv?{ALL}").content
    text = "year,country,section,cases,seizures\n2026,TN,drugs,4000,5000\n2026,DZ,drugs,1,2\n"
    file = io.BytesIO(text.encode())
    file.name = "cen.csv"
    assert client.post("/analysis/freezes", {"act": "load", "name": "CEN 2026", "file": file}).status_code == 302
    page = client.get("/analysis/freezes").content.decode()
    assert "CEN 2026" in page
    assert "5,002" in page
    assert client.get(f"/analysis/figures/cases_by_section.csv?{ALL}").content == before


def test_an_extract_is_laid_beside_one_s_own_count_by_section_over_the_same_whole_years(cases: None):
    client = signed_in("analyst")
    text = "year,country,section,cases,seizures\n2025,TN,Drogues,400,500\n2026,TN,drugs,4000,5000\n2026,TN,arms,7,8\n"
    file = io.BytesIO(text.encode())
    file.name = "cen.csv"
    client.post("/analysis/freezes", {"act": "load", "name": "CEN", "file": file})

    def panel(query: str) -> str:
        page = client.get(f"/analysis/figures/cases_by_section?{query}").content.decode()
        return page.partition("CEN, beside your own count")[2].partition("</section>")[0]

    cells = re.findall(r'<td class="num">([\d,]+)</td>', panel(ALL))
    assert cells[:4] == ["4,000", "5,000", "8", "8"]
    assert cells[-4:-2] == ["4,007", "5,008"]
    assert ">4,400<" in panel("all=1")
    assert panel("from=2026-02&to=2026-12") == ""


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", "year,seizures\n2026,many\n", "year,seizures\nx,1\n", "year,seizures\n2026,²\n"]
)
def test_an_extract_that_cannot_be_read_says_the_row(text: str):
    file = io.BytesIO(text.encode())
    file.name = "cen.csv"
    found = signed_in("analyst").post("/analysis/freezes", {"act": "load", "name": "CEN", "file": file})
    assert found.status_code == 422


def test_the_page_of_counting_sets_the_published_beside_the_own(cases: None):
    page = signed_in("analyst").get(f"/analysis/counting?{ALL}").content.decode()
    assert "226,466" in page
    assert "WCO Illicit Trade Report 2025" in page


@pytest.mark.parametrize("dimensions", ["rows=section&columns=month", "rows=month&columns=section"])
def test_a_table_of_ones_own_runs_over_months(cases: None, dimensions: str):
    shown, made = (signed_in("analyst").get(f"/analysis/figures/pivot{end}?{ALL}&{dimensions}") for end in ("", ".csv"))
    assert "Mar 2026" in shown.content.decode()
    assert "2026-03" in made.content.decode()
