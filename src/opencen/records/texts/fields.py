"""Write where a value stands (“Line 1, quantity”) and the value itself, by what the schema says of the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation

from opencen.accounts.queries import office_tree
from opencen.kernel.languages import comma
from opencen.records.effective import effective_schema
from opencen.records.paths import annotations_at, parse_path
from opencen.records.schema import Annotations
from opencen.records.texts.writing import write_code, write_date, write_decimal, write_field

Canonical = Mapping[str, Any]
_ID_LENGTH = 36


def write_path(path: str, language: str, type: str, *documents: Canonical) -> str:
    """Write where a field stands, its items numbered as in the first document that holds them."""
    layout = effective_schema(type).layout
    steps = parse_path(path)
    words: list[str] = []
    plain = ""
    for depth, (name, item_id) in enumerate(steps):
        plain = f"{plain}.{name}" if plain else name
        if item_id is not None:
            group = layout.groups.get(plain)
            word = group.item or group.label if group else name.replace("_", " ")
            with translation.override(language):
                word = translation.gettext(word)
            number = _number(steps[: depth + 1], documents)
            words.append(f"{word[:1].upper()}{word[1:]} {number}".strip())
    if steps and steps[-1][1] is None:
        words.append(write_field(plain, language, type))
    return comma(language).join(words)


def _number(steps: Sequence[tuple[str, str | None]], documents: tuple[Canonical, ...]) -> str:
    for document in documents:
        position = _position(document, steps)
        if position is not None:
            return str(position)
    return ""


def _position(document: Canonical, steps: Sequence[tuple[str, str | None]]) -> int | None:
    """Return the place, from one, of the last item of a path in its list."""
    current: Any = document
    position = None
    for name, item_id in steps:
        current = current.get(name) if isinstance(current, dict) else None
        if item_id is None or not isinstance(current, list):
            continue
        position = next((n for n, item in enumerate(current, 1) if item.get("id") == item_id), None)
        if position is None:
            return None
        current = current[position - 1]
    return position


def write_at(path: str, value: Any, language: str, type: str) -> str:
    """Write the value of a field as its schema says; nothing for an empty one."""
    leaf = annotations_at(effective_schema(type).tree, path)
    return write_leaf(leaf, value, language)


def write_leaf(leaf: Annotations | None, value: Any, language: str) -> str:
    """Write a value by its annotations: codes by label, numbers and dates by language."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, list):
        return comma(language).join(write_leaf(leaf, single, language) for single in value)
    if isinstance(value, bool):
        return write_code("yes_no", "yes" if value else "no", language)
    if isinstance(value, dict):
        return comma(language).join(str(inner) for key, inner in value.items() if key != "id")
    text = str(value)
    if leaf is None:
        return text
    if leaf.codelist:
        return write_code(leaf.codelist, text, language)
    if leaf.kind == "decimal":
        return write_decimal(text, language)
    if leaf.kind == "partial_date":
        return write_date(text, language)
    if leaf.kind == "record" and len(text) == _ID_LENGTH:
        return f"…{text[-8:]}"  # an id says nothing; its end tells two apart
    if leaf.kind == "office":
        office = office_tree().by_code.get(text)
        return office.label(language) if office else text
    return text
