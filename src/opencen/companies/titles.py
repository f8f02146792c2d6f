"""What a company is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opencen.records.texts import translate


def company_title(summary: Mapping[str, Any], language: str) -> str:
    """Call a company by its registered name."""
    return str(summary.get("name") or "") or translate("Company without a name", language)
