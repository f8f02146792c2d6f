"""The published figures of the WCO's Illicit Trade Report 2025, as facts, and one's own beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opencen.analysis.labels import label_code
from opencen.analysis.measures.selection import Selection
from opencen.analysis.queries import Figures
from opencen.analysis.wording import write_share
from opencen.records.texts import write_decimal

PUBLISHED = "WCO Illicit Trade Report 2025"
# Region: cases, seizures, reporting countries, share of e-commerce.
REGIONS = {
    "EUR": (76059, 95859, 50, 0.455),
    "AMS": (54097, 93853, 30, 0.68),
    "MENA": (26067, 26965, 13, 0.015),
    "AP": (4354, 4880, 27, 0.279),
    "ESA": (1688, 2575, 17, 0.227),
    "WCA": (1525, 2334, 20, 0.006),
}
# Seizures by section over all regions: the sum of the published table of regions and sections.
SECTIONS = {
    "drugs": 75245,
    "ipr": 82576,
    "revenue": 40736,
    "money": 12251,
    "security": 10863,
    "environment": 4795,
}
TOTAL = (163790, 226466, 0.448)


@dataclass(frozen=True, slots=True)
class Beside:
    """One table: published numbers beside one's own, each in words."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def published_beside(figures: Figures, chosen: Selection, language: str) -> list[Beside]:
    """Lay the published figures beside one's own; they are never added to each other."""
    return [_regions(figures, chosen, language), _sections(figures, chosen, language)]


def _regions(figures: Figures, chosen: Selection, language: str) -> Beside:
    own = {row[0]: row[1:] for row in figures.ask("cases_by_region", chosen).rows}
    commerce = {row[0]: row[6] for row in figures.ask("e_commerce", chosen, {"by": "region"}).rows}
    rows = []
    for code, (cases, seizures, _countries, share) in REGIONS.items():
        mine = own.get(code, (0, 0))
        found = (cases, seizures, share, mine[0], mine[1], commerce.get(code))
        rows.append((label_code("wco_region", code, language), *_numbers(found, language)))
    total = figures.ask("cases_by_region", chosen).totals
    whole = figures.ask("e_commerce", chosen, {"by": "region"}).totals["share"]
    rows.append((_("All"), *_numbers((*TOTAL, total["cases"], total["seizures"], whole), language)))
    head = (
        _("Region"), _("Cases, published"), _("Seizures, published"), _("E-commerce, published"), _("Cases, own"),
        _("Seizures, own"), _("E-commerce, own"),
    )  # fmt: skip
    return Beside(_("Cases and seizures by region"), head, tuple(rows))


def _sections(figures: Figures, chosen: Selection, language: str) -> Beside:
    answer = figures.ask("cases_by_section", chosen)
    own = {row[0]: row[2] for row in answer.rows}
    whole, mine = sum(SECTIONS.values()), answer.totals["seizures"]
    rows = [
        (
            label_code("commodity", code, language),
            write_decimal(count, language),
            write_share(count / whole, language),
            write_decimal(own.get(code, 0), language),
            write_share(own.get(code, 0) / mine, language) if mine else "–",
        )
        for code, count in SECTIONS.items()
    ]
    head = (_("Section"), _("Seizures, published"), _("Share, published"), _("Seizures, own"), _("Share, own"))
    return Beside(_("Seizures by section"), head, tuple(rows))


def _numbers(found: tuple[Any, ...], language: str) -> list[str]:
    """Write counts as counts and the third of every three as a share."""
    return [
        "–" if value is None else write_share(value, language) if index % 3 == 2 else write_decimal(value, language)
        for index, value in enumerate(found)
    ]
