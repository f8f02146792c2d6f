"""What a report is: a body's own columns in its order, each with what it is read from and what it must hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO, Literal

import xlsxwriter

from opencen.codelists.catalogue import get_list
from opencen.formats.format import Exported
from opencen.formats.guarding import guard
from opencen.formats.reporting.subject import LEGAL, Subject
from opencen.records.effective import EffectiveSchema
from opencen.records.parts import split_document

Canonical = dict[str, Any]
Kind = Literal["text", "day", "number"]
Problem = Literal["", "missing", "not_a_day", "not_a_number"]

# Only what was chosen and stripped for a report is of this type: no list of cases offers these formats by mistake.
REPORTED = "reported_case"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column of a body: its own header, how it is read, and the fields it is read from.

    Without `sources` no field of the case holds it: the column stays empty, and the preview says so. What not every
    case has (a transit, a sanction) `may_be_absent`: its rows are counted, and no case is asked to fill it.
    """

    name: str
    read: Callable[[Subject], str]
    sources: tuple[str, ...] = ()
    kind: Kind = "text"
    is_required: bool = False
    may_be_absent: bool = False

    def problem(self, value: str) -> Problem:
        """Tell what is wrong with a value."""
        if not value:
            return "missing"
        if self.kind == "day" and not _DAY.fullmatch(value):
            return "not_a_day"
        return "not_a_number" if self.kind == "number" and not _is_amount(value) else ""

    def refuses(self, value: str) -> bool:
        """Tell whether a row with this value is not complete."""
        found = self.problem(value)
        return self.is_required if found == "missing" else bool(found)


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting obligation. Unless it stays in the administration (`is_internal`), no name can enter it."""

    name: str
    title: str
    body: str
    columns: tuple[ReportColumn, ...]
    includes: Callable[[Canonical], bool]
    sections: tuple[str, ...] = ()
    per_line: bool = True
    is_internal: bool = False
    is_weekly: bool = False
    extension: str = "xlsx"
    content_type: str = XLSX
    types: tuple[str, ...] = (REPORTED,)

    def rows_of(self, record: Exported) -> Iterator[Subject]:
        """Yield what the rows of a case are read from."""
        case = without_cleared(record.document)
        lines = self.lines_of(case)
        parts = [(line,) for line in lines] if self.per_line else [lines] if lines or not self.sections else []
        for part in parts:
            yield Subject(record.id, record.reference, record.state, case, part)

    def lines_of(self, case: Canonical) -> tuple[Canonical, ...]:
        """Return the lines of a case that the report asks for."""
        return tuple(line for line in case.get("lines", ()) if is_contraband(line) and self.includes(line))

    def cells(self, subject: Subject) -> list[str]:
        """Return a row's values in the order of the columns."""
        return [column.read(subject) for column in self.columns]

    def is_complete(self, cells: Sequence[str]) -> bool:
        """Tell whether a row holds everything the body insists on."""
        return not any(column.refuses(cell) for column, cell in zip(self.columns, cells, strict=True))

    def write(self, stream: BinaryIO, records: Iterable[Exported], schema: EffectiveSchema, language: str) -> int:
        """Write a workbook of the body's columns and return how many rows it has."""
        rows = [self.cells(subject) for record in records for subject in self.rows_of(record)]
        stream.write(self.workbook(rows))
        return len(rows)

    def workbook(self, rows: Sequence[Sequence[str]]) -> bytes:
        """Write rows as a workbook: numbers as numbers, all else as text."""
        stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(stream, options) as book:
            sheet = book.add_worksheet(self.title[:31])
            bold = book.add_format({"bold": True})
            for place, column in enumerate(self.columns):
                sheet.write_string(0, place, column.name, bold)
            for number, row in enumerate(rows, 1):
                for place, (column, value) in enumerate(zip(self.columns, row, strict=True)):
                    if column.kind == "number" and _is_amount(value):
                        sheet.write_number(number, place, float(value))
                    elif value:
                        sheet.write_string(number, place, value)
            sheet.freeze_panes(1, 0)
            sheet.autofit()
        return stream.getvalue()

    def separated(self, rows: Iterable[Sequence[str]]) -> bytes:
        """Write rows as CSV."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(column.name for column in self.columns)
        writer.writerows([guard(value) for value in row] for row in rows)
        return text.getvalue().encode("utf-8-sig")


def without_names(document: Canonical, schema: EffectiveSchema) -> Canonical:
    """Return the public part of a document: what names somebody is not in it."""
    stated = {name: value for name, value in document.items() if name != LEGAL}
    public, _ = split_document(stated, schema.tree)
    return {**public, LEGAL: [act for act in document.get(LEGAL, ()) if not act[2]]}


def without_cleared(document: Canonical) -> Canonical:
    """Leave out who was cleared: no figure and no report counts them."""
    people = [person for person in document.get("persons", ()) if person.get("standing") != "cleared"]
    return {**document, "persons": people}


def is_contraband(line: Canonical) -> bool:
    """Tell whether a line is of the goods that were seized."""
    return bool(get_list("line_role").attribute(line.get("role") or "contraband", "summed", False))


def nothing(_subject: Subject) -> str:
    """Fill a column that no field of a case holds."""
    return ""


def _is_amount(value: str) -> bool:
    try:
        found = Decimal(value)
    except InvalidOperation:
        return False
    return found.is_finite() and found > 0
