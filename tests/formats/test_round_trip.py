"""What is exported can be imported again: nothing lost, nothing invented."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opencen.formats.format import Exported, export_formats, import_formats
from opencen.records.checking import parse_document
from opencen.records.effective import effective_schema
from opencen.records.schema import without_empty
from tests import make

pytestmark = pytest.mark.django_db

words = st.text(alphabet="abcéوبجд =+-@\"';,\n", min_size=1, max_size=12).map(str.strip).filter(bool)
numbers = st.decimals(0, 10**9, places=3).map(lambda value: format(value, "f"))
ids = st.integers(0, 40).map(lambda n: f"i{n}")


def items(**fields):
    return st.lists(st.fixed_dictionaries({"id": ids}, optional=fields), unique_by=lambda item: item["id"], max_size=3)


documents = st.fixed_dictionaries(
    {"kind": st.just("seizure")},
    optional={
        "detected_at": st.sampled_from(["2021", "2021-06", "2021-06-12", "2021-06-12T06:20+01:00"]),
        "narrative": words,
        "e_commerce": st.sampled_from(["yes", "no", "unknown"]),
        "operations": st.lists(st.sampled_from(["BLUE REEF", "NORTH"]), unique=True, max_size=2),
        "lines": items(
            commodity=st.sampled_from(["drugs.cocaine.hydrochloride", "drugs.cannabis.resin"]),
            quantity=numbers,
            unit=st.sampled_from(["kg", "piece"]),
            is_estimate=st.booleans(),
            description=words,
            measures=items(quantity=numbers),
            concealment=st.fixed_dictionaries({}, optional={"note": words, "exceptional": st.booleans()}),
        ),
        "persons": items(
            name=words,
            birth_year=st.integers(1920, 2015),
            phones=st.lists(words.filter(lambda w: ";" not in w), unique=True, max_size=2),
        ),
        "consignments": items(containers=items(number=words, seals=items(found=words))),
    },
).map(without_empty)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(documents)
def test_every_format_that_writes_and_reads_gives_the_same_document_back(tmp_path: Path, document):
    schema = effective_schema("case")
    parsed = parse_document(document, schema)
    assert not parsed.findings
    readers = {reader.name: reader for reader in import_formats()}
    tried = 0
    for writer in export_formats("case"):
        if writer.name not in readers:
            continue
        tried += 1
        path = tmp_path / f"out.{writer.extension}"
        with path.open("wb") as stream:
            writer.write(stream, [Exported("7c0ffee0", "TN-1", "validated", 3, parsed.document)], schema, "fr")
        assert readers[writer.name].recognises(path)
        (back,) = readers[writer.name].read(path, schema)
        assert (back.id, back.base_revision) == ("7c0ffee0", 3)
        assert parse_document(back.document, schema).document == parsed.document
    assert tried >= 2


def test_a_formula_in_a_cell_stays_a_text():
    schema = effective_schema("case")
    stream = io.BytesIO()
    document = make.case_document(narrative="=cmd|'/c calc'!A1")
    export = next(f for f in export_formats("case") if f.name == "xlsx")
    export.write(stream, [Exported("a", "", "draft", 1, document)], schema, "en")
    content = zipfile.ZipFile(stream).read("xl/worksheets/sheet1.xml") + zipfile.ZipFile(stream).read(
        "xl/worksheets/sheet2.xml"
    )
    assert b"<f>" not in content
