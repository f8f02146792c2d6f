"""What a person is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opencen.records.texts import translate


def suspect_title(summary: Mapping[str, Any], language: str) -> str:
    """Call a person by the name it goes by."""
    return str(summary.get("name") or "") or translate("Person without a name", language)
