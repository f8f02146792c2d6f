"""Formulas without a value, or whose value is an error: readers give both as empty cells, which would hide them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

UNCALCULATED = "#FORMULA?"
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", UNCALCULATED})
LARGEST = 30_000_000
_SHEET = re.compile(r"<sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_BROKEN = re.compile(
    rb'<c r="([A-Z]{1,3})(\d+)"(?=[^>]*\st="e")[^>]*>(?:<f(?:[^>]*/>|[^>]*>[^<]*</f>))?<v>(#[^<]{1,12})</v></c>'
)
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')


def find_uncalculated(path: str) -> dict[str, list[tuple[int, int, str]]]:
    """Return the places (row, column from 0) of such formulas and what stands there; large sheets are not searched."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        targets = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in _RELATION.findall(relations)}
        found = {}
        for tag in _SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8", "replace")):
            target = targets.get(_attribute(tag, "r:id"), "")
            file = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if file in names and archive.getinfo(file).file_size <= LARGEST:
                found[_attribute(tag, "name")] = list(_places(archive.read(file)))
    return found


def _places(sheet: bytes) -> Iterator[tuple[int, int, str]]:
    for match in _CELL.finditer(sheet):
        yield (*_place(match), UNCALCULATED)
    for match in _BROKEN.finditer(sheet):
        yield (*_place(match), match[3].decode("ascii", "replace"))


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\s{re.escape(name)}="([^"]*)"', tag)
    return match[1] if match else ""


def _place(match: re.Match[bytes]) -> tuple[int, int]:
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - 64
    return int(match[2]) - 1, column - 1
