"""A mapping: which column goes where, how its values are read, and which rows make one record; a named TOML file."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from opencen.kernel.errors import Invalid, NotFound
from opencen.records.effective import EffectiveSchema
from opencen.records.paths import parse_path
from opencen.records.schema import Node

NAME = re.compile(r"^[a-z0-9][a-z0-9_-]{0,59}$")


class ColumnMap(BaseModel):
    """One column. `to` is tried in order: the first path that is still empty takes the value.

    `order` is that of day and month in written dates, `cells` what is done with those that the spreadsheet itself
    made dates of; `weekday` names the column with the day of the week. `split` is the rule for several values in one
    cell: further `measures` of the same goods, parts of one `sum`, further `items` of the list, or several `kinds`,
    each going to the one of `to` that it has the shape of.
    """

    model_config = ConfigDict(extra="forbid")
    header: str = Field(max_length=400)
    to: list[str] = Field(default_factory=list, max_length=8)
    beside: dict[str, Any] = Field(default_factory=dict)
    values: dict[str, str] = Field(default_factory=dict)
    flags: dict[str, str] = Field(default_factory=dict)
    otherwise: str = ""
    unreadable: Literal["refuse", "flag"] = "refuse"
    order: Literal["", "dmy", "mdy", "ymd"] = ""
    cells: Literal["", "as_shown", "turned", "ask"] = ""
    decimal: Literal["", "comma", "point"] = ""
    split: Literal["", "measures", "sum", "items", "kinds"] = ""
    weekday: str = Field("", max_length=400)
    evidence: str = Field("", max_length=400)
    fallback: str = Field("", max_length=400)
    label: str = Field("", max_length=120)
    why: str = Field("", max_length=400)


class Mapping(BaseModel):
    """How the rows of one kind of file become records.

    `items` are constants of an item that come with any of its columns; `ensure` are items that stand where a list
    would stay empty; `group` joins rows with the same key into one record, each with items of its own.
    `require` are columns without which a row is no record.
    """

    model_config = ConfigDict(extra="forbid")
    name: str = Field(max_length=60)
    title: str = Field("", max_length=200)
    type: str = Field("case", max_length=16)
    mode: Literal["live", "historical"] = "live"
    sheet: str = Field("", max_length=120)
    encoding: str = Field("", max_length=20)
    header_rows: list[int] = Field(default_factory=list, max_length=5)
    key: list[str] = Field(default_factory=list, max_length=12)
    group: bool = False
    require: list[str] = Field(default_factory=list, max_length=4)
    constants: dict[str, Any] = Field(default_factory=dict)
    items: dict[str, dict[str, Any]] = Field(default_factory=dict)
    ensure: dict[str, dict[str, Any]] = Field(default_factory=dict)
    column: list[ColumnMap] = Field(default_factory=list, max_length=500)

    def column_of(self, header: str) -> ColumnMap | None:
        """Return what is said of a column."""
        return next((entry for entry in self.column if entry.header == header), None)


def read_mapping(text: str) -> Mapping:
    """Read a mapping's TOML; what is wrong is named with its place."""
    try:
        found = Mapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Invalid("mapping.not_toml", reason=str(error)) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise Invalid("mapping.invalid", path=place, reason=str(first["msg"])) from None
    if not NAME.match(found.name):
        raise Invalid("mapping.name_shape", path="name", value=found.name)
    return found


def check_mapping(mapping: Mapping, schema: EffectiveSchema) -> None:
    """Refuse a mapping that points at fields the schema does not have."""
    paths = [path for entry in mapping.column for path in (*entry.to, entry.otherwise) if path]
    paths += list(mapping.constants)
    for path in paths:
        if not _exists(path, schema.tree):
            raise Invalid("mapping.path_unknown", path=path, value=path)


def _exists(path: str, node: Node) -> bool:
    current = node
    steps = parse_path(path)
    for name, item in steps[:-1]:
        inner = current.groups.get(name)
        if inner is None or (name in current.repeats) is not (item is not None):
            return False
        current = inner
    return bool(steps) and (steps[-1][0] in current.leaves or steps[-1][0] in current.national)


def write_mapping(mapping: Mapping) -> str:
    """Write a mapping as TOML."""
    data = mapping.model_dump(exclude_defaults=True)
    columns = data.pop("column", [])
    tables = {name: data.pop(name) for name in ("constants", "items", "ensure") if name in data}
    lines = [f"{name} = {_toml(value)}" for name, value in data.items()]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(f"{_toml(key)} = {_toml(value)}" for key, value in table.items())]
    for entry in columns:
        lines += ["", "[[column]]", *(f"{key} = {_toml(value)}" for key, value in entry.items())]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml(str(key))} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


@cache
def shipped_mappings() -> dict[str, str]:
    """Return the TOML of the mappings that come with the product, by name."""
    folder = resources.files("opencen.formats").joinpath("mappings")
    found = [entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return {read_mapping(text).name: text for text in sorted(found)}


def shipped_mapping(name: str) -> Mapping:
    """Return a mapping that comes with the product, or raise NotFound."""
    if name not in shipped_mappings():
        raise NotFound("mapping.unknown", name=name)
    return read_mapping(shipped_mappings()[name])
