"""Make a report: look at what is missing, then take it away as a file; the taking is an entry of the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from opencen.formats.events import REPORTED
from opencen.formats.format import Exported
from opencen.formats.reporting.choosing import (
    MAY_REPORT,
    Period,
    choose_cases,
    find_report,
    read_cases,
    require_reporting,
    within,
)
from opencen.formats.reporting.profile import XLSX, Report, without_names
from opencen.formats.reporting.subject import Subject
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.kernel.memory import kept_in_memory
from opencen.log.service import record_act, service
from opencen.records.effective import effective_schema

SAMPLE_ROWS = 5
CASES_SHOWN = 200
_TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


@dataclass(slots=True)
class Fill:
    """How far one column is filled: rows that hold it, lack it, keep it here, or hold something else than asked."""

    name: str
    is_required: bool
    has_field: bool
    filled: int = 0
    missing: int = 0
    kept: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    cases: dict[str, str] = field(default_factory=dict)
    """The cases that lack it or hold it wrongly: id and reference, the first of them."""
    lacking: set[str] = field(default_factory=set)

    @property
    def case_count(self) -> int:
        """Count the cases that lack it or hold it wrongly."""
        return len(self.lacking)

    def note(self, subject: Subject) -> None:
        """Note a case that would fill the column."""
        self.lacking.add(subject.record_id)
        if len(self.cases) < CASES_SHOWN:
            self.cases[subject.record_id] = subject.reference


@dataclass(frozen=True, slots=True)
class Preview:
    """What a report would be: its rows, how far each column is filled, what is left out."""

    report: Report
    period: Period
    rows: int
    complete: int
    cases: int
    columns: tuple[Fill, ...]
    left_out: dict[str, int]
    sample: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report as a file."""

    name: str
    content_type: str
    content: bytes
    rows: int


def preview_report(actor: Actor, *, name: str, period: Period) -> Preview:
    """Look at a report before it is made: what is missing, column by column."""
    require_reporting(actor)
    report = find_report(name)
    choice = choose_cases(actor, period)
    fills = tuple(Fill(c.name, c.is_required, bool(c.sources)) for c in report.columns)
    sample: list[tuple[str, ...]] = []
    rows = complete = 0
    cases: set[str] = set()
    for subject, full in _subjects(report, period, read_cases(choice)):
        cells = report.cells(subject)
        kept_cells = report.cells(full) if report.is_internal and "" in cells else cells
        rows += 1
        complete += report.is_complete(cells)
        cases.add(subject.record_id)
        if len(sample) < SAMPLE_ROWS:
            sample.append(tuple(cells))
        for place, fill in enumerate(fills):
            _count(report, place, fill, cells[place], kept_cells[place])
            if _asks(report, place, cells[place]):
                fill.note(subject)
    return Preview(report, period, rows, complete, len(cases), fills, choice.left_out, tuple(sample))


@service(MAY_REPORT)
def make_report(
    actor: Actor,
    *,
    name: str,
    period: Period,
    format: str = "xlsx",
    complete_only: bool = False,
    with_names: bool = False,
) -> ReportFile:
    """Make a report as a file. Names stand in it only where it stays in the administration and one asks for them."""
    require_reporting(actor)
    report = find_report(name)
    if format not in _TYPES:
        raise Invalid("report.unknown_format", path="format", format=format[:20], expected=sorted(_TYPES))
    if with_names and not report.is_internal:
        raise Invalid("report.names_stay", path="names")
    choice = choose_cases(actor, period)
    rows = []
    with kept_in_memory():
        for subject, full in _subjects(report, period, read_cases(choice)):
            cells = report.cells(full if with_names else subject)
            if not complete_only or report.is_complete(cells):
                rows.append(cells)
    content = report.workbook(rows) if format == "xlsx" else report.separated(rows)
    record_act(REPORTED, "report", name, report=name, format=format, rows=len(rows), with_names=with_names)
    stem = f"{name}-{period.since}-{period.until}-{now():%Y%m%d}"
    return ReportFile(f"{stem}.{format}", _TYPES[format], content, len(rows))


def _subjects(report: Report, period: Period, records: Iterator[Exported]) -> Iterator[tuple[Subject, Subject]]:
    """Yield each row as it may leave, without names, beside the same row as the case holds it.

    Of a report that leaves the administration nobody asks for the latter: the row stands for both.
    """
    schema = effective_schema("case")
    for record in records:
        document = within(record.document, period.section)
        if report.sections and not report.lines_of(document):
            continue
        public = replace(record, document=without_names(document, schema))
        rows = list(report.rows_of(public))
        full = list(report.rows_of(replace(record, document=document))) if report.is_internal else rows
        yield from zip(rows, full, strict=True)


def _asks(report: Report, place: int, value: str) -> bool:
    """Tell whether a case is asked to fill a column, or to fill it better."""
    column = report.columns[place]
    problem = column.problem(value)
    return bool(column.sources and problem and not (problem == "missing" and column.may_be_absent))


def _count(report: Report, place: int, fill: Fill, value: str, held: str) -> None:
    problem = report.columns[place].problem(value)
    if not problem:
        fill.filled += 1
    elif problem != "missing":
        fill.wrong[problem] += 1
    elif held:
        fill.kept += 1
    else:
        fill.missing += 1
