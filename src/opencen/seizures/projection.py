"""What lists show and sort by of a case and a control: public values only."""

from __future__ import annotations

from datetime import date
from typing import Any

from opencen.kernel.partial_dates import PartialDate
from opencen.records.types import Columns
from opencen.seizures.quantities import normalised_line, shown_unit, shown_value

Canonical = dict[str, Any]


def case_date(document: Canonical) -> date | None:
    """Return the first day on which the event may have happened."""
    stated = document.get("detected_at") or document.get("seized_at")
    return PartialDate.parse(stated).first_day() if stated else None


def control_date(document: Canonical) -> date | None:
    """Return the first day on which the control may have happened."""
    return PartialDate.parse(document["at"]).first_day() if document.get("at") else None


def main_line(document: Canonical) -> Canonical:
    """Return the line a case is named after: the first contraband, else the first."""
    lines: list[Canonical] = document.get("lines", [])
    contraband = [line for line in lines if line.get("role", "contraband") == "contraband"]
    return (contraband or lines or [{}])[0]


def case_columns(document: Canonical) -> Columns:
    """Project a case: what was found, how much counts of it, where hidden, on what, which way."""
    line = main_line(document)
    contraband = [found for found in document.get("lines", ()) if found.get("role", "contraband") == "contraband"]
    offences = document.get("offences") or [{}]
    conveyance = (document.get("conveyances") or [{}])[0]
    legs = {leg.get("role"): leg.get("country") for leg in document.get("route", ())}
    summary = {
        "commodity": line.get("commodity"),
        "quantity": line.get("quantity"),
        "unit": line.get("unit"),
        "basis": line.get("basis"),
        **_counted(line),
        "more": max(0, len(contraband) - 1),
        "offence": offences[0].get("kind"),
        "kind": None if line.get("commodity") else document.get("kind"),
        "concealment": (line.get("concealment") or {}).get("place"),
        "mode": conveyance.get("mode"),
        "lines": len(document.get("lines", ())),
        "photos": len(document.get("media", ())),
        "location_type": document.get("location_type"),
        "direction": document.get("direction"),
        "detection": document.get("detection_method"),
        "departure": legs.get("departure"),
        "destination": legs.get("destination"),
        "at": document.get("detected_at") or document.get("seized_at"),
        "form": document.get("form", "short"),
    }
    kept = {name: value for name, value in summary.items() if value not in (None, "", 0, False)}
    return Columns(kind=document.get("kind", ""), occurred_on=case_date(document), summary=kept)


def _counted(line: Canonical) -> dict[str, Any]:
    """Return the quantity that counts, in the unit one says it in, with the stage it rests on."""
    counted = normalised_line(line).counted
    if counted is None or counted.value is None:
        return {}
    return {
        "value": format(shown_value(counted), "f"),
        "measure": shown_unit(line, counted),
        "family": counted.family,
        "stage": counted.stage,
        "about": counted.stage == "suspected" or bool(counted.stage == "stated" and line.get("is_estimate")),
    }


def control_columns(document: Canonical) -> Columns:
    """Project a control: what was checked, how often, with which result."""
    names = ("subject", "count", "detection_method", "technique", "result", "at")
    summary = {name: document[name] for name in names if name in document}
    return Columns(kind=document.get("result", ""), occurred_on=control_date(document), summary=summary)
