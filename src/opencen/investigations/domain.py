"""Registers the database of investigations with the spine."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from typing import Any

from django.utils.translation import gettext_noop as N_

from opencen.investigations.documents import Investigation
from opencen.kernel.partial_dates import PartialDate
from opencen.records.facets import Facet
from opencen.records.findings import FindingRule, scan_rules
from opencen.records.layout import load_layout
from opencen.records.schema import DocumentType
from opencen.records.types import Columns, Domain, register_domain

INVESTIGATION = DocumentType("investigation", Investigation, 1, "investigation", "I")
FACETS = (
    Facet("kind", N_("Offence area"), codelist="offence_area"),
    Facet("result", N_("Result"), "outcome.result", "outcome"),
)


def opened_date(document: dict[str, Any]) -> date | None:
    """Return the day on which the investigation was opened."""
    stated = document.get("opened_on")
    return PartialDate.parse(stated).first_day() if stated else None


def investigation_columns(document: dict[str, Any]) -> Columns:
    """Project an investigation; its title names what it is about, so it is nominal."""
    summary = {
        "area": document.get("offence_area"),
        "evidence": len(document.get("evidence", ())),
        "hypotheses": len(document.get("hypotheses", ())),
        "result": (document.get("outcome") or {}).get("result"),
    }
    kept = {name: value for name, value in summary.items() if value}
    nominal = {"title": document["title"]} if document.get("title") else {}
    return Columns(document.get("offence_area") or "", opened_date(document), kept, nominal)


@cache
def investigation_rules() -> tuple[FindingRule, ...]:
    """Return the rules of the door for investigations: one function each, found by scan."""
    return scan_rules("opencen.investigations.findings")


def register() -> None:
    """Add investigations to the databases the spine knows."""
    register_domain(
        Domain(
            document=INVESTIGATION,
            layout=partial(load_layout, "opencen.investigations", "investigation"),
            project=investigation_columns,
            event_date=opened_date,
            rules=investigation_rules,
            needs_validation=False,
            facets=FACETS,
            title="opencen.investigations.titles.investigation_title",
            address="investigations",
            label=N_("Investigations"),
        )
    )
