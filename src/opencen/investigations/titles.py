"""What an investigation is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opencen.records.texts import write_code


def investigation_title(summary: Mapping[str, Any], language: str) -> str:
    """Call an investigation by its title, else by its offence area."""
    return str(summary.get("title") or "") or write_code("offence_area", str(summary.get("area") or "other"), language)
