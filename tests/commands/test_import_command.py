"""The commands import and export, run as an administrator runs them."""

from __future__ import annotations

import argparse

import pytest

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from opencen.commands import export, import_
from opencen.commands.main import main
from opencen.commands.protocol import CommandFailed
from opencen.formats.mapping import read_mapping
from opencen.formats.services import save_mapping
from opencen.kernel.errors import NotFound
from opencen.records.models import Record
from tests import make
from tests.formats.test_imports import CSV, MAPPING

pytestmark = pytest.mark.django_db


def run(command, *words):

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(CSV, "utf-8")
    (tmp_path / "register.toml").write_text(MAPPING, "utf-8")
    return path


def test_a_file_is_imported_and_its_sum_is_printed(register, capsys, tmp_path):
    user = make.user("officer")
    words = (register, "--mapping", tmp_path / "register.toml", "--as", user.username, "--reason", "old register")
    assert run(import_, *words, "--dry-run") == 1
    assert Record.objects.count() == 0
    assert (
        "dry run, nothing is stored: 5 rows = 2 stored + 0 unchanged + 2 refused + 1 waiting" in capsys.readouterr().out
    )
    assert run(import_, *words, "--workbook", tmp_path / "out.xlsx") == 1
    assert "5 rows = 2 stored + 0 unchanged + 2 refused + 1 waiting" in capsys.readouterr().out
    assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")
    run(import_, *words)
    assert "5 rows = 0 stored + 2 unchanged" in capsys.readouterr().out


def test_what_was_exported_goes_in_again_unchanged(capsys, tmp_path):
    validator = make.user("validator", "DTN")
    make.submit_case(actor_of(User.objects.get(pk=validator.pk)))
    for format in ("jsonl", "xlsx"):
        out = tmp_path / f"cases.{format}"
        assert run(export, out, "--format", format, "--as", validator.username) == 0
        assert run(import_, out, "--as", validator.username) == 0
        assert "1 rows = 0 stored + 1 unchanged" in capsys.readouterr().out


def test_a_stranger_exports_nothing_and_nobody_imports(register, tmp_path, capsys):
    make.submit_case(make.actor("officer"))
    stranger = make.user("validator", "SFA")
    assert run(export, tmp_path / "out.jsonl", "--format", "jsonl", "--as", stranger.username) == 0
    assert (tmp_path / "out.jsonl").read_bytes() == b""
    with pytest.raises(CommandFailed, match="no active user"):
        run(import_, register, "--as", "nobody")
    with pytest.raises(NotFound, match=r"mapping\.unknown"):
        run(import_, register, "--mapping", "nothing", "--as", stranger.username)
    with pytest.raises(CommandFailed, match="No such file"):
        run(import_, tmp_path / "none.csv", "--as", stranger.username)


def test_saved_mappings_are_known_by_name(register, capsys):
    user = make.user("officer")
    save_mapping(actor_of(User.objects.get(pk=user.pk)), text=MAPPING)
    assert read_mapping(MAPPING).name == "register"
    assert run(import_, register, "--mapping", "register", "--as", user.username, "--reason", "old") == 1


def test_the_command_is_listed(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "Import a file" in capsys.readouterr().out


def test_an_import_is_taken_back_by_its_name(register, capsys, tmp_path):
    user = make.user("officer")
    words = (register, "--mapping", tmp_path / "register.toml", "--as", user.username, "--reason", "old register")
    run(import_, *words)
    year = Record.objects.first().created_at.year
    assert run(import_, "--take-back", f"B-{year}-0001", "--as", user.username, "--reason", "the wrong file") == 0
    assert "5 rows: 2 taken back, 0 stay" in capsys.readouterr().out
    assert set(Record.objects.values_list("state", flat=True)) == {"cancelled"}
    with pytest.raises(NotFound):
        run(import_, "--take-back", "B-1999-0001", "--as", user.username, "--reason", "the wrong file")
    with pytest.raises(CommandFailed, match="name the FILE"):
        run(import_, "--as", user.username)
