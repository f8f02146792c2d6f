"""Acts upon figures: a figure taken away as a file is an entry of the log."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opencen.analysis.answers import Answer, Column
from opencen.analysis.books import Sheet, write_book
from opencen.analysis.covering import NUMBERS
from opencen.analysis.events import FIGURE_EXPORTED
from opencen.analysis.labels import label_member
from opencen.analysis.measures.protection import COVERED
from opencen.analysis.measures.selection import Selection
from opencen.analysis.naming import name_file, title_answer
from opencen.analysis.national_report import write_period
from opencen.analysis.permissions import READ_FIGURES
from opencen.analysis.queries import find_question, open_figures
from opencen.analysis.wording import BASES, COUNTED_MONTHS, STANDINGS, WORDED, covered_text, write_row, write_value
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.log.service import record_act, service

_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
PICTURE = "picture"
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class FigureFile:
    """A figure's numbers as a file."""

    name: str
    content_type: str
    content: bytes


@service(READ_FIGURES)
def export_figure(
    actor: Actor, *, name: str, selection: Selection, format: str, parameters: Mapping[str, str] | None = None
) -> FigureFile:
    """Write the numbers of a figure to a file: codes and words, with what the figure counts and as of when."""
    if format not in _TYPES:
        raise Invalid("figure.unknown_format", path="format", format=format[:20], expected=sorted(_TYPES))
    answer = open_figures(actor).ask_covered(name, selection, parameters)
    head, rows = lay_out_answer(answer, actor.language)
    about = describe_answer(answer, selection)
    sheet = Sheet("numbers", head, rows, about, lay_out_table(answer, actor.language))
    content = _write_csv(head, rows) if format == "csv" else write_book([sheet])
    record_act(FIGURE_EXPORTED, "figure", name, question=name, format=format, count=len(rows))
    return FigureFile(name_file(title_answer(answer), selection, format), _TYPES[format], content)


@service(READ_FIGURES)
def export_picture(
    actor: Actor, *, name: str, selection: Selection, parameters: Mapping[str, str] | None = None
) -> Answer:
    """Answer a figure as its picture may be taken away: small cells hold nothing that could be drawn."""
    answer = open_figures(actor).ask_covered(name, selection, parameters)
    record_act(FIGURE_EXPORTED, "figure", name, question=name, format=PICTURE, count=len(answer.rows))
    rows = tuple(tuple(None if value == COVERED else value for value in row) for row in answer.rows)
    totals = {key: None if value == COVERED else value for key, value in answer.totals.items()}
    return replace(answer, rows=rows, totals=totals)


def lay_out_answer(answer: Answer, language: str) -> tuple[list[str], list[list[Any]]]:
    """Return head and cells: every code beside its words, every number as a number."""
    head: list[str] = []
    for column in answer.columns:
        head += (
            [str(column.label)]
            if _stands_alone(column)
            else [_("%(column)s (code)") % {"column": column.label}, str(column.label)]
        )
    return head, [_cells(answer, row, language) for row in answer.rows]


def lay_out_table(answer: Answer, language: str) -> tuple[list[str], list[list[Any]]] | None:
    """Lay a table with totals out as it stands on the screen, its last column and row the totals; else None."""
    details = answer.details
    if not details.get("row_totals"):
        return None
    down, across, value = answer.columns
    cells = {row[:2]: row[2] for row in answer.rows}
    head = [str(down.label), *(write_value(across, other, language) for other in details["columns"]), _("All")]
    rows = [
        [write_value(down, member, language), *(cells[member, other] for other in details["columns"]), total]
        for member, total in zip(details["rows"], details["row_totals"], strict=True)
    ]
    rows.append([_("All"), *details["column_totals"], answer.totals[value.name]])
    return head, [[_plain_number(cell) for cell in row] for row in rows]


def _plain_number(cell: Any) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell


def _cells(answer: Answer, row: tuple[Any, ...], language: str) -> list[Any]:
    cells: list[Any] = []
    for column, value, words in zip(answer.columns, row, write_row(answer, row, language), strict=True):
        if column.kind in NUMBERS:
            cells.append(_plain_number(value))
        elif _stands_alone(column):
            cells.append(label_member(column, value, language))
        else:
            code = ", ".join(value) if isinstance(value, tuple) else value
            cells += ["" if code is None else str(code), words]
    return cells


def _stands_alone(column: Column) -> bool:
    """Tell whether a column's values need no code beside them."""
    if column.kind in NUMBERS:
        return True
    return column.kind in ("month", "year", "text") and not column.codelist and column.name not in WORDED


def describe_answer(answer: Answer, selection: Selection) -> list[tuple[str, str]]:
    """Return what a file says of its figure: how it counts, over what, as of when, and what is covered in it."""
    found = find_question(answer.question)
    return [
        (_("Figure"), str(found.title)),
        (_("What is counted"), str(BASES[answer.base])),
        (_("Counted as of"), answer.as_of.isoformat(timespec="seconds")),
        (_("Period"), write_period(selection, get_language() or "en")),
        *((name, value) for name, value in selection.to_query() if name not in ("from", "to")),
        *([(COVERED, covered_text(answer, get_language() or "en"))] if answer.details.get("covered") else []),
        *((f"{_('All')}: {_total_name(answer, name)}", str(value)) for name, value in answer.totals.items()),
    ]


def _total_name(answer: Answer, name: str) -> str:
    """Return the words of a total: those of its column, of months of offices those of their standing."""
    words = {**STANDINGS, **COUNTED_MONTHS} if answer.base == "offices" else {}
    if name in words:
        return str(words[name])
    return next((str(column.label) for column in answer.columns if column.name == name), name)


def _write_csv(head: list[str], rows: list[list[Any]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _harmless(cell: Any) -> Any:
    """Keep a spreadsheet from running a text as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_FORMULA) else cell
