"""Whatever a file holds: every row ends as stored, unchanged, refused or waiting, and the counts add up."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opencen.formats.queries import reasons_of, totals_of
from opencen.records.models import Record
from tests import make
from tests.formats import importing
from tests.formats.test_imports import MAPPING

pytestmark = pytest.mark.django_db(transaction=False)

HEAD = ["Number", "Date", "Goods", "Quantity", "From"]
odd = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
cells = (
    st.sampled_from(["A1", "A2", "A3", ""]) | odd,
    st.sampled_from(["03/04/2021", "31/04/2021", "2021", "06/07/21", "", "12 juin 2021", "44355"]) | odd,
    st.sampled_from(["Cocaine", "Résine de cannabis", "Nonsense", "", "Cocaine; Heroin", "Total"]) | odd,
    st.sampled_from(["2", "12,5", "1,250", "2 kg 300 pcs", "env. 3", "#REF!", "", "-1"]) | odd,
    st.sampled_from(["EC", "Maroc", "", "Atlantis", "FR; IT"]) | odd,
)
tables = st.lists(st.tuples(*cells), min_size=1, max_size=8)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables, st.booleans())
def test_every_row_has_one_outcome_and_stored_rows_have_records(rows, is_grouped):
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([HEAD, *rows])
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    if not filled:
        return
    # The header is said, not found: a row of odd words below it may look like its second line.
    said = MAPPING.replace("key = [", "header_rows = [1]\nkey = [")
    mapping = said.replace("key = [", "group = true\nkey = [") if is_grouped else said
    actor = make.actor("officer")
    before = Record.objects.count()
    batch = importing.import_file(actor, stream.getvalue().encode(), "a.csv", mapping)
    totals = totals_of(batch)
    assert (batch.state, batch.error, totals.open) == ("done", "", 0)
    assert totals.rows == totals.stored + totals.unchanged + totals.refused + totals.waiting == batch.total <= len(rows)
    assert Record.objects.count() - before == totals.new_records
    assert all(row.record_id and row.revision for row in batch.rows.filter(outcome="stored"))
    assert all(len(row.findings) > 2 for row in batch.rows.filter(outcome__in=("refused", "waiting")))
    decided = sum(reason.rows for reason in reasons_of(batch) if reason.level in ("refused", "waiting"))
    assert decided == totals.refused + totals.waiting
    again = totals_of(importing.import_file(actor, stream.getvalue().encode(), "a.csv", mapping))
    assert again.stored == 0
    assert (again.refused, again.waiting) == (totals.refused, totals.waiting)
