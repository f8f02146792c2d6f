"""Check a document: schema, codes as of the event's day, references within, and the domain's rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from opencen.accounts.queries import office_tree
from opencen.codelists.catalogue import get_list
from opencen.codelists.lists import CodeList
from opencen.kernel.check_digits import identifier
from opencen.records.conditions import Asked
from opencen.records.effective import EffectiveSchema
from opencen.records.findings import Finding, FindingContext, Suggestion
from opencen.records.paths import Leaf, walk_leaves
from opencen.records.schema import Annotations, Document, to_canonical
from opencen.records.types import Domain

_PYDANTIC_CODES = {
    "extra_forbidden": "field.unknown",
    "missing": "field.missing",
    "string_pattern_mismatch": "value.shape",
    "string_too_long": "value.too_long",
    "decimal_parsing": "number.invalid",
    "decimal_type": "number.invalid",
    "decimal_max_digits": "number.too_long",
    "decimal_max_places": "number.too_long",
    "decimal_whole_digits": "number.too_long",
    "finite_number": "number.invalid",
    "int_parsing": "number.invalid",
    "int_from_float": "number.invalid",
    "bool_parsing": "value.not_yes_or_no",
    "string_type": "value.not_text",
    "list_type": "value.not_a_list",
    "model_type": "value.not_a_group",
    "dict_type": "value.not_a_group",
}

# The largest whole number that JSON readers everywhere keep exactly (RFC 8259, section 6).
MOST_WHOLE = 2**53 - 1


@dataclass(slots=True)
class Checked:
    """The outcome of a check: the canonical document where it could be read, and every finding."""

    document: dict[str, Any] = field(default_factory=dict)
    model: Document | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Tell whether anything refuses the document."""
        return any(found.level == "error" for found in self.findings)


def parse_document(raw: Any, schema: EffectiveSchema) -> Checked:
    """Read a raw document by its schema; every violation is a finding with its path."""
    checked = Checked()
    try:
        checked.model = schema.model.model_validate(raw)
    except ValidationError as error:
        checked.findings = [_violation(entry, raw) for entry in error.errors(include_url=False)[:200]]
        return checked
    checked.document = to_canonical(checked.model)
    _find_repeated(checked.document, "", checked.findings)
    return checked


def _violation(entry: Any, raw: Any) -> Finding:
    kind = str(entry["type"])
    code = kind if kind.startswith("date.") else _PYDANTIC_CODES.get(kind, "value.invalid")
    data = {key: str(value)[:80] for key, value in (entry.get("ctx") or {}).items()}
    if not isinstance(entry.get("input"), dict | list):
        data["value"] = str(entry.get("input"))[:80]
    return Finding(code, "error", _located(entry["loc"], raw), data)


def _located(location: tuple[Any, ...], raw: Any) -> str:
    """Turn a list position into the item's id, so that a finding points at the item itself."""
    path, current = "", raw
    for step in location:
        if isinstance(step, int):
            current = current[step] if isinstance(current, list) and step < len(current) else None
            item_id = current.get("id", step) if isinstance(current, dict) else step
            path += f"[{item_id}]"
        else:
            current = current.get(step) if isinstance(current, dict) else None
            path += f".{step}" if path else str(step)
    return path


def _find_repeated(part: dict[str, Any], prefix: str, found: list[Finding]) -> None:
    """Append a finding for each item whose id another item of its list has."""
    for name, value in part.items():
        if isinstance(value, dict):
            _find_repeated(value, f"{prefix}{name}.", found)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            ids = [item["id"] for item in value]
            twice = [one for place, one in enumerate(ids) if one in ids[:place]] if len(set(ids)) < len(ids) else []
            found.extend(Finding("item.repeated", "error", f"{prefix}{name}[{one}]", {"id": one}) for one in twice)
            for item in value:
                _find_repeated(item, f"{prefix}{name}[{item['id']}].", found)


def check_leaves(
    document: dict[str, Any],
    accepted: dict[str, Any],
    schema: EffectiveSchema,
    on: date | None,
    leaves: Sequence[Leaf] | None = None,
) -> Iterator[Finding]:
    """Check codes, identifiers and references within; a value the base already holds was accepted and stays so.

    `leaves` are those of the document, where they have been walked already.
    """
    lists: dict[str, CodeList] = {}
    before = {path: value for path, _, _, value in walk_leaves(accepted, schema.tree)} if accepted else {}
    for path, _, leaf, value in walk_leaves(document, schema.tree) if leaves is None else leaves:
        if before.get(path) == value:
            continue
        if leaf.codelist:
            codes = _listed(leaf.codelist, lists)
            found = codes.codes.get(value) if isinstance(value, str) else None
            if found is None or not found.is_valid(on):
                yield from _check_code(path, codes, value, on)
        elif leaf.identifier:
            yield from _check_identifier(path, leaf, value)
        elif leaf.kind.startswith("item:"):
            yield from _check_reference(path, leaf, value, document)
        elif isinstance(value, int) and abs(value) > MOST_WHOLE:
            yield Finding("number.too_long", "error", path, {"value": str(value)[:80]})
        elif leaf.kind == "office" and value not in office_tree().by_code:
            yield Finding("office.unknown", "error", path, {"value": value})


def _listed(name: str, lists: dict[str, CodeList]) -> CodeList:
    """Return a list that this document has asked for before, else get it."""
    found = lists.get(name)
    if found is None:
        found = lists[name] = get_list(name)
    return found


def _check_code(path: str, codes: CodeList, value: Any, on: date | None) -> Iterator[Finding]:
    for code in value if isinstance(value, list) else [value]:
        found = codes.codes.get(code)
        if found is None:
            yield Finding("code.unknown", "error", path, {"value": code, "list": codes.name})
        elif not found.is_valid(on):
            yield Finding("code.not_in_force", "error", path, {"value": code, "list": codes.name, "on": str(on)})


def _check_identifier(path: str, leaf: Annotations, value: str) -> Iterator[Finding]:
    kind = identifier(leaf.identifier)
    problem = kind.explain(value)
    if problem is None:
        return
    suggestions = tuple(
        Suggestion(found.reason, {path: found.value}, tuple((at, at + 1) for at in found.positions))
        for found in kind.suggest(value)[:3]
    )
    yield Finding(problem.code, "warning", path, {"value": value, "kind": leaf.identifier, **problem.data}, suggestions)


def _check_reference(path: str, leaf: Annotations, value: Any, document: dict[str, Any]) -> Iterator[Finding]:
    items = {item["id"] for item in document.get(leaf.kind.removeprefix("item:"), ())}
    for wanted in value if isinstance(value, list) else [value]:
        if wanted not in items:
            yield Finding("item.unknown", "error", path, {"value": wanted})


def missing_answers(asked: Iterable[Asked], level: Any) -> Iterator[Finding]:
    """Yield what the short form asks for and the document leaves empty; empty is never filled with unknown."""
    for found in asked:
        if found.value in (None, "", [], {}) and not found.field.optional:
            yield Finding("field.missing", level, found.path)


def codes_of_others(domain: Domain) -> frozenset[str]:
    """Return the codes of what a domain's rules find in other records."""
    return frozenset(rule.code for rule in domain.rules() if rule.of_others)


def run_rules(checked: Checked, domain: Domain, context: FindingContext) -> Iterator[Finding]:
    """Yield the findings of every rule of the domain."""
    for rule in domain.rules():
        yield from rule.check(checked.model, context)
