"""What lists show of a subject: the same for persons, companies and means of transport."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from opencen.kernel.partial_dates import PartialDate
from opencen.records.types import Columns

Canonical = dict[str, Any]
LATIN = frozenset({"latn", "", None})


def last_entry(document: Mapping[str, Any]) -> str | None:
    """Return the date of the newest suspicion, as it was stated."""
    stated = [entry["on"] for entry in document.get("entries", ()) if entry.get("on")]
    return max(stated, key=lambda text: PartialDate.parse(text).first_day(), default=None)


def subject_date(document: Mapping[str, Any]) -> date | None:
    """Return the first day on which the newest suspicion may have arisen."""
    stated = last_entry(document)
    return PartialDate.parse(stated).first_day() if stated else None


def main_name(names: Iterable[Mapping[str, Any]], first: tuple[str, ...]) -> tuple[str, str]:
    """Return the name a subject goes by, and how it is written in another script where that is known."""
    stated = [name for name in names if name.get("text")]
    if not stated:
        return "", ""
    order = {kind: place for place, kind in enumerate(first)}
    best = min(stated, key=lambda name: (order.get(name.get("type", ""), len(order)), not _is_latin(name["text"])))
    is_latin = _is_latin(best["text"])
    other = next((name["text"] for name in stated if _is_latin(name["text"]) != is_latin), "")
    return str(best["text"]), str(other)


def _is_latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(ord(character) < 0x250 for character in letters) * 2 >= len(letters)


def subject_columns(
    document: Mapping[str, Any], *, kind: str, public: Mapping[str, Any], nominal: Mapping[str, Any]
) -> Columns:
    """Project a subject: what every kind states, and what one adds."""
    entries = document.get("entries", ())
    summary = {
        "at": last_entry(document),
        "standing": document.get("standing"),
        "flags": list(document.get("flags", ())),
        "entries": len(entries),
        "offence": next((entry["offence"] for entry in entries if entry.get("offence")), None),
        "review_on": document.get("review_on"),
        "expires_on": document.get("expires_on"),
        "photos": len(document.get("photos", ())),
        **public,
    }
    return Columns(
        kind=kind,
        occurred_on=subject_date(document),
        summary={name: value for name, value in summary.items() if value not in (None, "", 0, False, [])},
        nominal={name: value for name, value in nominal.items() if value not in (None, "", [])},
    )
