"""Documentation that can fail: its links lead somewhere, its commands exist, every setting is explained."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from opencen.commands.main import list_commands

PROJECT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^|[`\s/])opencen (?:--home \S+ )?([a-z][a-z-]+)\b")


def pages() -> list[Path]:
    """List the pages of documentation."""
    return sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")])


def links_of(page: Path) -> Iterator[str]:
    """Yield the links of a page that lead to files of the project."""
    return (
        link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link and not link.startswith("mailto:")
    )


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links_of(page) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_every_command_named_exists(page: Path) -> None:
    code = re.findall(r"`[^`]*`|```.*?```", page.read_text("utf-8"), re.DOTALL)
    named = {name for part in code for name in COMMAND.findall(part)}
    assert named - set(list_commands()) == set()


def settings_read() -> set[str]:
    """Find every setting that the code reads from the settings file."""
    files = (PROJECT / "src" / "opencen").rglob("*.py")
    calls = [
        node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    reads = [call.args[:2] for call in calls if getattr(call.func, "attr", "") == "value" and len(call.args) == 3]
    return {
        f"{section.value}.{name.value}"
        for section, name in reads
        if isinstance(section, ast.Constant) and isinstance(name, ast.Constant)
    }


def test_the_administrators_guide_explains_every_setting() -> None:
    text = (PROJECT / "docs" / "guides" / "administrator.md").read_text("utf-8")
    assert {"web.port", "database.url"} <= settings_read()
    assert sorted(name for name in settings_read() if f"`{name}`" not in text) == []
