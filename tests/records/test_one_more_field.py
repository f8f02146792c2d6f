"""A field is added in one place, to the core or by an administrator at run time, and everything follows."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from opencen.formats.exporting import export_records, write_template
from opencen.formats.format import import_formats
from opencen.kernel.errors import Conflict, Forbidden, Invalid
from opencen.log.sealer import seal_all
from opencen.log.stamps import drop_caches
from opencen.records.checking import parse_document
from opencen.records.derived import DERIVED, catch_up
from opencen.records.effective import effective_schema
from opencen.records.fields import NewField, add_field, retire_field
from opencen.records.forms import form_of
from opencen.records.layout import LayoutField
from opencen.records.models import Revision
from opencen.records.queries import list_revisions, read_record
from opencen.records.schema import Number, stated
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.types import domain, register_domain
from opencen.seizures.documents import Case, Line
from tests import make

pytestmark = pytest.mark.django_db


class DenserLine(Line):
    """A line with one more attribute: what a developer would add."""

    density: Number | None = stated(indexed=True)


class DenserCase(Case):
    """A case whose lines have it."""

    lines: list[DenserLine] = stated(items="keyed")  # type: ignore[assignment]


@pytest.fixture
def core_field():
    """Add `lines.density` to the core: one attribute and one line of the layout."""
    before = domain("case")
    base = before.layout()
    group = base.groups["lines"]
    line = LayoutField("density", "Density", optional=True)
    layout = replace(base, groups={**base.groups, "lines": replace(group, fields=(*group.fields, line))})
    register_domain(replace(before, document=replace(before.document, model=DenserCase), layout=lambda: layout))
    drop_caches()
    yield "density"
    register_domain(before)
    drop_caches()


@pytest.fixture
def national_field():
    """Add `lines.national.wetness` at run time, public so that statistics may use it."""
    administrator = make.actor("administrator")
    labels = {"en": "Wetness", "fr": "Humidité"}
    field = NewField("case", "wetness", "decimal", labels, group="lines", nominal=False)
    add_field(administrator, field=field)
    return "national.wetness"


def a_case(officer, value: str, **changes):
    line = make.line(density=value, national={"wetness": value})
    return make.submit_case(officer, lines=[line], **changes)


def test_both_are_in_the_form_the_schema_and_the_layout(core_field, national_field):
    form = form_of(make.actor("officer", "RDS", language="fr"), "case")
    lines = form["layout"]["groups"]["lines"]["fields"]
    assert {"density", "national.wetness"} <= {field["path"] for field in lines}
    assert next(field["label"] for field in lines if field["path"] == national_field) == "Humidité"
    text = str(form["schema"]["$defs"])
    assert "density" in text
    assert "wetness" in text


def test_both_are_in_template_export_and_import(core_field, national_field, tmp_path: Path):
    officer, analyst = make.actor("officer", "RDS"), make.actor("analyst")
    stream = io.BytesIO()
    write_template(officer, kind="case", stream=stream)
    stream.seek(0)
    header = CalamineWorkbook.from_filelike(stream).get_sheet_by_name("lines").to_python()[1]
    assert {"density", "national.wetness"} <= set(header)
    receipt = a_case(officer, "1.25")
    schema = effective_schema("case")
    for reader in import_formats():
        path = tmp_path / f"out.{reader.extensions[0].lstrip('.')}"
        with path.open("wb") as file:
            export_records(analyst, kind="case", record_ids=[receipt.record_id], format=reader.name, stream=file)
        (back,) = reader.read(path, schema)
        line = parse_document(back.document, schema).document["lines"][0]
        assert (line["density"], line["national"]["wetness"]) == ("1.25", "1.25")


def test_both_are_in_the_api_document_and_its_differences(core_field, national_field):
    officer = make.actor("officer", "RDS")
    receipt = a_case(officer, "1.25")
    changed = make.line(density="2", national={"wetness": "3"})
    make.amend_case(officer, receipt.record_id, 1, make.case_document(lines=[changed]))
    document = read_record(officer, "case", receipt.record_id)["document"]
    assert Decimal(document["lines"][0]["density"]) == 2
    changes = list_revisions(officer, "case", receipt.record_id)[1]["changes"]
    assert {(c["path"], c["before"], c["after"]) for c in changes} == {
        ("lines[l1].density", "1.25", "2"),
        ("lines[l1].national.wetness", "1.25", "3"),
    }


def test_both_filter_the_list(core_field, national_field):
    officer = make.actor("officer", "RDS")
    light = a_case(officer, "1.25", detected_at="2026-05-01")
    a_case(officer, "9.5", detected_at="2026-09-02")
    seal_all()
    for store in DERIVED:
        catch_up(store)
    for path in ("lines.density", "lines.national.wetness"):
        found = search(officer, SearchRequest(type="case", numbers={path: (None, Decimal(2))}))
        assert found.ids == [light.record_id], path


def test_bad_values_of_both_are_refused_with_their_path(core_field, national_field):
    officer = make.actor("officer", "RDS")
    line = make.line(density="heavy", national={"wetness": "very", "unknown": 1})
    receipt = make.submit(officer, make.submission(make.case_document(lines=[line])))
    assert {(f.code, f.path) for f in receipt.findings} == {
        ("number.invalid", "lines[l1].density"),
        ("number.invalid", "lines[l1].national.wetness"),
        ("field.unknown", "lines[l1].national.unknown"),
    }


def test_a_retired_field_loses_nothing(national_field):
    officer, administrator = make.actor("officer", "RDS"), make.actor("administrator")
    receipt = make.submit_case(officer, lines=[make.line(national={"wetness": "4"})])
    retire_field(administrator, type="case", group="lines", name="wetness")
    form = form_of(officer, "case")
    assert "national.wetness" not in {field["path"] for field in form["layout"]["groups"]["lines"]["fields"]}
    document = read_record(officer, "case", receipt.record_id)["document"]
    assert document["lines"][0]["national"] == {"wetness": "4"}
    amended = make.case_document(lines=[{**document["lines"][0], "quantity": "80"}])
    make.amend_case(officer, receipt.record_id, 1, amended)
    assert '"wetness":"4"' in Revision.objects.get(record_id=receipt.record_id, number=2).public


def test_a_national_field_is_nominal_unless_said_otherwise():
    officer, administrator = make.actor("officer", "RDS"), make.actor("administrator")
    add_field(administrator, field=NewField("case", "nickname", "text", {"en": "Nickname"}, group="persons"))
    person = {
        "id": "p1",
        "role": "driver",
        "standing": "mentioned",
        "name": "A. B.",
        "national": {"nickname": "Shorty"},
    }
    receipt = make.submit_case(officer, persons=[person])
    revision = Revision.objects.get(record_id=receipt.record_id)
    assert "Shorty" not in revision.public
    assert "Shorty" in revision.nominal


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "Bad Name"}, "field.name_shape"),
        ({"kind": "colour"}, "field.kind_unknown"),
        ({"kind": "code", "codelist": "nothing"}, "field.codelist_unknown"),
        ({"labels": {}}, "field.missing"),
        ({"group": "lines.nothing"}, "field.group_unknown"),
        ({"required": "always"}, "field.required_unknown"),
    ],
)
def test_a_field_that_makes_no_sense_is_refused(changes, code):
    field = replace(NewField("case", "wetness", "decimal", {"en": "Wetness"}), **changes)
    with pytest.raises(Invalid, match=code.replace(".", r"\.")):
        add_field(make.actor("administrator"), field=field)


def test_only_an_administrator_adds_a_field_and_only_once(national_field):
    field = NewField("case", "wetness", "decimal", {"en": "Wetness"}, group="lines")
    with pytest.raises(Forbidden):
        add_field(make.actor("officer", "RDS"), field=field)
    with pytest.raises(Conflict, match=r"field\.exists"):
        add_field(make.actor("administrator"), field=field)
