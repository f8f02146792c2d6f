"""Layout conditions: which fields a document asks for, by what it already states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
    return isinstance(value, str) and any(value == code or value.startswith(f"{code}.") for code in condition["under"])


def _look_up(path: str, scope: Scope) -> Any:
    for part in reversed(scope):
        current: Any = part
        for name in path.split("."):
            current = current.get(name) if isinstance(current, dict) else None
        if current is not None:
            return current
    return None


def asked_fields(document: dict[str, Any], layout: Layout, *, short: bool) -> Iterator[Asked]:
    """Yield every leaf that the form asks for, item by item; a group that must not be empty asks as one."""
    for section in layout.sections:
        for field in section.fields:
            yield from _asked(field, field.path, field.path, [document], layout, short)


def _asked(field: LayoutField, path: str, plain: str, scope: Scope, layout: Layout, short: bool) -> Iterator[Asked]:
    if (short and not field.short) or not all(holds(condition, scope) for condition in field.when):
        return
    value = _own(field.path, scope[-1])
    group = layout.groups.get(plain)
    if group is None:
        yield Asked(path, field, value)
        return
    items = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    if not items:
        yield Asked(path, field, None)
    for item in items:
        here = f"{path}[{item['id']}]" if "id" in item and isinstance(value, list) else path
        for inner in group.fields:
            yield from _asked(inner, f"{here}.{inner.path}", f"{plain}.{inner.path}", [*scope, item], layout, short)


def _own(path: str, part: dict[str, Any]) -> Any:
    current: Any = part
    for name in path.split("."):
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


def completeness(document: dict[str, Any], layout: Layout, *, short: bool) -> Completeness:
    """Count the asked fields that hold an answer; optional fields count only when answered."""
    answered = asked = 0
    missing: list[str] = []
    for found in asked_fields(document, layout, short=short):
        is_answered = found.value not in (None, "", [], {})
        if is_answered or not found.field.optional:
            asked += 1
            answered += is_answered
            if not is_answered:
                missing.append(found.path)
    return Completeness(answered, asked, tuple(missing))
