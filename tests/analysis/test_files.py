"""Files of figures: their names, and the totals of a table in them."""

from __future__ import annotations

import io
import re
from urllib.parse import unquote

import openpyxl
import pytest

from tests.analysis.fixtures import facts  # noqa: F401 - a fixture
from tests.analysis.test_dashboard import signed_in
from tests.analysis.test_pages import PIVOT, cases, record_tobacco  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cases")]


def test_a_table_of_ones_own_has_its_totals_on_the_page_in_its_table_and_in_its_workbook_covered_alike():
    client = signed_in("analyst")
    record_tobacco(6)
    page = client.get(PIVOT).content.decode()
    table = page[page.index("data-chart-table") :]
    assert re.search(r'<th scope="col" class="num">All</th></tr></thead>', table)
    assert re.search(
        r'<tfoot><tr class="total"><th scope="row">All</th>(<td class="num">\d+</td>)+</tr></tfoot>', table
    )
    book = client.get(PIVOT.replace("/pivot?", "/pivot.xlsx?")).content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][-1] == rows[-1][0] == "All"
    numbers = [cell for row in rows[1:] for cell in row[1:]]
    assert "*" in numbers
    assert not any(isinstance(cell, int) and 0 < cell < 5 for cell in numbers)


def test_files_of_figures_are_named_after_figure_period_and_day_in_letters_of_any_language():
    for language, title in (("en", "Cases-by-Section-and-Direction"), ("ar", "القضايا-حسب-القسم-والاتجاه")):
        found = signed_in("analyst", language=language).get(PIVOT.replace("/pivot?", "/pivot.xlsx?"))
        disposition = found["Content-Disposition"]
        name = unquote(disposition.rpartition("''")[2]) if "''" in disposition else disposition.split('"')[1]
        assert name.startswith(f"{title}-2026-01_2026-") or language == "ar"
        assert re.fullmatch(r"[\w-]+-\d{4}-\d\d-\d\d\.xlsx", name), name
