"""Findings: what the rules say of a document. An error refuses, a warning asks for a reason, a hint shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from opencen.kernel.actor import Actor
from opencen.kernel.registry import scan_modules

Level = Literal["error", "warning", "hint"]
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A correction that one click applies: values by path, with the changed characters marked."""

    label: str
    patch: dict[str, Any]
    marks: tuple[tuple[int, int], ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at one path; `data` fills the message that the edge makes from the code."""

    code: str
    level: Level
    path: str
    data: dict[str, Any] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def key(self) -> str:
        """Return the key under which a reason answers this finding."""
        return f"{self.code}@{self.path}"

    def without_data(self) -> dict[str, Any]:
        """Return what may be kept with a receipt: never content."""
        return {"code": self.code, "level": self.level, "path": self.path}


@dataclass(slots=True)
class Batch:
    """The documents that are judged together, and what rules looked up for all of them at once."""

    models: tuple[Any, ...] = ()
    kept: dict[str, Any] = field(default_factory=dict)

    def keep(self, name: str, look_up: Callable[[], Kept]) -> Kept:
        """Return what was looked up under a name; the first rule that asks looks it up for the whole batch."""
        if name not in self.kept:
            self.kept[name] = look_up()
        found: Kept = self.kept[name]
        return found


@dataclass(frozen=True, slots=True)
class FindingContext:
    """What a rule may ask for beside the document; `batch` is who is judged with it."""

    actor: Actor
    record_id: str
    on: date | None
    at: datetime
    is_dry: bool = False
    batch: Batch = field(default_factory=Batch)


RuleFunction = Callable[[Any, FindingContext], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class FindingRule:
    """A plausibility rule: one function over one document, with the sentences users read.

    `needs_database` rules run on the server only; the others run offline too. What a rule finds in other records is
    `of_others`: it is told to those alone for whom the rule finds it, never to whoever reads what was kept.
    """

    code: str
    level: Level
    message: str
    right: str
    check: RuleFunction
    needs_database: bool = False
    of_others: bool = False

    def run(self, document: Any, context: FindingContext) -> Iterator[Finding]:
        """Yield the rule's findings."""
        yield from self.check(document, context)


def finding_rule(
    code: str,
    level: Level,
    message: str,
    right: str = "",
    *,
    needs_database: bool = False,
    of_others: bool = False,
) -> Callable[[RuleFunction], FindingRule]:
    """Make a function a rule. Message and right are English templates over the finding's data."""

    def wrap(function: RuleFunction) -> FindingRule:
        return FindingRule(code, level, message, right, function, needs_database, of_others)

    return wrap


def scan_rules(package: str) -> tuple[FindingRule, ...]:
    """Return the rules of a package: one function a file, found by scan."""
    values = (value for module in scan_modules(package) for value in vars(module).values())
    return tuple(value for value in values if isinstance(value, FindingRule))


# The reason that answers every warning of a historical import: one for the whole batch.
EVERY_WARNING = "*"


def unanswered_warnings(findings: Iterable[Finding], reasons: dict[str, str], mode: str = "live") -> list[Finding]:
    """Return the warnings that no reason answers; a reason under the bare code answers all of that code."""
    if mode == "historical" and reasons.get(EVERY_WARNING, "").strip():
        return []
    return [
        found
        for found in findings
        if found.level == "warning" and not (reasons.get(found.key, "").strip() or reasons.get(found.code, "").strip())
    ]
