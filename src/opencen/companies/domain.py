"""Registers the database of this room with the spine."""

from __future__ import annotations

from functools import cache, partial

from django.utils.translation import gettext_noop as N_

from opencen.companies.documents import Company
from opencen.companies.facets import FACETS
from opencen.companies.projection import company_columns
from opencen.records.findings import FindingRule, scan_rules
from opencen.records.layout import load_layout
from opencen.records.schema import DocumentType
from opencen.records.subjects.findings import subject_rules
from opencen.records.subjects.projecting import subject_date
from opencen.records.types import Domain, register_domain

COMPANY = DocumentType("company", Company, 1, "company", "B")


@cache
def rules() -> tuple[FindingRule, ...]:
    """Return the plausibility rules: those of every subject, and this room's own, found by scan."""
    return (*subject_rules(), *scan_rules("opencen.companies.findings"))


def register() -> None:
    """Add the database to those the spine knows."""
    register_domain(
        Domain(
            document=COMPANY,
            layout=partial(load_layout, "opencen.companies", "company"),
            project=company_columns,
            event_date=subject_date,
            rules=rules,
            media_list="photos",
            facets=FACETS,
            title="opencen.companies.titles.company_title",
            address="companies",
            label=N_("Companies"),
            whole_nominal=True,
            duty={"form": "short", "standing": "mentioned", "legal_basis": "customs_law"},
        )
    )
