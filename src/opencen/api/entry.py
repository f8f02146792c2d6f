"""What an entry is told while it is typed: findings, completeness, quantities, and what is known already."""

from __future__ import annotations

from typing import Any

from opencen.api.shapes import finding_json
from opencen.kernel.actor import Actor
from opencen.records.conditions import asked_fields, completeness
from opencen.records.effective import effective_schema
from opencen.records.intake import SubmissionIn, check
from opencen.seizures.queries import computed_quantities, known


def check_entry(actor: Actor, submission: SubmissionIn, *, with_known: bool = True) -> dict[str, Any]:
    """Run the door dry and add what pays the officer back at once."""
    receipt = check(actor, submission)
    document = submission.document
    schema = effective_schema(submission.type)
    found = completeness(asked_fields(document, schema.layout, short=document.get("form") != "full"))
    return {
        "findings": [finding_json(entry, actor.language, receipt.type) for entry in receipt.findings],
        "outcome": receipt.outcome,
        "completeness": {
            "answered": found.answered,
            "asked": found.asked,
            "percent": found.percent,
            "missing": [{"path": path} for path in found.missing[:12]],
        },
        "quantities": computed_quantities(actor, document),
        "known": known(actor, document, submission.id, submission.type) if with_known else [],
    }
