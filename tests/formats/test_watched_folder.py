"""Files laid into the watched folder go in once they have stopped growing, and come out with their report."""

from __future__ import annotations

import os
import re
import time

import openpyxl
import pytest
from django.conf import settings

from opencen.accounts.models import User
from opencen.formats import services, watching
from opencen.formats.models import ImportBatch
from opencen.formats.running import run_imports
from opencen.kernel.errors import Invalid
from opencen.records.models import Record
from tests import make
from tests.formats.test_imports import CSV, MAPPING

pytestmark = pytest.mark.django_db

GOOD = "\n".join(CSV.splitlines()[:3]) + "\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    actor = make.actor("officer")
    given = {"folder": str(tmp_path), "user": User.objects.get(pk=actor.id).username, "reason": "Feed of the register"}
    for name, value in given.items():
        monkeypatch.setenv(f"OPENCEN_WATCHED_{name}".upper(), value)
    services.save_mapping(actor, text=MAPPING)
    watching._seen.clear()
    return tmp_path


def lay(folder, text, name="register.csv", age=60):
    path = folder / name
    path.write_text(text)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def names(folder):
    return sorted(path.name.partition(" ")[2] for path in folder.iterdir())


def test_nothing_is_watched_unless_a_folder_is_named():
    assert settings.HOME.value("watched", "folder", "") == ""
    assert watching.watch_folder() == 0


def test_a_file_goes_in_when_it_has_stopped_growing_and_comes_out_with_its_report(folder):
    lay(folder, GOOD)
    assert watching.watch_folder() == 0
    lay(folder, GOOD + "\n")
    assert watching.watch_folder() == 0
    assert watching.watch_folder() == 1
    assert ImportBatch.objects.get().task == "run"
    assert watching.watch_folder() == 0
    run_imports()
    assert watching.watch_folder() == 1
    assert names(folder / "done") == ["register.csv", "register.csv.report.txt"]
    report = next((folder / "done").glob("*.report.txt")).read_text()
    assert "2 rows = 2 stored" in report
    assert Record.objects.count() == 2


def test_refused_rows_come_out_as_a_checked_workbook(folder):
    lay(folder, CSV)
    watching.watch_folder()
    watching.watch_folder()
    run_imports()
    watching.watch_folder()
    assert names(folder / "failed") == ["register.csv", "register.csv.checked.xlsx", "register.csv.report.txt"]
    report = next((folder / "failed").glob("*.report.txt")).read_text()
    assert "31/04/2021" in report
    assert "date.impossible" in report
    assert "Row 4: refused" in report
    assert "Row 6: waiting" in report
    assert "…" not in report


def test_the_report_and_the_workbook_speak_the_language_of_the_folder(folder, monkeypatch):
    monkeypatch.setenv("OPENCEN_WATCHED_LANGUAGE", "ar")
    lay(folder, CSV)
    watching.watch_folder()
    watching.watch_folder()
    run_imports()
    watching.watch_folder()
    report = next((folder / "failed").glob("*.report.txt")).read_text()
    assert "الصف 4: مرفوض" in report
    assert "refused" not in report
    sheet = openpyxl.load_workbook(next((folder / "failed").glob("*.checked.xlsx"))).active
    assert "31/04/2021" in sheet["G4"].value
    assert re.search(r"[\u0600-\u06ff]", sheet["G4"].value)


def test_the_corrected_workbook_goes_in_through_the_folder_without_doubling(folder):
    lay(folder, CSV)
    watching.watch_folder()
    watching.watch_folder()
    run_imports()
    watching.watch_folder()
    path = next((folder / "failed").glob("*.checked.xlsx"))
    book = openpyxl.load_workbook(path)
    for place, value in (("B4", "30/04/2021"), ("C5", "Cocaine"), ("D6", "2300")):
        book.active[place] = value
    book.save(folder / "register corrected.xlsx")
    os.utime(folder / "register corrected.xlsx", (time.time() - 60, time.time() - 60))
    watching.watch_folder()
    watching.watch_folder()
    run_imports()
    watching.watch_folder()
    report = next((folder / "done").glob("*.report.txt")).read_text()
    assert "5 rows = 3 stored + 2 unchanged + 0 refused + 0 waiting" in report
    assert Record.objects.count() == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "empty"), ("A;B\n1;2\n", "No saved mapping"), ('Number;Goods\n"x;1\ny;2\n', "quotation mark")],
)
def test_a_file_that_cannot_be_taken_says_why_beside_it(folder, text, said):
    lay(folder, text)
    watching.watch_folder()
    assert watching.watch_folder() == 1
    assert said in next((folder / "failed").glob("*.report.txt")).read_text()
    assert Record.objects.count() == 0


def test_links_young_files_and_files_under_way_are_left_alone(folder, tmp_path_factory):
    secret = tmp_path_factory.mktemp("other") / "secret.csv"
    secret.write_text(GOOD)
    (folder / "link.csv").symlink_to(secret)
    lay(folder, GOOD, "upload.csv.part")
    lay(folder, GOOD, "young.csv", age=0)
    watching.watch_folder()
    assert watching.watch_folder() == 0
    assert ImportBatch.objects.count() == 0


def test_a_restart_goes_on_with_the_files_that_were_taken(folder):
    lay(folder, GOOD)
    watching.watch_folder()
    watching.watch_folder()
    watching._seen.clear()
    run_imports()
    assert watching.watch_folder() == 1
    assert names(folder / "done") == ["register.csv", "register.csv.report.txt"]


def test_an_unknown_user_stops_the_watch_with_its_reason(folder, monkeypatch):
    monkeypatch.setenv("OPENCEN_WATCHED_USER", "nobody")
    with pytest.raises(Invalid, match=r"watched\.user_unknown"):
        watching.watch_folder()
