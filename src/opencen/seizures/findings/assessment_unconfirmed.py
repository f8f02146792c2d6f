"""Purity and certainty come from a laboratory, not from a colour test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.codelists.lists import CodeList
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
        is_confirmed = any(_is_confirmed(step, stages) for step in line.assessments)
        if not is_confirmed and line.attributes and line.attributes.purity is not None:
            yield _finding(f"lines[{line.id}].attributes.purity", "purity")
        for step in line.assessments:
            yield from _check_step(step, f"lines[{line.id}].assessments[{step.id}]", stages)


def _is_confirmed(step: Any, stages: CodeList) -> bool:
    return bool(stages.attribute(step.stage or "", "confirmed", False))


def _check_step(step: Any, path: str, stages: CodeList) -> Iterator[Finding]:
    if _is_confirmed(step, stages):
        if step.stage == "laboratory" and not (step.certificate or step.laboratory):
            yield _finding(f"{path}.certificate", "laboratory")
    elif step.purity is not None or step.certificate:
        name = "purity" if step.purity is not None else "certificate"
        meant = {"meant": code("assessment_stage", "laboratory")}
        offer = Suggestion("assessment.meant", {f"{path}.stage": "laboratory"}, data=meant)
        yield _finding(f"{path}.{name}", name, (offer,))


def _finding(path: str, what: str, suggestions: tuple[Suggestion, ...] = ()) -> Finding:
    return Finding("assessment.unconfirmed", "warning", path, {"what": {"field": path}, "kind": what}, suggestions)
