"""Registers the databases of this room with the spine."""

from __future__ import annotations

from functools import cache, partial

from django.utils.translation import gettext_noop as N_

from opencen.records.findings import FindingRule, scan_rules
from opencen.records.layout import load_layout
from opencen.records.schema import DocumentType
from opencen.records.types import Domain, register_domain
from opencen.seizures.documents import Case, Control
from opencen.seizures.facets import CASE_FACETS, CONTROL_FACETS
from opencen.seizures.projection import case_columns, case_date, control_columns, control_date

CASE = DocumentType("case", Case, 1, "seizure", "")
CONTROL = DocumentType("control", Control, 1, "control", "C")


@cache
def case_rules() -> tuple[FindingRule, ...]:
    """Return the plausibility rules of a case: one function each, found by scan."""
    return scan_rules("opencen.seizures.findings")


def register() -> None:
    """Add cases and controls to the databases the spine knows."""
    register_domain(
        Domain(
            document=CASE,
            layout=partial(load_layout, "opencen.seizures", "case"),
            project=case_columns,
            event_date=case_date,
            rules=case_rules,
            media_list="media",
            person_lists=("persons", "companies"),
            facets=CASE_FACETS,
            title="opencen.seizures.titles.case_title",
            address="cases",
            label=N_("Seizures"),
            duty={
                "kind": "seizure",
                "form": "short",
                "direction": "import",
                "e_commerce": "no",
                "lines.role": "contraband",
            },
        )
    )
    register_domain(
        Domain(
            document=CONTROL,
            layout=partial(load_layout, "opencen.seizures", "control"),
            project=control_columns,
            event_date=control_date,
            rules=tuple,
            needs_validation=False,
            facets=CONTROL_FACETS,
            title="opencen.seizures.titles.control_title",
            address="controls",
            exported_as="case",
            label=N_("Checks"),
            duty={"result": "none", "count": 1},
        )
    )
