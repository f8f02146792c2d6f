"""Layout conditions: which fields a document asks for, by what it already states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from opencen.records.layout import Layout, LayoutField

Scope = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that the document's present content asks for."""

    path: str
    field: LayoutField
    value: Any


def holds(condition: dict[str, Any], scope: Scope) -> bool:
    """Tell whether one condition holds; `scope` runs from the root to the innermost item."""
    value = _look_up(condition["path"], scope)
    if "present" in condition:
        return (value not in (None, "", [], {})) is condition["present"]
    if "is" in condition:
        return value in condition["is"]
    if "outside" in condition:
        return not _is_under(value, condition["outside"])
    return _is_under(value, condition["under"])


def _is_under(value: Any, codes: Sequence[str]) -> bool:
    return isinstance(value, str) and any(value == code or value.startswith(f"{code}.") for code in codes)


def _look_up(path: str, scope: Scope) -> Any:
    for part in reversed(scope):
        found = _own(path, part)
        if found is not None:
            return found
    return None


def asked_fields(document: dict[str, Any], layout: Layout, *, short: bool) -> Iterator[Asked]:
    """Return every leaf that the form asks for, item by item; a group that must not be empty asks as one.

    An optional field without an answer is nobody's question and is left out; so is one that not everybody sees.
    """
    found: list[Asked] = []
    for section in layout.sections:
        fields = section.short_fields if short else section.open_fields
        _ask(_Around("", "", [document], layout, short), fields, found)
    return iter(found)


class _Around(NamedTuple):
    """Where in a document fields are asked: the path shown, its group, and the parts from the root to here."""

    shown: str
    plain: str
    scope: Scope
    layout: Layout
    short: bool


def _ask(around: _Around, fields: Iterable[LayoutField], found: list[Asked]) -> None:
    """Append what is asked here; a list that is filled is quicker than generators within generators."""
    shown, plain, scope, layout, short = around
    part = scope[-1]
    for field in fields:
        value = _own(field.path, part)
        is_empty = value is None or value in _EMPTY
        if is_empty and field.optional:
            continue
        if field.when and not all(holds(condition, scope) for condition in field.when):
            continue
        path = f"{shown}.{field.path}" if shown else field.path
        group = layout.groups.get(f"{plain}.{field.path}" if plain else field.path)
        if group is None or is_empty:
            found.append(Asked(path, field, None if is_empty else value))
            continue
        inner = group.short_fields if short else group.open_fields
        for item in value if isinstance(value, list) else [value]:
            here = f"{path}[{item['id']}]" if isinstance(value, list) else path
            _ask(_Around(here, group.path, [*scope, item], layout, short), inner, found)


_EMPTY: tuple[Any, ...] = ("", [], {})


@lru_cache(maxsize=4096)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def _own(path: str, part: dict[str, Any]) -> Any:
    if "." not in path:
        return part.get(path)
    current: Any = part
    for name in _steps(path):
        current = current.get(name) if isinstance(current, dict) else None
    return current


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what is asked was answered; unknown and not applicable are answers."""

    answered: int
    asked: int
    missing: tuple[str, ...]

    @property
    def percent(self) -> int:
        """Return the share answered, 0 to 100."""
        return 100 if not self.asked else round(100 * self.answered / self.asked)


def completeness(asked_for: Iterable[Asked]) -> Completeness:
    """Count the asked fields that hold an answer; optional fields count only when answered."""
    answered = asked = 0
    missing: list[str] = []
    for found in asked_for:
        is_answered = found.value not in (None, "", [], {})
        if is_answered or not found.field.optional:
            asked += 1
            answered += is_answered
            if not is_answered:
                missing.append(found.path)
    return Completeness(answered, asked, tuple(missing))
