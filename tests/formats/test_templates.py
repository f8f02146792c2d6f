"""Templates: one for each section, in the reader's language, with lists that Excel and LibreOffice understand."""

from __future__ import annotations

import io

import openpyxl
import pytest

from opencen.formats import services
from opencen.formats.mapping import write_mapping
from opencen.formats.proposing import propose
from opencen.formats.reading import open_sheet
from opencen.formats.templates import sections, write_section_template
from opencen.kernel.errors import NotFound
from opencen.kernel.languages import LANGUAGES
from opencen.records.effective import effective_schema
from tests import make
from tests.formats import importing

pytestmark = pytest.mark.django_db


def template(actor, section):
    stream = io.BytesIO()
    write_section_template(actor, section=section, stream=stream)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue()))


def paths(sheet):
    return {cell.value: cell.column for cell in sheet[1] if cell.value}


@pytest.mark.parametrize("section", ["drugs", "revenue", "ipr", "money", "environment", "security"])
def test_every_section_has_a_template_whose_lists_hold_its_own_goods(section):
    assert section in sections()
    book = template(make.actor("officer"), section)
    rows, choices = book.worksheets
    assert (choices.sheet_state, rows.row_dimensions[1].hidden) == ("hidden", True)
    assert rows.data_validations.count >= 8
    for rule in rows.data_validations.dataValidation:
        if rule.type == "list":
            name, _, area = rule.formula1.partition("!")
            assert name == choices.title
            values = [cell[0].value for cell in choices[area.replace("$", "")]]
            assert all(values)
            assert len(values) == len(set(values))
    assert {"detected_at", "lines[l1].commodity", "lines[l1].quantity", "lines[l1].unit"} <= set(paths(rows))


def test_a_section_asks_only_for_what_its_goods_have():
    actor = make.actor("officer")
    drugs, ivory = (set(paths(template(actor, section).worksheets[0])) for section in ("drugs", "environment"))
    assert "lines[l1].attributes.purity" in drugs - ivory
    assert "lines[l1].attributes.scientific_name" in ivory - drugs
    with pytest.raises(NotFound):
        template(actor, "nothing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_goes_in_by_itself_in_any_language(language):
    actor = make.actor("officer", language=language)
    book = template(actor, "drugs")
    rows, choices = book.worksheets
    assert bool(rows.sheet_view.rightToLeft) == (language == "ar")
    places = paths(rows)
    listed = {}
    for rule in rows.data_validations.dataValidation:
        if rule.type == "list":
            column = next(iter(rule.sqref.ranges)).min_col
            listed[column] = choices[rule.formula1.partition("!")[2].split(":")[0].replace("$", "")].value
    for number, (case, quantity) in enumerate((("A1", 2), ("A1", 3), ("A2", 1)), 3):
        for path, column in places.items():
            value = {"external_references[r1].number": case, "detected_at": "2026-03-04",
                     "lines[l1].quantity": quantity}.get(path, listed.get(column))  # fmt: skip
            if value is not None and "attributes" not in path and not path.startswith("opencen"):
                rows.cell(number, column).value = value
    stream = io.BytesIO()
    book.save(stream)
    batch = services.upload_file(actor, content=stream.getvalue(), name="drugs.xlsx")
    mapping, why = propose(actor, open_sheet(batch.sha256), effective_schema("case"))
    assert why.startswith("template")
    text = write_mapping(mapping.model_copy(update={"mode": "historical"}))
    done = importing.import_file(actor, stream.getvalue(), "drugs.xlsx", text)
    assert importing.outcomes(done) == {"stored": 3}, [row.findings for row in done.rows.all()]
    assert len({row.record_id for row in done.rows.all()}) == 2
