"""Every kind of bad input that a register may hold: said in words, counted, nothing doubled, nothing lost."""

from __future__ import annotations

import io

import openpyxl
import pytest

from opencen.formats import services
from opencen.formats.offering import offers_for
from opencen.formats.proposing import from_labels
from opencen.formats.queries import totals_of
from opencen.formats.reading import open_sheet
from opencen.formats.running import run_now
from opencen.formats.surveying import survey
from opencen.kernel.errors import Invalid, TooLarge
from opencen.records.effective import effective_schema
from opencen.records.models import Record
from opencen.records.texts import error_text
from tests import make
from tests.formats import importing
from tests.formats.test_imports import MAPPING

pytestmark = pytest.mark.django_db
HEAD = "Number;Date;Goods;Quantity;From\n"


def taken(text, mapping=MAPPING, name="a.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return importing.import_file(make.actor("officer"), content, name, mapping)


def workbook(rows):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Rows")
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_hundred_columns_that_nobody_knows_are_left_out_and_kept_in_the_copy():
    head = [f"zq{n}x" for n in range(100)]
    rows = [[f"w{n * row}" for n in range(100)] for row in range(1, 4)]
    actor = make.actor("officer")
    batch = services.upload_file(actor, content=workbook([head, *rows]), name="a.xlsx")
    sheet = open_sheet(batch.sha256)
    schema = effective_schema("case")
    mapping = from_labels(sheet, schema)
    assert [entry.to for entry in mapping.column] == [[]] * 100
    assert len(survey(sheet, mapping, schema, "en")) == 100
    some = workbook([[*head, "Number", "Date", "Goods", "Quantity", "From"],
                     [*rows[0], "A1", "03/04/2021", "Cocaine", "2", "EC"]])  # fmt: skip
    assert importing.outcomes(taken(some, name="b.xlsx")) == {"stored": 1}


def test_a_sheet_filled_to_more_rows_than_one_import_takes_is_refused_with_the_limit():
    rows = "\n".join(f"A{n};03/04/2021;Cocaine;2;EC" for n in range(200_001))
    with pytest.raises(TooLarge) as caught:
        services.upload_file(make.actor("officer"), content=(HEAD + rows).encode(), name="a.csv")
    assert (caught.value.code, caught.value.data["limit"]) == ("import.too_many_rows", 200_000)


def test_a_date_that_could_be_either_waits_with_both_readings():
    batch = taken(HEAD + "A1;06/07/2021;Cocaine;2;EC\n", MAPPING.replace('order = "dmy"\n', ""))
    assert importing.outcomes(batch) == {"waiting": 1}
    (found,) = importing.findings(batch, "date.order_undecided").values()
    assert [value for value, _ in offers_for(found, None, "en")] == ["2021-06-07", "2021-07-06"]


def test_two_measures_in_a_cell_wait_and_say_both():
    batch = taken(HEAD + "A1;03/04/2021;Cocaine;2 kg 300 pcs;EC\n")
    assert importing.outcomes(batch) == {"waiting": 1}
    (found,) = importing.findings(batch, "import.two_measures").values()
    assert found["data"]["would_be"] == ["2 kg", "300 piece"]


def test_a_decimal_comma_in_half_of_a_column_is_read_where_it_is_sure_and_waits_where_it_is_not():
    text = HEAD + "".join(
        f"A{n};03/04/2021;Cocaine;{value};EC\n" for n, value in enumerate(("2,5", "2.5", "1,234", "7"))
    )
    batch = taken(text, MAPPING.replace('decimal = "comma"\n', ""))
    assert importing.outcomes(batch) == {"stored": 3, "waiting": 1}
    assert importing.findings(batch, "number.ambiguous").keys() == {4}


def test_the_same_file_by_two_people_at_once_is_stored_once_whatever_the_order():
    text = (HEAD + "".join(f"A{n};03/04/2021;Cocaine;{n + 1};EC\n" for n in range(30))).encode()
    first, second = make.actor("officer"), make.actor("officer")
    batches = [services.upload_file(actor, content=text, name="a.csv") for actor in (first, second)]
    for actor, batch in zip((first, second), batches, strict=True):
        services.set_mapping(actor, batch_id=batch.id, mapping=MAPPING, reason="Register of 2021")
        services.start_run(actor, batch_id=batch.id)
    done = [run_now(batch.id) for batch in reversed(batches)]
    assert sorted(tuple(importing.outcomes(batch).items()) for batch in done) == [
        (("stored", 30),), (("unchanged", 30),)
    ]  # fmt: skip
    assert Record.objects.count() == 30


def test_every_kind_of_row_at_once_adds_up():
    rows = [
        "A1;03/04/2021;Cocaine;2;EC", "A2;06/07/2021;Cocaine;2 kg 300 pcs;EC", "A3;31/02/2021;Cocaine;2;EC",
        "A4;03/04/2021;Unobtainium;2;EC", "A5;03/04/2021;Cocaine;#REF!;EC", "A1;03/04/2021;Cocaine;2;EC",
        "Total;;;9;", "Source: archive;;;;",
    ]  # fmt: skip
    batch = taken(HEAD + "\n".join(rows))
    totals = totals_of(batch)
    assert totals.rows == 8 == totals.stored + totals.unchanged + totals.refused + totals.waiting
    assert (totals.open, totals.waiting, totals.refused) == (0, 1, 5)
    again = totals_of(taken(HEAD + "\n".join(rows)))
    assert (again.stored, again.rows) == (0, 8)


def test_a_quotation_mark_that_never_closes_is_told_with_its_line():
    rows = 'A1;03/04/2021;Cocaine;2;EC\nA2;"03/04/2021;Cocaine;2;EC\nA3;03/04/2021;Cocaine;2;EC\n'
    with pytest.raises(Invalid) as caught:
        services.upload_file(make.actor("officer"), content=(HEAD + rows).encode(), name="a.csv")
    assert (caught.value.code, caught.value.data["line"]) == ("import.quote_open", 3)
    assert error_text(caught.value, "en").message.startswith("Line 3:")
