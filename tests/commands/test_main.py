"""The command line: every file is a command, and each explains itself."""

from __future__ import annotations

import importlib

import pytest

from opencen.commands.main import first_sentence, list_commands, say_error
from opencen.kernel.errors import Invalid


@pytest.mark.parametrize("name", sorted(list_commands()))
def test_every_command_keeps_the_protocol(name: str) -> None:
    module = importlib.import_module(f"opencen.commands.{list_commands()[name]}")
    assert callable(module.add_arguments)
    assert callable(module.run)
    assert first_sentence(list_commands()[name]).endswith(".")


def test_no_two_commands_say_the_same() -> None:
    sentences = [first_sentence(module) for module in list_commands().values()]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.django_db
def test_an_error_is_said_with_code_place_and_data() -> None:
    error = Invalid("code.unknown", path="lines[a].commodity", value="drugs.none")
    assert say_error(error).splitlines()[-1].strip() == 'code.unknown at lines[a].commodity {"value": "drugs.none"}'
