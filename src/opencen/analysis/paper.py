"""The report on paper: sections as blocks for the press, wide grids on pages turned for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from opencen.accounts.queries import office_tree
from opencen.analysis.national_report import Report, Section
from opencen.analysis.queries import Figures
from opencen.kernel.clock import now
from opencen.records.texts import write_moment

# More columns than this do not fit across an upright page.
UPRIGHT_COLUMNS = 8
MOST_COLUMNS = 14
# What stands between runs in its own direction (Unicode FSI and PDI).
_ISOLATE, _ISOLATED = "\u2068", "\u2069"
Block = dict[str, Any]


def paper_content(report: Report, figures: Figures, language: str) -> dict[str, Any]:
    """Lay a report out for the press: the same words as on the screen."""
    actor = figures.actor
    office = office_tree().by_id.get(actor.office_id) if actor.office_id else None
    with translation.override(language):
        is_right = translation.get_language_bidi()
        printed = _("printed by %(name)s, %(at)s") % {
            "name": f"{_ISOLATE}{actor.name}{_ISOLATED}",
            "at": f"{_ISOLATE}{write_moment(now(), language, actor.time_zone)}{_ISOLATED}",
        }
        return {
            "title": report.title,
            "administration": settings.NODE_NAME,
            "office": office.name if office else "",
            "language": language.partition("-")[0],
            "rtl": is_right,
            "reference_label": _("Counted as of"),
            "reference": report.as_of,
            "state": report.period,
            "subtitle": _("Records the reader may not see are counted nowhere in it."),
            "printed": printed,
            "page": _("Page {page} of {pages}"),
            "blocks": [block for section in report.sections for block in _blocks(section, is_right)],
        }


def _blocks(section: Section, is_right: bool) -> Iterator[Block]:
    """Yield what stands under a section's title: how it counts, its chart, its table, in parts where it is too wide."""
    words = [section.counts, section.left_out] if section.left_out else [section.counts]
    is_wide = len(section.head) > UPRIGHT_COLUMNS
    paragraphs = [(line, is_right) for line in words]
    yield {"title": section.title, "kind": "text", "paragraphs": paragraphs, "wide": is_wide}
    if section.chart is not None:
        yield {"title": "", "kind": "chart", "wide": is_wide, **asdict(section.chart)}
    if section.rows:
        yield from _tables(section, is_wide)


def _tables(section: Section, is_wide: bool) -> Iterator[Block]:
    for start in range(1, len(section.head), MOST_COLUMNS):
        stop = start + MOST_COLUMNS
        rows = [[row[0], *row[start:stop]] for row in section.rows]
        yield {
            "title": "",
            "kind": "table",
            "head": [section.head[0], *section.head[start:stop]],
            "rows": rows,
            "widths": [2, *(1 for _column in section.head[start:stop])],
            "numbers": [section.numbers[0], *section.numbers[start:stop]],
            "shades": [[0, *row[start - 1 : stop - 1]] for row in section.shades],
            "wide": is_wide,
        }
