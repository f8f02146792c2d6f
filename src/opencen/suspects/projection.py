"""What lists show of a suspect; the name is nominal and goes with an erasure."""

from __future__ import annotations

from typing import Any

from opencen.records.subjects.projecting import main_name, subject_columns
from opencen.records.types import Columns

ORDER = ("full", "birth", "former")


def suspect_columns(document: dict[str, Any]) -> Columns:
    """Project a suspect: standing and warnings; apart from them name, birth, nationality and document."""
    name, other = main_name(document.get("names", ()), ORDER)
    documents = [found["number"] for found in document.get("documents", ()) if found.get("number")]
    nominal = {
        "name": name,
        "other": other,
        "births": [birth["date"] for birth in document.get("births", ()) if birth.get("date")],
        "nationalities": list(document.get("nationalities", ())),
        "document": documents[0] if documents else "",
    }
    public = {"sex": document.get("sex")}
    return subject_columns(document, kind=document.get("standing") or "", public=public, nominal=nominal)
