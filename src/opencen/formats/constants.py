"""One value for a whole file: the answers that no column gives, and what would make refused rows acceptable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats.fields import LEGS, FieldChoice, field_choices, plain_path
from opencen.formats.mapping import Mapping as FileMapping
from opencen.formats.measures import LANGUAGES
from opencen.formats.models import ImportBatch
from opencen.formats.placing import PER_ROW
from opencen.kernel.errors import Invalid
from opencen.records.effective import EffectiveSchema

MISSING = "field.missing"
LOOKED_AT = 20_000
"""So many open rows are looked at for what they lack; of a larger file the page says so."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A field that may have one value for the whole file: the value it has now, and how many rows lack it."""

    choice: FieldChoice
    value: str = ""
    rows: int = 0


def askable(schema: EffectiveSchema, language: str) -> list[FieldChoice]:
    """List the fields that the short form asks for and that a list of codes answers."""
    asked = _asked_paths(schema)
    return [
        choice
        for choice in field_choices(schema, language)
        if choice.leaf.codelist
        and not choice.leaf.items
        and not _is_role(choice.path)
        and all(part in asked for part in _ways(choice.path))
    ]


def _is_role(path: str) -> bool:
    """Tell whether a field says what an item is, which its place in the mapping says already."""
    return path.endswith("].role")


def _asked_paths(schema: EffectiveSchema) -> set[str]:
    layout = schema.layout
    found = {line.path for section in layout.sections for line in section.fields if line.short and not line.optional}
    for group in layout.groups.values():
        found |= {f"{group.path}.{line.path}" for line in group.fields if line.short and not line.optional}
    return found


def _ways(path: str) -> list[str]:
    """Return the paths of a field and of the groups around it, as the layout names them."""
    parts = plain_path(path).split(".")
    return [".".join(parts[: end + 1]) for end in range(len(parts))]


def open_constants(mapping: FileMapping, schema: EffectiveSchema, language: str) -> list[Constant]:
    """List the asked fields that no column goes to, with the value that the mapping gives each."""
    reached = {path for entry in mapping.column for path in entry.to}
    beside = {name for entry in mapping.column for name in entry.beside}
    return [
        Constant(choice, value_of(mapping, choice.path))
        for choice in askable(schema, language)
        if choice.path not in reached and choice.path.rpartition(".")[2] not in beside
    ]


def value_of(mapping: FileMapping, path: str) -> str:
    """Return the value that a mapping gives a field in every row."""
    item, rest = _in_item(path)
    held = mapping.constants.get(path) or mapping.items.get(item, {}).get(rest)
    return str(held) if held is not None else ""


def with_constants(mapping: FileMapping, values: Mapping[str, str], schema: EffectiveSchema) -> FileMapping:
    """Give fields one value for the whole file; an empty value takes it away again."""
    constants = dict(mapping.constants)
    items = {name: dict(held) for name, held in mapping.items.items()}
    known = {choice.path: choice for choice in field_choices(schema, "en")}
    reached = {_in_item(path)[0] for entry in mapping.column for path in entry.to}
    for path, text in values.items():
        choice = known.get(path)
        if choice is None:
            raise Invalid("mapping.path_unknown", path=path, value=path)
        item, rest = _in_item(path)
        constants.pop(path, None)
        items.get(item, {}).pop(rest, None)
        if not text.strip():
            continue
        value = _code_of(choice, text.strip())
        if item and (item in reached or item.startswith(f"{PER_ROW}[")):
            items.setdefault(item, {})[rest] = value
        else:
            constants[path] = value
            constants |= _role_of(item)
    return mapping.model_copy(update={"constants": constants, "items": items})


def _role_of(item: str) -> dict[str, Any]:
    role = item.removeprefix("route[").removesuffix("]")
    return {f"{item}.role": role} if role in LEGS else {}


def _in_item(path: str) -> tuple[str, str]:
    """Divide a path after its first item."""
    head, bracket, rest = path.partition("]")
    return (f"{head}]", rest.removeprefix(".")) if bracket else ("", path)


def _code_of(choice: FieldChoice, text: str) -> str:
    name = choice.leaf.codelist
    if not name or text in get_list(name).codes:
        return text
    found = resolve(name, text, LANGUAGES)
    if found is None:
        raise Invalid("code.unknown", path=choice.path, value=text, list=name)
    return found.code


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many rows lack answers, how many of them were looked at, and what those lack."""

    rows: int
    looked_at: int
    fields: list[Constant]


def missing_answers(batch: ImportBatch, schema: EffectiveSchema, language: str) -> Lacking:
    """Count the rows that lack answers, and name the fields; of very many the first ones speak for the others."""
    open_rows = batch.rows.filter(outcome__in=("refused", "waiting"), codes__contains=f" {MISSING} ")
    count = open_rows.count()
    texts = open_rows.order_by("number").values_list("findings", flat=True)[:LOOKED_AT] if count else ()
    counted = Counter(texts)  # rows of one register lack the same, so that few of the texts differ
    lacking: Counter[str] = Counter()
    for text, rows in counted.items():
        lacking.update(dict.fromkeys(_lacking(orjson.loads(text)), rows))
    found: dict[str, Constant] = {}
    for choice in askable(schema, language):
        rows = sum(number for path, number in lacking.items() if _is_about(path, choice.path))
        if rows:
            found[choice.path] = Constant(choice, rows=rows)
    fields = sorted(found.values(), key=lambda constant: -constant.rows)
    return Lacking(count, min(count, LOOKED_AT), fields)


def _lacking(findings: Iterable[dict[str, Any]]) -> set[str]:
    return {plain_path(found["path"]) for found in findings if found["code"] == MISSING}


def _is_about(path: str, choice: str) -> bool:
    """Tell whether a missing field or group is the one that a choice fills; of a route, its departure."""
    plain = plain_path(choice)
    if choice.startswith("route[") and not choice.startswith("route[departure]"):
        return False
    return plain == path or plain.startswith(f"{path}.")
