"""A newcomer adds a code list, an export format and a finding, each in one file: pages, exports and texts have them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

import opencen.formats.members as members
import opencen.seizures.findings as findings
from opencen.accounts.models import User
from opencen.codelists import catalogue
from opencen.codelists.datafile import list_files
from opencen.formats.format import formats
from opencen.records.texts import finding_text, known_texts
from opencen.seizures.domain import case_rules
from tests import make

pytestmark = pytest.mark.django_db

LIST = """\
# title_en: Dog unit
# title_fr: Équipe cynotechnique
# version: 2026-01-01
# source: made up for a test
code,en,fr,aliases_en,aliases_fr
north,Northern team,Équipe du nord,Rex,
south,Southern team,Équipe du sud,,
"""
FORMAT = '''
"""One line of text a record."""

from opencen.formats.format import Exported


class Lines:
    """Write references."""

    name = "references"
    title = "Plain references"
    extension = "txt"
    content_type = "text/plain; charset=utf-8"
    types = ("case",)

    def write(self, stream, records, schema, language):
        """Write one reference a line."""
        found = [record.reference for record in records]
        stream.write("\\n".join(found).encode())
        return len(found)


FORMAT = Lines()
'''
FINDING = '''
"""A quantity of thirteen is doubted."""

from opencen.records.findings import Finding, finding_rule


@finding_rule("quantity.thirteen", "warning", "Thirteen {unit}: really?", "Count again.")
def quantity_thirteen(case, context):
    """Doubt thirteen of anything."""
    for line in case.lines:
        if line.quantity == 13:
            yield Finding("quantity.thirteen", "warning", f"lines[{line.id}].quantity", {"unit": line.unit or ""})
'''


def put(folder: Path, package, name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put one file where a package's own files lie."""
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    monkeypatch.delitem(sys.modules, f"{package.__name__}.{name}", raising=False)


@pytest.fixture
def a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Add a list: one CSV file."""
    path = tmp_path / "dog_unit.csv"
    path.write_text(LIST, encoding="utf-8")
    monkeypatch.setattr(catalogue, "list_files", lambda: {**list_files(), "dog_unit": path})
    catalogue.drop_cache()
    yield
    catalogue.drop_cache()
    catalogue._shipped.cache_clear()


@pytest.fixture
def a_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Add an export format: one module."""
    put(tmp_path, members, "references", FORMAT, monkeypatch)
    formats.cache_clear()
    yield
    formats.cache_clear()
    sys.modules.pop("opencen.formats.members.references", None)


@pytest.fixture
def a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Add a plausibility rule: one module."""
    put(tmp_path, findings, "quantity_thirteen", FINDING, monkeypatch)
    case_rules.cache_clear()
    yield
    case_rules.cache_clear()
    sys.modules.pop("opencen.seizures.findings.quantity_thirteen", None)


def signed_in(role: str) -> Client:
    """Sign somebody of a role in."""
    client = Client()
    client.force_login(User.objects.get(pk=make.actor(role).id))
    return client


def test_a_list_of_one_file_is_on_the_page_in_the_api_and_found_by_typing(a_list):
    page = signed_in("administrator").get("/administration/codelists/dog_unit").content.decode()
    assert "Northern team" in page
    assert "dog_unit" in signed_in("administrator").get("/administration/codelists").content.decode()
    found = signed_in("officer").get("/api/v1/codelists/dog_unit/find?q=rex").json()
    assert [match["code"] for match in found] == ["north"]
    assert catalogue.get_list("dog_unit").label("south", "fr") == "Équipe du sud"


def test_a_format_of_one_file_is_offered_and_written_by_page_and_api(a_format):
    case = make.submit_case(make.actor("officer"))
    analyst = signed_in("analyst")
    assert "Plain references" in analyst.get("/cases").content.decode()
    assert b"".join(analyst.get("/cases/export?format=references").streaming_content).decode() == case.reference
    names = [found["name"] for found in analyst.get("/api/v1/exports/formats/case").json()]
    assert "references" in names


def test_a_finding_of_one_file_is_raised_in_words_and_asks_for_a_reason(a_finding):
    officer = make.actor("officer")
    refused = make.submit(officer, make.submission(make.case_document(lines=[make.line(quantity="13")])))
    assert not refused.is_accepted
    said = [finding_text(found, "en") for found in refused.findings if found.code == "quantity.thirteen"]
    assert [str(text.message) for text in said] == ["Thirteen kg: really?"]
    assert str(known_texts()["quantity.thirteen"].right) == "Count again."
    given = make.submission(make.case_document(lines=[make.line(quantity="13")]), reasons={"quantity.thirteen": "yes"})
    make.taken(make.submit(officer, given))


@pytest.mark.parametrize("kind", ["a code list", "an export format", "a plausibility rule"])
def test_the_recipes_are_written_down(kind, project):
    assert f"### To add {kind}" in (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
