"""A national field that is for some: for others it is in no form, page, file, list, count, error or history."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from opencen.formats.exporting import export_records, write_template
from opencen.kernel.errors import Forbidden, Invalid
from opencen.log.sealer import seal_all
from opencen.records.derived import DERIVED, catch_up
from opencen.records.effective import schema_for
from opencen.records.fields import NewField, add_field, restore_field, retire_field
from opencen.records.forms import form_of
from opencen.records.intake import check, submit
from opencen.records.merging import choose_document, list_merges, read_merge, settle_merge
from opencen.records.models import IndexValue
from opencen.records.queries import list_revisions, read_record
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.seizures.queries.cases import get_case
from opencen.seizures.queries.history import compare
from tests import make

pytestmark = pytest.mark.django_db

SECRET = "Kestrel"


@pytest.fixture(autouse=True)
def informant_field() -> None:
    """Add `lines.national.informant`, for validators alone."""
    field = NewField(
        "case", "informant", "text", {"en": "Informant"}, group="lines", nominal=False, audience="case:validate"
    )
    add_field(make.actor("administrator"), field=field)


@pytest.fixture
def told():
    """Return an officer, a validator and a case in which the validator stated the informant."""
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "RDS", covers="HQ")
    case = make.submit_case(officer)
    stated = make.case_document(lines=[make.line(national={"informant": SECRET})])
    make.amend_case(validator, case.record_id, 1, stated)
    return officer, validator, case.record_id


def line_of(actor, record_id):
    return read_record(actor, "case", record_id)["document"]["lines"][0]


def test_who_may_sees_it_and_for_others_it_is_not_there(told):
    officer, validator, record_id = told
    assert line_of(validator, record_id)["national"] == {"informant": SECRET}
    assert "national" not in line_of(officer, record_id)
    assert list_revisions(officer, "case", record_id)[1]["changes"] == []
    assert [change["path"] for change in list_revisions(validator, "case", record_id)[1]["changes"]] == [
        "lines[l1].national.informant"
    ]
    assert compare(officer, record_id, 1, 2).changes == ()
    assert SECRET not in str(get_case(officer, record_id).document)


@pytest.mark.parametrize(("role", "is_there"), [("officer", False), ("validator", True)])
def test_form_schema_template_and_file_follow_the_reader(told, role: str, is_there: bool):
    _officer, _validator, record_id = told
    actor = replace(make.actor(role, "RDS"), permissions=make.actor(role, "RDS").permissions | {"case:export"})
    form = form_of(actor, "case")
    assert ("informant" in json.dumps([form["schema"], form["layout"]])) is is_there
    assert ("informant" in json.dumps(schema_for(actor, "case").json_schema)) is is_there
    template, exported = io.BytesIO(), io.BytesIO()
    write_template(actor, kind="case", stream=template)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(template.getvalue())).get_sheet_by_name("lines").to_python()
    assert ("national.informant" in sheet[1]) is is_there
    export_records(actor, kind="case", record_ids=[record_id], format="jsonl", stream=exported)
    assert (SECRET in exported.getvalue().decode()) is is_there


def test_who_does_not_see_it_changes_nothing_of_it(told):
    officer, validator, record_id = told
    again = make.case_document(lines=[make.line(quantity="78.17")])
    make.amend_case(officer, record_id, 2, again)
    line = line_of(validator, record_id)
    assert (line["quantity"], line["national"]) == ("78.17", {"informant": SECRET})
    stale = make.case_document(unit="Container team", lines=[make.line(quantity="78.17")])
    make.amend_case(officer, record_id, 1, stale)
    assert line_of(validator, record_id)["national"] == {"informant": SECRET}


def test_who_does_not_see_it_cannot_state_it_either(told):
    officer, validator, record_id = told
    document = make.case_document(lines=[make.line(national={"informant": "Somebody"})])
    unknown = make.case_document(lines=[make.line(national={"nobody": "Somebody"})])
    for given in (document, unknown):
        receipt = submit(officer, make.submission(given, id=record_id, base_revision=2))
        assert [(found.code, found.path) for found in receipt.findings] == [("field.unknown", "lines[l1].national")]
    assert line_of(validator, record_id)["national"] == {"informant": SECRET}


def test_it_is_in_no_derived_store(told):
    officer, validator, _record_id = told
    seal_all()
    for store in DERIVED:
        catch_up(store)
    assert not IndexValue.objects.filter(path__contains="informant").exists()
    for reader in (officer, validator):
        assert search(reader, SearchRequest(type="case", text=SECRET)).ids == []
        with pytest.raises(Invalid, match=r"search\.unknown_filter"):
            search(reader, SearchRequest(type="case", filters={"lines.national.informant": (SECRET,)}))


def test_a_conflict_that_would_lose_it_waits_for_somebody_who_sees_it(told):
    officer, validator, record_id = told
    make.amend_case(officer, record_id, 2, make.case_document(lines=[make.line(quantity="78.17")]))
    late = make.case_document(lines=[make.line(quantity="80", national={"informant": "Merlin"})])
    assert submit(validator, make.submission(late, id=record_id, base_revision=2)).outcome == "conflict"
    (task,) = list_merges(officer)
    view = read_merge(officer, task.id)
    assert "Merlin" not in str((view.base, view.present, view.later))
    chosen = {found.path: "later" for found in view.contradictions}
    with pytest.raises(Forbidden, match=r"merge\.for_others"):
        settle_merge(officer, task_id=task.id, document=choose_document(officer, task.id, chosen), revision=3)
    document = choose_document(validator, task.id, chosen)
    make.taken(settle_merge(validator, task_id=task.id, document=document, revision=3))
    assert line_of(validator, record_id)["national"] == {"informant": "Merlin"}


def test_a_retired_field_is_asked_again_with_what_it_held(told):
    _officer, validator, record_id = told
    administrator = make.actor("administrator")
    retire_field(administrator, type="case", group="lines", name="informant")
    assert "informant" not in json.dumps(form_of(validator, "case")["layout"])
    restore_field(administrator, type="case", group="lines", name="informant")
    assert "informant" in json.dumps(form_of(validator, "case")["layout"])
    assert line_of(validator, record_id)["national"] == {"informant": SECRET}


def test_a_field_stands_behind_its_neighbour_and_is_asked_on_a_condition():
    when = [{"path": "commodity", "under": ["drugs"]}]
    field = NewField(
        "case", "ripeness", "text", {"en": "Ripeness"}, group="lines", required="error", in_short_form=True,
        after="commodity", condition=when,
    )  # fmt: skip
    add_field(make.actor("administrator"), field=field)
    officer = make.actor("officer", "RDS")
    paths = [line["path"] for line in form_of(officer, "case")["layout"]["groups"]["lines"]["fields"]]
    assert paths[paths.index("commodity") + 1] == "national.ripeness"
    asked = {
        goods: [found.path for found in check(officer, make.submission(document)).findings]
        for goods, document in {
            "drugs": make.case_document(),
            "tobacco": make.case_document(lines=[make.line(commodity="tobacco.cigarettes", unit="stick")]),
        }.items()
    }
    assert "lines[l1].national.ripeness" in asked["drugs"]
    assert "lines[l1].national.ripeness" not in asked["tobacco"]


def test_a_field_of_the_record_itself_stands_behind_its_neighbour():
    field = NewField("case", "shift", "text", {"en": "Shift"}, after="detected_at")
    add_field(make.actor("administrator"), field=field)
    sections = form_of(make.actor("officer", "RDS"), "case")["layout"]["sections"]
    paths = [line["path"] for section in sections for line in section["fields"]]
    assert paths[paths.index("detected_at") + 1] == "national.shift"
    assert paths.count("national.shift") == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"audience": "case:everything"}, "field.audience_unknown"),
        ({"audience": "case:validate", "required": "error"}, "field.required_of_few"),
        ({"after": "nothing"}, "field.place_unknown"),
        ({"condition": [{"path": "nothing", "is": ["a"]}]}, "field.condition_unknown"),
        ({"condition": [{"path": "commodity"}]}, "field.condition_unknown"),
        ({"condition": [{"path": "commodity", "is": []}]}, "field.condition_unknown"),
        ({"condition": [{"path": "commodity", "is": ["a"], "under": ["b"]}]}, "field.condition_unknown"),
    ],
)
def test_a_place_condition_or_audience_that_makes_no_sense_is_refused(changes, code):
    field = replace(NewField("case", "wetness", "decimal", {"en": "Wetness"}, group="lines"), **changes)
    with pytest.raises(Invalid, match=code.replace(".", r"\.")):
        add_field(make.actor("administrator"), field=field)
