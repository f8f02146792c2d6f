"""The persons and companies of a case, by their item ids: whom a small record or an act of one is about."""

from __future__ import annotations

from typing import Any

from opencen.records.documents import documents_of
from opencen.records.models import Record


def parties_of(record: Record) -> dict[str, str]:
    """Name the persons and companies that a case states now."""
    return party_names(documents_of(record.type, [(record.id, record.revision)])[record.id])


def party_names(document: dict[str, Any]) -> dict[str, str]:
    """Name the persons and companies of a case by their item ids."""
    every = [*document.get("persons", ()), *document.get("companies", ())]
    return {item["id"]: item.get("name") or item.get("role") or item["id"] for item in every}
