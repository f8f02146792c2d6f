"""The command `opencen [--home DIR] COMMAND`: every file of this folder is one command, found by listing."""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import django
from django.apps import apps
from django.db import DatabaseError

from opencen.commands.protocol import CommandFailed, require_home
from opencen.config.home import DEFAULT_HOME
from opencen.kernel.errors import OpenCenError

FOLDER = Path(__file__).resolve().parent
NOT_COMMANDS = frozenset({"main", "protocol"})
# These write the home that settings are read from, or must stay small: they set Django up themselves or not at all.
BEFORE_DJANGO = frozenset({"init", "node", "serve", "restore", "demo"})


def list_commands() -> dict[str, str]:
    """Map each command's name to its module: `import_.py` is `import`, `audit_log.py` is `audit-log`."""
    names = (info.name for info in pkgutil.iter_modules([str(FOLDER)]))
    return {
        name.rstrip("_").replace("_", "-"): name
        for name in names
        if name not in NOT_COMMANDS and not name.startswith("_")
    }


def first_sentence(module: str) -> str:
    """Return what a command does, from its docstring, without importing it."""
    path = FOLDER / f"{module}.py"
    path = path if path.exists() else FOLDER / module / "__init__.py"
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return text.split("\n\n")[0].replace("\n", " ")


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of what stands before the command's own arguments."""
    lines = [f"  {name:<10} {first_sentence(module)}" for name, module in sorted(list_commands().items())]
    parser = argparse.ArgumentParser(
        prog="opencen",
        description="The open national customs enforcement network.",
        epilog="commands:\n" + "\n".join(lines) + "\n\n'opencen COMMAND --help' explains one.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--home", metavar="DIR", help=f"the installation's folder (OPENCEN_HOME, or {DEFAULT_HOME})")
    parser.add_argument("command", metavar="COMMAND", choices=sorted(list_commands()))
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...")
    return parser


def load_command(name: str) -> ModuleType:
    """Import a command's module, with Django set up where it needs that."""
    module = list_commands()[name]
    if module not in BEFORE_DJANGO:
        require_home()
        django.setup()
    return importlib.import_module(f"opencen.commands.{module}")


def say_error(error: OpenCenError) -> str:
    """Put an error into words for a terminal: its sentence where rooms are loaded, always its code, place and data."""
    place = f" at {error.path}" if error.path else ""
    data = " " + json.dumps(error.data, default=str, ensure_ascii=False) if error.data else ""
    plain = f"{error.code}{place}{data}"
    if not apps.ready:
        return plain
    try:
        words = importlib.import_module("opencen.records.texts").error_text(error, "en")
    except DatabaseError:  # the sentence may name fields of the country's own, which the database keeps
        return plain
    return f"{words}\n  {plain}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = make_parser().parse_args(arguments)
    os.umask(0o077)  # what an installation writes is its owner's
    if given.home:
        os.environ["OPENCEN_HOME"] = given.home
    home = Path(os.environ.get("OPENCEN_HOME", DEFAULT_HOME)).expanduser().absolute()
    os.environ["OPENCEN_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "opencen.config.settings"
    try:
        command = load_command(given.command)
        parser = argparse.ArgumentParser(prog=f"opencen {given.command}", description=command.__doc__)
        command.add_arguments(parser)
        run: Callable[[argparse.Namespace], int] = command.run
        return run(parser.parse_args(given.rest))
    except CommandFailed as failure:
        print(f"opencen {given.command}: {failure}", file=sys.stderr)
    except OpenCenError as error:
        print(f"opencen {given.command}: {say_error(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
