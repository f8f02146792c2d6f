"""The reference names every list and every official file, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from opencen.codelists.catalogue import get_list
from opencen.codelists.datafile import list_files
from opencen.codelists.official.known import FORMATS, UNLOCODE
from opencen.codelists.packaged import PACKAGED


def section(project: Path, title: str) -> str:
    """Return one section of the reference."""
    text = (project / "docs" / "reference" / "codelists.md").read_text(encoding="utf-8")
    return text.split(f"## {title}\n")[1].split("\n## ")[0]


def test_the_reference_names_every_shipped_list_with_a_code_of_it(project: Path) -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| `([^`]+)` \|", section(project, "The lists"), re.MULTILINE)
    assert {name for name, _ in rows} == {*list_files(), *PACKAGED.names()}
    assert [(name, code) for name, code in rows if code not in get_list(name)] == []


def test_the_reference_names_every_list_that_a_file_fills(project: Path) -> None:
    named = set(re.findall(r"`(\w+)`(?:, | \|)", section(project, "Official files")))
    assert named == {known.list_name for known in (*FORMATS, UNLOCODE)}
