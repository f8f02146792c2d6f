"""Charts that are tables in their own right: bars with their numbers, heat grids, and the table behind a chart."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

STEPS = 6


def amount_step(value: float | Decimal, largest: float | Decimal) -> int:
    """Return the step (0 to 6) of one hue; the root keeps small amounts apart from each other."""
    if not value or not largest or value <= 0:
        return 0
    return min(STEPS, max(1, math.ceil(STEPS * math.sqrt(float(value) / float(largest)))))


@register.simple_tag
def bar(value: Any, largest: Any, hatched: bool = False) -> SafeString:
    """Draw one bar; its number stands beside it in the table."""
    share = 0.0 if not largest or not value else max(0.0, min(1.0, float(value) / float(largest)))
    fill = 'class="kind-1"'
    pattern = ""
    if hatched:
        pattern = (
            '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect width="1.5" height="5" class="hatch-line"/></pattern></defs>'
        )
        fill = 'fill="url(#hatch)" class="hatched"'
    return format_html(
        '<svg height="12" width="100%" aria-hidden="true">{}<rect width="{}%" height="12" {}/></svg>',
        mark_safe(pattern),  # noqa: S308 - our own drawing
        f"{share * 100:.1f}",
        mark_safe(fill),  # noqa: S308 - our own drawing
    )


@register.filter
def largest_value(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Return the largest value of rows of a chart."""
    return max((row["value"] for row in rows if row.get("value")), default=0)


@register.filter
def share_of(value: Any, total: Any) -> float | None:
    """Return the share of a value in a total."""
    return float(value) / float(total) if total else None


@register.filter
def grid_rows(chart: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of a heat grid, each cell with its step, address and whether it is empty."""
    values = [value for row in chart["rows"] for value in row["values"] if value]
    largest = max(values, default=0)
    rows = []
    for row in chart["rows"]:
        urls = row.get("urls") or [None] * len(row["values"])
        texts = row.get("texts") or [None] * len(row["values"])
        cells = [
            {
                "value": value,
                "url": url,
                "text": text,
                "step": amount_step(value or 0, largest),
                "missing": value is None,
            }
            for value, url, text in zip(row["values"], urls, texts, strict=True)
        ]
        rows.append({"label": row["label"], "url": row.get("url"), "cells": cells, "total": row.get("total")})
    return rows


@register.filter
def month_rows(chart: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the table behind bars by month: one row a month, one cell a series."""
    rows = []
    last, reported = chart.get("last"), chart.get("reported")
    for index, category in enumerate(chart["categories"]):
        cells = [series["values"][index] for series in chart["series"]]
        if last:
            cells.append(last["values"][index])
        row: dict[str, Any] = {"label": category["label"], "url": category.get("url"), "cells": cells}
        if reported:
            row["reported"], row["of"] = reported["values"][index], reported["of"]
            row["in_time"] = reported["in_time"][index] if "in_time" in reported else None
        rows.append(row)
    return rows


@register.simple_tag
def chart_data(chart: Mapping[str, Any], chart_id: str) -> SafeString:
    """Write the data of a chart for its island."""
    return json_script(chart, f"{chart_id}-data")
