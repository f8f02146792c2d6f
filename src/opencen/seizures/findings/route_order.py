"""Stops of the route stand in the order the goods went: departure first, destination last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import code

_ORDER = {"origin": 0, "departure": 1, "transit": 2, "destination": 3}


@finding_rule(
    "route.order",
    "warning",
    "“{role}” stands behind “{before}” in the route.",
    "Put the stops in the order in which the goods went.",
)
def route_order(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Find the first stop whose role cannot follow the one before it."""
    for before, leg in zip(case.route, case.route[1:], strict=False):
        if before.role in _ORDER and leg.role in _ORDER and _ORDER[leg.role] < _ORDER[before.role]:
            data = {"role": code("leg_role", leg.role), "before": code("leg_role", before.role)}
            yield Finding("route.order", "warning", f"route[{leg.id}].role", data)
            return
