"""Transit is never counted as origin: goods that only passed a country do not come from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.records.findings import Finding, FindingContext, finding_rule
from opencen.records.texts.values import code
from opencen.seizures.findings._shared import country_of


@finding_rule(
    "origin.transit",
    "warning",
    "{country} is stated as the origin, but the route only passes through it.",
    "Leave the origin empty, or name the country in which the goods were made or grown.",
)
def origin_transit(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Find an origin that the route names as transit and as nothing else."""
    transit = {country_of(leg) for leg in case.route if leg.role == "transit"}
    only_transit = transit - {country_of(leg) for leg in case.route if leg.role != "transit"} - {""}
    origins = [("goods_origin", case.goods_origin)]
    origins += [(f"lines[{line.id}].goods_origin", line.goods_origin) for line in case.lines]
    for path, origin in origins:
        if origin in only_transit:
            yield Finding("origin.transit", "warning", path, {"country": code("country", origin)})
