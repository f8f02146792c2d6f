"""Purity and certainty come from a laboratory, not from a colour test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import code


@finding_rule(
    "assessment.unconfirmed",
    "warning",
    "{what} is stated without a laboratory.",
    "Add the laboratory's finding with its certificate, or state the stage it rests on.",
)
def assessment_unconfirmed(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Find purities, certificates and court findings that no laboratory stage carries."""
    stages = get_list("assessment_stage")
    for line in case.lines:
        is_confirmed = any(stages.attribute(step.stage, "confirmed", False) for step in line.assessments if step.stage)
        if not is_confirmed and line.attributes and line.attributes.purity is not None:
            yield _finding(f"lines[{line.id}].attributes.purity", "purity")
        for step in line.assessments:
            path = f"lines[{line.id}].assessments[{step.id}]"
            if stages.attribute(step.stage or "", "confirmed", False):
                if step.stage == "laboratory" and not (step.certificate or step.laboratory):
                    yield _finding(f"{path}.certificate", "laboratory")
            elif step.purity is not None or step.certificate:
                name = "purity" if step.purity is not None else "certificate"
                meant = Suggestion(
                    "assessment.meant",
                    {f"{path}.stage": "laboratory"},
                    data={"meant": code("assessment_stage", "laboratory")},
                )
                yield _finding(f"{path}.{name}", name, (meant,))


def _finding(path: str, what: str, suggestions: tuple[Suggestion, ...] = ()) -> Finding:
    return Finding("assessment.unconfirmed", "warning", path, {"what": {"field": path}, "kind": what}, suggestions)
