"""An extract of another body by section, beside one's own count of the same whole years; the two are never added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from opencen.analysis.measures.selection import Selection
from opencen.analysis.models import Source
from opencen.analysis.permissions import READ_FIGURES
from opencen.analysis.queries import Figures

QUESTION = "cases_by_section"
Counts = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Beside:
    """One extract in some years: by section its cases and seizures, then one's own; the sums come last."""

    name: str
    first: int
    last: int
    rows: tuple[tuple[str, Counts], ...]
    total: Counts


def extracts_beside(figures: Figures, selection: Selection) -> list[Beside]:
    """Lay each extract beside one's own count, over the years of it that the period holds whole."""
    figures.actor.require(READ_FIGURES)
    found = []
    for source in Source.objects.order_by("name"):
        years = sorted({year for year in source.rows.values_list("year", flat=True) if _is_whole(selection, year)})
        # Only years in a row are one period; an extract with gaps is laid beside its newest stretch.
        first = _first_of_last_stretch(years)
        if first is None:
            continue
        found.append(_lay(figures, selection, source, first, years[-1]))
    return found


def _is_whole(selection: Selection, year: int) -> bool:
    begins = selection.since is None or selection.since <= date(year, 1, 1)
    return begins and (selection.until is None or selection.until >= date(year, 12, 1))


def _first_of_last_stretch(years: list[int]) -> int | None:
    first = years[-1] if years else None
    for year in reversed(years):
        if first is not None and year == first - 1:
            first = year
    return first


def _lay(figures: Figures, selection: Selection, source: Source, first: int, last: int) -> Beside:
    period = Selection(date(first, 1, 1), date(last, 12, 1), selection.time, selection.states)
    answer = figures.ask(QUESTION, period)
    own = {str(row[0] or ""): (int(row[1] or 0), int(row[2] or 0)) for row in answer.rows}
    sums = source.rows.filter(year__gte=first, year__lte=last).values("section")
    theirs = {
        row["section"]: (row["cases_sum"] or 0, row["seizures_sum"] or 0)
        for row in sums.annotate(cases_sum=Sum("cases"), seizures_sum=Sum("seizures"))
    }
    rows = [(name, (*theirs.get(name, (0, 0)), *own.get(name, (0, 0)))) for name in {*theirs, *own}]
    rows.sort(key=lambda row: (-row[1][1], -row[1][3], row[0]))
    said = (sum(cases for cases, _ in theirs.values()), sum(seizures for _, seizures in theirs.values()))
    totals = answer.totals
    total = (*said, int(totals["cases"] or 0), int(totals["seizures"] or 0))
    return Beside(source.name, first, last, tuple(rows), total)
