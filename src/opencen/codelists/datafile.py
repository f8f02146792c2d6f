"""Read the data files: one CSV file is one list.

The file opens with `# key: value` lines: `title_en`, `title_fr`, `version` (ISO date), `source`, and where needed
`types: column=kind;…` (str, list, bool, int, decimal) and `inherited: column;…` (a child without a value takes its
parent's). The header names the columns: `code`, a label column for each language (`en`, `fr`), `aliases_<language>`,
`parent` (else the part of the code before its last dot), `valid_from`, `valid_to`, `maps_to`; every further column is
an attribute. Several values in one cell are separated by `|`. The codes `unknown` and `not_applicable` bear the
attribute `silence` by themselves.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from opencen.codelists.lists import NOTHING, Code, CodeList

DATA = Path(__file__).parent / "data"
_LANGUAGE = re.compile(r"[a-z]{2}")
_ALIASES = re.compile(r"aliases_([a-z]{2})")
SILENCES = ("unknown", "not_applicable")
_DATED = ("valid_from", "valid_to")

KINDS: Mapping[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "decimal": Decimal,
    "bool": lambda text: {"true": True, "false": False}[text],
    "list": lambda text: tuple(text.split("|")),
}


def list_files(folder: Path = DATA) -> dict[str, Path]:
    """Name the data files by their list."""
    return {path.stem: path for path in sorted(folder.glob("*.csv"))}


def read_head(lines: Iterable[str]) -> dict[str, str]:
    """Read the `# key: value` lines at the head of a file."""
    head: dict[str, str] = {}
    for line in lines:
        if not line.startswith("#"):
            break
        key, _, value = line.lstrip("# ").partition(":")
        head[key.strip()] = value.strip()
    return head


def read_list(path: Path) -> CodeList:
    """Read one data file; a repeated code or a cell of the wrong kind is an error that names its line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = read_head(lines)
    kinds = dict(pair.split("=") for pair in head.get("types", "").split(";") if pair)
    inherited = [name for name in head.get("inherited", "").split(";") if name]
    codes: dict[str, Code] = {}
    for row in csv.DictReader(lines[len(head) :], strict=True):
        if None in row:
            raise ValueError(f"{path.name}: {row['code']} has more cells than columns")
        code = _read_code({key: value for key, value in row.items() if value}, kinds, codes, inherited)
        if code.code in codes:
            raise ValueError(f"{path.name}: {code.code} stands there twice")
        codes[code.code] = code
    titles = {key[6:]: value for key, value in head.items() if key.startswith("title_")}
    return CodeList(path.stem, head["version"], MappingProxyType(codes), titles, head.get("source", ""))


def _read_code(
    row: Mapping[str, str], kinds: Mapping[str, str], earlier: Mapping[str, Code], inherited: Iterable[str]
) -> Code:
    code = row["code"]
    parent = row.get("parent") or code.rpartition(".")[0] or None
    attributes: dict[str, Any] = {"silence": code} if code in SILENCES else {}
    if parent is not None and parent in earlier:
        above = earlier[parent].attributes
        attributes.update((name, above[name]) for name in inherited if name in above)
    for name, value in row.items():
        if name in ("code", "parent", "maps_to", *_DATED) or _LANGUAGE.fullmatch(name) or _ALIASES.fullmatch(name):
            continue
        attributes[name] = KINDS[kinds.get(name, "str")](value)
    starts, ends = (date.fromisoformat(row[name]) if name in row else None for name in _DATED)
    aliases = {found[1]: tuple(row[name].split("|")) for name in row if (found := _ALIASES.fullmatch(name))}
    return Code(
        code=code,
        parent=parent,
        labels={name: value for name, value in row.items() if _LANGUAGE.fullmatch(name)},
        valid_from=starts,
        valid_to=ends,
        maps_to=row.get("maps_to"),
        attributes=attributes or NOTHING,
        aliases=aliases or NOTHING,
    )
