"""What lists show of a means of transport; names and numbers are nominal."""

from __future__ import annotations

from typing import Any

from opencen.records.subjects.projecting import main_name, subject_columns
from opencen.records.types import Columns

NUMBERS = ("imo", "registration", "plate", "container", "wagon", "vin", "mmsi", "call_sign")


def conveyance_columns(document: dict[str, Any]) -> Columns:
    """Project a means of transport: kind, type and flag; apart from them its name and its number."""
    name, other = main_name(document.get("names", ()), ())
    number = next(((field, document[field]) for field in NUMBERS if document.get(field)), ("", ""))
    nominal = {"name": name, "other": other, "number": number[1], "number_kind": number[0]}
    public = {
        "conveyance": document.get("kind"),
        "type": document.get("type"),
        "flag": document.get("flag") or document.get("plate_country"),
        "make": document.get("make"),
    }
    return subject_columns(document, kind=document.get("kind") or "", public=public, nominal=nominal)
