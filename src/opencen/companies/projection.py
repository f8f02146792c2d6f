"""What lists show of a company; the name is nominal and goes with an erasure."""

from __future__ import annotations

from typing import Any

from opencen.records.subjects.projecting import main_name, subject_columns
from opencen.records.types import Columns

ORDER = ("registered", "trading", "short")


def company_columns(document: dict[str, Any]) -> Columns:
    """Project a company: standing, country and sector; apart from them its names and its first number."""
    name, other = main_name(document.get("names", ()), ORDER)
    numbers = [found["number"] for found in document.get("registrations", ()) if found.get("number")]
    nominal = {"name": name, "other": other, "number": numbers[0] if numbers else document.get("lei")}
    public = {"country": document.get("country"), "sector": document.get("sector")}
    return subject_columns(document, kind=document.get("standing") or "", public=public, nominal=nominal)
