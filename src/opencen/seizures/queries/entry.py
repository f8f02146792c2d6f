"""What an entry is worth in figures while it is typed: the quantity that counts of each line, and by which rule."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import InvalidOperation
from typing import Any

from opencen.kernel.actor import Actor
from opencen.seizures.quantities import normalised_line
from opencen.seizures.queries.parts import measured_text, rule_text


def computed_quantities(actor: Actor, document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return for each line that can be read: its quantity in figures, the rule and the stage it rests on."""
    computed = []
    lines = document.get("lines") if isinstance(document, dict) else None
    for line in lines if isinstance(lines, list) else []:
        found = _computed(line, actor.language) if isinstance(line, dict) and isinstance(line.get("id"), str) else None
        if found is not None:
            computed.append(found)
    return computed


def _computed(line: Mapping[str, Any], language: str) -> dict[str, Any] | None:
    """Normalise a line as typed so far; what is half written has no quantity yet."""
    try:
        found = normalised_line(line)
        counted = found.counted
        if counted is None or not counted.quantity.is_finite():
            return None
        return {
            "item": line["id"],
            "path": f"lines[{line['id']}].quantity",
            "value": None if counted.value is None else format(counted.value, "f"),
            "unit": counted.base_unit,
            "family": counted.family,
            "stage": counted.stage,
            "rule": rule_text(counted, language),
            "rule_code": counted.rule,
            "source": counted.source,
            "problem": counted.problem,
            "text": measured_text(line, counted, language),
            "alternatives": [measured_text(line, other, language) for other in found.alternatives],
        }
    except (InvalidOperation, AttributeError, KeyError, TypeError, ValueError):
        return None
