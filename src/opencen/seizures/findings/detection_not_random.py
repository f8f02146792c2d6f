"""What an alert, a rule or a message prompted was not selected at random."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import code

_FITTING = {
    "alert": "intelligence",
    "message": "intelligence",
    "informant": "intelligence",
    "rule": "risk_profiling",
    "investigation": "investigation",
}


@finding_rule(
    "detection.not_random",
    "warning",
    "“{prompt}” stands behind this “{method}”.",
    "Was it the reason for the check? Then it was “{fitting}”.",
)
def detection_not_random(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Find random or routine checks that something prompted."""
    prompt = next((found for found in case.prompted_by if found.kind in _FITTING), None)
    if case.detection_method not in ("random_selection", "routine_control") or prompt is None:
        return
    fitting = _FITTING[prompt.kind]
    data = {
        "prompt": code("prompt_kind", prompt.kind),
        "method": code("detection_method", case.detection_method),
        "fitting": code("detection_method", fitting),
    }
    meant = {"meant": code("detection_method", fitting)}
    suggestion = Suggestion("detection.meant", {"detection_method": fitting}, data=meant)
    yield Finding("detection.not_random", "warning", "detection_method", data, (suggestion,))
