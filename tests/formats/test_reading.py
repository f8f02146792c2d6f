"""Files as people keep them: titles, merged cells, pages with the header again, old encodings; read by evidence."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from opencen.formats import services
from opencen.formats.evidence import weigh_dates
from opencen.formats.mapping import ColumnMap
from opencen.formats.proposing import from_labels
from opencen.formats.reading import open_sheet
from opencen.formats.surveying import survey
from opencen.formats.values import read_value
from opencen.kernel.errors import Invalid, OpenCenError, TooLarge
from opencen.records.effective import effective_schema
from opencen.records.paths import annotations_at
from tests import make
from tests.formats import importing
from tests.formats.test_imports import MAPPING

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent / "data"


def look(content, name="register.csv"):
    """Upload a file; return its sheet, what is proposed, and the view of each column by its header."""
    batch = services.upload_file(make.actor("officer"), content=content, name=name)
    sheet = open_sheet(batch.sha256)
    schema = effective_schema("case")
    mapping = from_labels(sheet, schema)
    return sheet, mapping, {view.header: view for view in survey(sheet, mapping, schema, "en")}


def workbook(fill):
    book = openpyxl.Workbook()
    fill(book, book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column(rows, name="Date"):
    return "\n".join([f"No;{name}", *(f"{n};{text}" for n, text in enumerate(rows))]).encode()


def read(text, path, **rules):
    leaf = annotations_at(effective_schema("case").tree, path)
    return read_value(text, ColumnMap(header="x", to=[path], **rules), leaf)


def test_a_title_a_heading_over_columns_and_merged_cells_are_understood():
    def fill(book, sheet):
        sheet["A1"] = "Register of seizures 2021"
        sheet.merge_cells("A1:E1")
        for place, text in (("A3", "Case"), ("C3", "Goods"), ("A4", "Number"), ("B4", "Date"), ("C4", "Kind"),
                            ("D4", "Quantity"), ("E4", "Unit")):  # fmt: skip
            sheet[place] = text
        sheet.merge_cells("A3:B3")
        sheet.merge_cells("C3:E3")
        sheet.append(["A/1", "2021-03-04", "Cocaine", 2, "kg"])
        sheet.append([None, None, "Heroin", 1, "kg"])
        sheet.merge_cells("A5:A6")
        sheet.merge_cells("B5:B6")
        hidden = book.create_sheet("secret")
        hidden.append(["x"])
        hidden.sheet_state = "hidden"

    sheet, mapping, _ = look(workbook(fill), "a.xlsx")
    assert sheet.header.names == ("Case Number", "Case Date", "Goods Kind", "Goods Quantity", "Goods Unit")
    assert [cells[:2] for _, cells in sheet.rows] == [["A/1", "2021-03-04"]] * 2
    assert sheet.table.facts["hidden"] == "1"
    assert {tuple(entry.to) for entry in mapping.column} >= {("detected_at",), ("lines[l1].quantity",)}


def test_one_number_merged_over_several_rows_is_not_counted_for_each():
    def fill(_, sheet):
        for row in (["Number", "Date", "Goods", "Quantity", "From"], ["A1", "03/04/2021", "Cocaine", 2, "EC"],
                    ["A2", "03/04/2021", "Heroin", None, "EC"]):  # fmt: skip
            sheet.append(row)
        sheet.merge_cells("D2:D3")

    batch = importing.import_file(make.actor("officer"), workbook(fill), "a.xlsx", MAPPING)
    assert importing.outcomes(batch) == {"waiting": 2}
    assert importing.findings(batch, "import.merged_number").keys() == {2, 3}


def test_a_formula_that_ended_in_an_error_is_said_and_not_read_as_an_empty_cell():
    def fill(_, sheet):
        for row in (["Number", "Date", "Goods", "Quantity", "From"], ["A1", "03/04/2021", "Cocaine", "#DIV/0!", "EC"],
                    ["A2", "03/04/2021", "Heroin", 2, "EC"]):  # fmt: skip
            sheet.append(row)
        assert sheet["D2"].data_type == "e"

    batch = importing.import_file(make.actor("officer"), workbook(fill), "a.xlsx", MAPPING)
    assert importing.outcomes(batch) == {"stored": 1, "refused": 1}
    assert importing.findings(batch, "import.broken_formula")[2]["data"]["value"] == "#DIV/0!"


def test_a_header_printed_on_every_page_is_no_row_and_sums_and_notes_are_no_records():
    head = "Number;Date;Goods;Quantity;From"
    text = f"{head}\nA1;03/04/2021;Cocaine;2;EC\n;;;;\n{head}\nA2;03/04/2021;Heroin;1;EC\nTotal;;;3;\nSource: archive;;;;\n"
    batch = importing.import_file(make.actor("officer"), text.encode(), "a.csv", MAPPING)
    assert importing.outcomes(batch) == {"stored": 2, "refused": 2}
    assert importing.findings(batch, "import.total_row").keys() == {6}
    assert importing.findings(batch, "import.note_row").keys() == {7}


def test_blank_columns_and_repeated_headers_keep_their_places():
    sheet, _, _ = look(b"No;;Date;Date\nA1;;2021-01-02;2021-01-03\nA2;;2021-01-04;2021-01-05\n")
    assert sheet.header.names == ("No", "", "Date", "Date (2)")


def test_an_old_workbook_is_read_without_its_hidden_sheet():
    sheet, mapping, views = look((DATA / "register.xls").read_bytes(), "register.xls")
    assert sheet.table.facts["hidden"] == "1"
    assert sheet.rows[0][1][:4] == ["A/1", date(2021, 6, 7), "Résine de cannabis", 12.5]
    assert mapping.column_of("Quantité (kg)").beside == {"unit": "kg"}
    assert not any(view.opens for view in views.values())


def open_document(rows):
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Rows">{cells}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def test_an_open_document_sheet_is_read_to_its_last_filled_row():
    sheet, _, _ = look(open_document([["No", "Goods"], ["A1", "Cocaine"], ["A2", "Heroin"]]), "a.ods")
    assert [cells for _, cells in sheet.rows] == [["A1", "Cocaine"], ["A2", "Heroin"]]


def test_a_sheet_formatted_to_the_last_row_holds_what_is_filled():
    def fill(_, sheet):
        sheet.append(["No", "Goods"])
        sheet.append(["A1", "Cocaine"])
        sheet.cell(1_048_576, 2).number_format = "0.00"

    sheet, _, _ = look(workbook(fill), "a.xlsx")
    assert len(sheet.rows) == 1


def test_too_many_rows_are_refused_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr("opencen.formats.limits.MAX_ROWS", 100)
    for content, name in (
        (column(["2021"] * 101), "a.csv"),
        (workbook(lambda _, s: [s.append(["A", n]) for n in range(102)]), "a.xlsx"),
    ):
        with pytest.raises(TooLarge, match=r"import\.too_many_rows"):
            look(content, name)


def with_macros():
    stream = io.BytesIO(workbook(lambda _, sheet: sheet.append(["A", 1])))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("locked.xlsx", (DATA / "locked.xlsx").read_bytes(), "media.encrypted"),
        ("macros.xlsm", with_macros(), "import.macros"),
        ("macros.xlsx", with_macros(), "import.macros"),
        ("quote.csv", b'No;Goods\nA1;"Cocaine\nA2;Heroin\nA3;Khat\n', "import.quote_open"),
        ("wide.csv", (";".join(f"c{n}" for n in range(600)) + "\n" + ";".join(["1"] * 600)).encode(), "import.too_many_columns"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(name, content, code):
    with pytest.raises(OpenCenError) as caught:
        services.upload_file(make.actor("officer"), content=content, name=name)
    assert caught.value.code == code


def test_the_line_of_an_open_quotation_mark_is_named():
    with pytest.raises(Invalid) as caught:
        look(b'No;Goods\nA1;"Cocaine"\nA2;"Heroin\nA3;Khat\n')
    assert caught.value.path == "line 3"


ARABIC = "\n".join(["رقم;البضاعة;مكان", *(f"{n};حشيش;ميناء رادس" for n in range(9))])
MIXED = "\n".join(
    ["Number;Goods;Remarks;Office", *(f"TN-2021-{n};Cannabis resin found in luggage;حشيش;RDS" for n in range(9))]
)


def test_a_list_of_objects_is_a_table_and_so_is_one_with_lines_inside():
    content = (
        b'{"declarations": [{"number": "D1", "items": [{"goods": "Cocaine", "kg": 2}, {"goods": "Heroin", "kg": 1}]}]}'
    )
    sheet, _, _ = look(content, "feed.json")
    assert sheet.header.names == ("number", "items.goods", "items.kg")
    assert [cells for _, cells in sheet.rows] == [["D1", "Cocaine", 2], ["D1", "Heroin", 1]]


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["06/07/2021"], ""),
        (["06/07/2021", "01/02/2021"], ""),
        (["06/07/2021", "13/07/2021"], "dmy"),
        (["06/07/2021", "07/13/2021"], "mdy"),
        (["13/07/2021", "07/13/2021", "06/07/2021"], ""),
        (["06/07/21", "25.12.21"], "dmy"),
    ],
)
def test_the_order_of_dates_is_decided_by_the_whole_column_or_not_at_all(dates, order):
    _, mapping, views = look(column(dates))
    assert mapping.column_of("Date").order == order
    assert bool(views["Date"].opens) is (order == "")


def test_a_weekday_beside_the_date_decides_and_a_wrong_one_is_flagged():
    # 6 July 2021 was a Tuesday, 7 June 2021 a Monday.
    text = "No;Date;Jour\n1;06/07/2021;mardi\n2;08/07/2021;jeudi\n3;09/07/2021;vendredi\n"
    _, mapping, views = look(text.encode())
    entry = mapping.column_of("Date")
    assert (entry.order, entry.weekday) == ("dmy", "Jour")
    assert (views["Date"].dates.agrees, views["Date"].dates.contradicts) == (3, 0)
    leaf = annotations_at(effective_schema("case").tree, "detected_at")
    wrong = read_value("06/07/2021", entry, leaf, "", "lundi")
    assert (wrong.code, wrong.level, wrong.data["would_be"]) == (
        "date.order_undecided", "question", ["2021-06-07", "2021-07-06"],
    )  # fmt: skip
    assert read_value("06/07/2021", entry, leaf, "", "dimanche").code == "date.weekday_differs"


def test_a_spreadsheet_that_exchanged_day_and_month_is_asked_about():
    cells = [date(2021, 5, 1), date(2021, 11, 2), date(2021, 1, 12), "13/05/2021", "25/06/2021", "30/01/2021"]
    assert weigh_dates(cells).is_turned
    assert not weigh_dates([date(2021, 5, 21), *cells]).is_turned
    asked = read(date(2021, 5, 1), "detected_at", cells="ask")
    assert (asked.code, asked.level) == ("date.maybe_turned", "question")
    assert read(date(2021, 5, 1), "detected_at", cells="turned").value == "2021-01-05"
    assert read(date(2021, 5, 1), "detected_at", cells="as_shown").value == "2021-05-01"


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("12 juin 2021", "2021-06-12", ""), ("June 12, 2021", "2021-06-12", ""), ("12-Jun-21", "2021-06-12", ""),
        ("1er janvier 2020", "2020-01-01", ""), ("12 de mayo de 2021", "2021-05-12", ""), ("juin 2021", "2021-06", ""),
        ("١٢ يونيو ٢٠٢١", "2021-06-12", ""), ("20210612", "2021-06-12", ""), ("25122021", "2021-12-25", ""),
        ("12 Smarch 2021", None, "date.invalid"), ("31/04/2021", None, "date.impossible"),
        ("06/07/2021", None, "date.order_undecided"), (44355.0, "2021-06-08", "date.serial_number"),
        (2021.0, "2021", ""), ("13/07/2021 14:30", "2021-07-13", ""),
    ],
)  # fmt: skip
def test_a_date_is_read_or_said_to_be_none(cell, value, code):
    found = read(cell, "detected_at")
    assert (found.value, found.code) == (value, code)


@pytest.mark.parametrize(
    ("cell", "rules", "value", "beside", "code"),
    [
        ("12,5", {}, "12.5", {}, ""), ("1,250", {}, None, {}, "number.ambiguous"),
        ("1,250", {"decimal": "comma"}, "1.250", {}, ""), ("1 250,5", {}, "1250.5", {}, ""),
        ("٢٫٥", {}, "2.5", {}, ""), ("12 kg", {}, "12", {"unit": "kg"}, ""),
        ("12 kg", {"beside": {"unit": "g"}}, None, {}, "import.unit_differs"),
        ("2 kg 300 pcs", {}, None, {}, "import.two_measures"), ("3 kg 500 g", {}, None, {}, "import.two_measures"),
        ("2 kg 300 pcs", {"split": "measures"}, "2", {"unit": "kg"}, ""),
        ("2 kg 300 pcs", {"split": "sum"}, None, {}, "import.two_measures"),
        ("3 kg 500 g", {"split": "sum"}, "3.5", {"unit": "kg"}, ""),
        ("3 kg 500 g", {"split": "measures"}, None, {}, "import.two_measures"),
        ("env. 3", {}, None, {}, "number.approximate"), ("2300/2400", {}, None, {}, "import.several_values"),
        ("#REF!", {}, None, {}, "import.broken_formula"), ("4OO", {}, None, {}, "number.not_a_number"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_stands_or_waits(cell, rules, value, beside, code):
    found = read(cell, "lines[l1].quantity", **rules)
    assert (found.value, found.beside, found.code) == (value, beside, code)


def test_a_decimal_comma_in_half_of_a_column_is_flagged_and_only_what_could_be_either_waits():
    _, mapping, views = look(column(["12,5", "7,25", "3.5", "1.75", "1,250"], "Quantity"))
    assert mapping.column_of("Quantity").decimal == ""
    assert views["Quantity"].marks == (2, 2)
    assert views["Quantity"].open_values == (("1,250", 1),)


def test_a_second_measure_goes_beside_the_first_when_that_rule_was_chosen():
    rule = MAPPING.replace('decimal = "comma"\nbeside = { unit = "kg" }', 'split = "measures"')
    text = "Number;Date;Goods;Quantity;From\nA1;03/04/2021;Pangolin;2 kg 300 pcs;EC\n"
    actor = make.actor("officer")
    waits = importing.import_file(actor, text.encode(), "a.csv", rule.replace('split = "measures"', ""))
    assert importing.outcomes(waits) == {"waiting": 1}
    batch = importing.import_file(actor, text.encode(), "a.csv", rule)
    (line,) = importing.documents(actor, batch)[2]["lines"]
    assert (line["quantity"], line["unit"]) == ("2", "kg")
    assert [(m["quantity"], m["unit"]) for m in line["measures"]] == [("300", "piece")]


def test_several_codes_in_one_cell_wait_until_a_rule_divides_them():
    whole = "Number;Date;Goods;Quantity;From;Via\nA1;03/04/2021;Cocaine;2;EC;France; Italy\n".replace(
        "France; Italy", '"France; Italy"'
    )
    via = '\n[[column]]\nheader = "Via"\nto = ["route[transit].country"]\n'
    rule = MAPPING.replace("items = { ", 'items = { "route[transit]" = { role = "transit" }, ') + via
    actor = make.actor("officer")
    waits = importing.import_file(actor, whole.encode(), "a.csv", rule)
    assert importing.outcomes(waits) == {"waiting": 1}
    batch = importing.import_file(actor, whole.encode(), "a.csv", rule + 'split = "items"\n')
    legs = importing.documents(actor, batch)[2]["route"]
    assert [leg["country"] for leg in legs if leg["role"] == "transit"] == ["FR", "IT"]


def test_identifiers_that_a_spreadsheet_damaged_are_refused_or_flagged():
    assert read("1.23E+11", "consignments[s1].declaration_number").code == "import.identifier_damaged"
    assert read(1.2345678901234567e16, "consignments[s1].declaration_number").code == "import.identifier_damaged"
    assert read("1.23E+11", "narrative").value == "1.23E+11"
    extra = '\n[[column]]\nheader = "Declaration"\nto = ["consignments[s1].declaration_number"]\n'
    rows = [
        f"A{n};03/04/2021;Cocaine;2;EC;{text}" for n, text in enumerate(["00123", "00456", "00789", "21000", "812"])
    ]
    text = "\n".join(["Number;Date;Goods;Quantity;From;Declaration", *rows])
    batch = importing.import_file(make.actor("officer"), text.encode(), "a.csv", MAPPING + extra)
    flagged = importing.findings(batch, "import.leading_zero_lost")
    assert {number: found["data"]["would_be"] for number, found in flagged.items()} == {6: "00812"}


def test_a_table_with_one_column_for_each_commodity_gives_a_line_each():
    actor = make.actor("officer")
    text = "No;Date;Cocaine (kg);Héroïne (g);Cigarettes (cartons)\nA1;13/04/2021;2;0;15\nA2;14/04/2021;-;300;\n"
    _, mapping, _ = look(text.encode())
    assert [entry.to for entry in mapping.column][2:] == [[f"lines[w{n}].quantity"] for n in (1, 2, 3)]
    rule = importing.write(mapping.model_copy(update={"mode": "historical", "name": "wide"}))
    documents = importing.documents(actor, importing.import_file(actor, text.encode(), "a.csv", rule))
    held = {number: [(x["commodity"], x["quantity"], x["unit"]) for x in d["lines"]] for number, d in documents.items()}
    assert [(quantity, unit) for _, quantity, unit in held[2]] == [("2", "kg"), ("15", "carton")]
    assert [(code.split(".")[0], quantity, unit) for code, quantity, unit in held[3]] == [("drugs", "300", "g")]


def test_columns_are_proposed_by_their_values_in_any_language_and_misspellings_are_suggested_not_taken():
    rows = [
        "1;Résine de cannabis;camion",
        "2;الكوكايين;Vehicle",
        "3;Cigarrillos;avion",
        "4;Heroina;Vessel",
        "5;Resine de canabis;voiture",
    ]
    sheet, mapping, views = look("\n".join(["x;Trouvaille;Comment", *rows]).encode())
    assert mapping.column_of("Trouvaille").to == ["lines[l1].commodity"]
    assert mapping.column_of("Trouvaille").why == "values"
    view = views["Trouvaille"]
    assert [text for text, _ in view.open_values] == ["Resine de canabis"]
    assert view.suggested["Resine de canabis"][0].code == "drugs.cannabis.resin"
    assert len(sheet.rows) == 5


def test_a_formula_that_was_never_worked_out_is_refused_not_read_as_empty():
    def fill(book, sheet):
        book.create_sheet("other").append(["=1+1", "x"])
        for row in (["Number", "Date", "Goods", "Quantity", "From"], ["A1", "03/04/2021", "Cocaine", "=1+1", "EC"],
                    ["A2", "03/04/2021", "Heroin", 1, "EC"]):  # fmt: skip
            sheet.append(row)

    batch = importing.import_file(make.actor("officer"), workbook(fill), "a.xlsx", MAPPING)
    assert importing.outcomes(batch) == {"stored": 1, "refused": 1}
    assert importing.findings(batch, "import.broken_formula").keys() == {2}
    assert read("#REF!", "consignments[s1].declaration_number").code == "import.broken_formula"
