"""What a means of transport is called: its name, else its number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opencen.records.texts import translate, write_code


def conveyance_title(summary: Mapping[str, Any], language: str) -> str:
    """Call a means of transport by its name; one without a name by what it is and its number."""
    if summary.get("name"):
        return str(summary["name"])
    code = summary.get("type")
    kind = write_code("vehicle_type", code, language) if code else ""
    kind = kind or write_code("conveyance_kind", summary.get("conveyance") or "other", language)
    number = summary.get("number")
    return translate("{kind} {number}", language, kind=kind, number=number) if number else kind
