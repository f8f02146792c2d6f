"""Registers the database of this room with the spine."""

from __future__ import annotations

from functools import cache, partial

from django.utils.translation import gettext_noop as N_

from opencen.conveyances.documents import Conveyance
from opencen.conveyances.facets import FACETS
from opencen.conveyances.projection import conveyance_columns
from opencen.records.findings import FindingRule, scan_rules
from opencen.records.layout import load_layout
from opencen.records.schema import DocumentType
from opencen.records.subjects.findings import subject_rules
from opencen.records.subjects.projecting import subject_date
from opencen.records.types import Domain, register_domain

CONVEYANCE = DocumentType("conveyance", Conveyance, 1, "conveyance", "T")


@cache
def rules() -> tuple[FindingRule, ...]:
    """Return the plausibility rules: those of every subject, and this room's own, found by scan."""
    return (*subject_rules(), *scan_rules("opencen.conveyances.findings"))


def register() -> None:
    """Add the database to those the spine knows."""
    register_domain(
        Domain(
            document=CONVEYANCE,
            layout=partial(load_layout, "opencen.conveyances", "conveyance"),
            project=conveyance_columns,
            event_date=subject_date,
            rules=rules,
            media_list="photos",
            facets=FACETS,
            title="opencen.conveyances.titles.conveyance_title",
            address="conveyances",
            label=N_("Conveyances"),
            whole_nominal=True,
            duty={"form": "short", "legal_basis": "customs_law"},
        )
    )
