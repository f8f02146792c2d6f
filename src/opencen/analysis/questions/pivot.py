"""Any measure by any two dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note, member_column
from opencen.analysis.covering import Layer, cases_by, weigh_rows, write_member
from opencen.analysis.grids import link_cell, plain_member
from opencen.analysis.labels import label_code, label_member
from opencen.analysis.measures.dimensions import DIMENSIONS, dimension
from opencen.analysis.measures.members import lay_out
from opencen.analysis.measures.protection import ALL, LEAST
from opencen.analysis.measures.quantities import (
    cases_measured,
    cases_of_money,
    mixed_cells,
    money_by,
    quantities_by,
    rates_used,
)
from opencen.analysis.measures.reader import Reader
from opencen.analysis.question import Parameters, Question, question, read_choice
from opencen.kernel.errors import Invalid, NotFound

OF_CHECKS = ("checks", "hit_rate")
UNITS = {
    "days_to_validate": "days",
    "hit_rate": "share",
    "quantity": "quantity",
    "value": "quantity",
    "duties": "quantity",
}
TIMES = ("month", "year", "quarter", "week")
MONEY = {"value": "value_own", "duties": "duties_own"}
Values = dict[tuple[Any, ...], Any]


@question
class Pivot(Question):
    """Any measure by any two dimensions, with unknown and empty among the members and the totals counted apart."""

    name = "pivot"
    title = _("Table of your own")
    base = "cases"
    parameters = ("measure", "rows", "columns", "family")
    choices = {
        "measure": (
            "cases",
            "seizures",
            "quantity",
            "value",
            "duties",
            "arrested",
            "days_to_validate",
            "checks",
            "hit_rate",
        ),
        "family": ("", "mass", "count", "volume", "value"),
    }

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a cell; refuse what rests on too few cases, or mixes units, and say which cell it is."""
        measure = read_choice(self, parameters, "measure")
        family = read_choice(self, parameters, "family")
        names = read_dimensions(parameters, measure)
        values = measure_values(reader, measure, names, family)
        if measure not in OF_CHECKS:
            self._refuse_few(reader, names)
        down, across = (names[0], names[1])
        rows, columns, _cells = lay_out([(*key, value or 0) for key, value in values.items()])
        rows, columns = _in_time(down, rows), _in_time(across, columns)
        pairs = [(row, column) for row in rows for column in columns]
        sides = [measure_values(reader, measure, (name,), family) for name in names]
        whole, unit = _whole(reader, measure, family)
        words = f"{MEASURE_WORDS[measure]}: {unit}" if unit else MEASURE_WORDS[measure]
        kind: Any = UNITS.get(measure, "count")
        return Answer(
            self.name,
            base_of(measure),
            (member_column(down), member_column(across), Column(measure, words, kind)),
            tuple(
                (plain_member(down, r), plain_member(across, c), values.get((r, c), _nothing(kind))) for r, c in pairs
            ),
            reader.snapshot.as_of,
            totals={measure: whole},
            notes=tuple(_notes(reader, measure, names)),
            links=tuple(link_cell({down: row, across: column}) for row, column in pairs),
            details={
                "rows": [plain_member(down, row) for row in rows],
                "columns": [plain_member(across, column) for column in columns],
                "down": down,
                "across": across,
                "row_totals": [sides[0].get((row,)) for row in rows],
                "column_totals": [sides[1].get((column,)) for column in columns],
            },
        )

    def weigh(self, reader: Reader, parameters: Parameters, answer: Answer) -> list[Layer]:
        """Weigh each cell by the cases that its value rests on; a number of checks says nothing of a case."""
        measure, family = read_choice(self, parameters, "measure"), read_choice(self, parameters, "family")
        if measure == "checks":
            return []
        names = read_dimensions(parameters, measure)
        written = cases_behind(reader, measure, names, family)
        cells = [(row[0], row[1]) for row in answer.rows]
        layer = weigh_rows(answer, [written.get(cell, 0) for cell in cells], [2], cells)
        totals = {(ALL, ALL): reader.total("cases")}
        for place, members, name in ((0, "rows", "row_totals"), (1, "columns", "column_totals")):
            counted = cases_behind(reader, measure, names[place : place + 1], family)
            for member, value in zip(answer.details[members], answer.details[name], strict=True):
                count = counted.get((member,), 0) if value else 0
                most = int(value) if value and answer.columns[2].kind == "count" else count
                totals[(member, ALL) if place == 0 else (ALL, member)] = min(count, most)
        return [replace(layer, totals=totals)]

    def _refuse_few(self, reader: Reader, names: Sequence[str]) -> None:
        """Refuse a figure that rests on a handful of cases in all, and say which cell it is."""
        count = reader.total("cases")
        if not 0 < count < LEAST:
            return
        cases = {row[:2]: row[2] for row in reader.tabulate(names, ("cases",))}
        cell = max(cases, key=lambda key: (cases[key], str(key)))
        raise Invalid(
            "figure.cell_too_small", path=f"cell[{cell[0]}][{cell[1]}]", cell=write_cell(names, cell),
            count=cases[cell], least=LEAST, total=count,
        )  # fmt: skip


MEASURE_WORDS = {
    "cases": _("Cases"),
    "seizures": _("Seizures"),
    "quantity": _("Quantity"),
    "value": _("Value"),
    "duties": _("Duties and taxes evaded"),
    "arrested": _("Persons arrested"),
    "days_to_validate": _("Days to validate, median"),
    "checks": _("Checks"),
    "hit_rate": _("Hit rate"),
}


def base_of(measure: str) -> str:
    """Return what a measure counts."""
    if measure in OF_CHECKS:
        return "controls"
    return "value" if measure in MONEY else measure if measure in ("quantity", "seizures") else "cases"


def _notes(reader: Reader, measure: str, names: Sequence[str]) -> Iterator[Note]:
    """Say where cells do not add up, and by whose rates money was reckoned."""
    if measure == "cases" or any(dimension(name).spread for name in names):
        yield Note("pivot.not_adding")
    if measure in MONEY:
        yield Note("value.rates", rates_used(reader))


def read_dimensions(parameters: Parameters, measure: str) -> tuple[str, str]:
    """Return the two dimensions, or raise Invalid: unknown, twice the same, or not stated by a check."""
    names = (parameters.get("rows") or "section", parameters.get("columns") or "location_type")
    if measure in OF_CHECKS and not parameters.get("rows"):
        names = ("office", parameters.get("columns") or "detection_method")
    for path, name in zip(("rows", "columns"), names, strict=True):
        known = [found.name for found in DIMENSIONS]
        try:
            found = dimension(name)
        except NotFound:
            raise Invalid("figure.unknown_choice", path=path, value=name[:40], expected=", ".join(known)) from None
        if measure in OF_CHECKS and "controls" not in found.tables:
            stated = [str(one.label) for one in DIMENSIONS if "controls" in one.tables]
            raise Invalid("pivot.not_of_checks", path=path, dimension=str(found.label), expected=", ".join(stated))
    if names[0] == names[1]:
        raise Invalid("pivot.same_dimension", path="columns")
    return names


def measure_values(reader: Reader, measure: str, names: Sequence[str], family: str) -> Values:
    """Return the values of a measure by members."""
    if measure == "quantity":
        try:
            rows = quantities_by(reader, names, family)
        except Invalid:
            raise _mixed(reader, names, family) from None
        return {row[: len(names)]: row[len(names) + 1] for row in rows}
    if measure in MONEY:
        return {row[:-1]: row[-1] for row in money_by(reader, names, MONEY[measure])}
    if measure not in OF_CHECKS:
        return {row[:-1]: row[-1] for row in reader.tabulate(names, (measure,))}
    finds = {row[:-1]: row[-1] or 0 for row in reader.tabulate(names, ("cases",))}
    clean = {row[:-1]: int(row[-1] or 0) for row in reader.tabulate(names, ("checks",))}
    checks = {key: finds.get(key, 0) + clean.get(key, 0) for key in {*finds, *clean}}
    if measure == "checks":
        return dict(checks)
    return {key: finds.get(key, 0) / count if count else None for key, count in checks.items()}


def cases_behind(reader: Reader, measure: str, names: Sequence[str], family: str) -> dict[tuple[Any, ...], int]:
    """Return on how many cases each value of a measure rests, by members as addresses write them."""
    if measure == "quantity":
        counted = cases_measured(reader, names, family)
    elif measure in MONEY:
        counted = cases_of_money(reader, names, MONEY[measure])
    else:
        return cases_by(reader, names)
    return {
        tuple(write_member(name, member) for name, member in zip(names, cell, strict=True)): count
        for cell, count in counted.items()
    }


def _whole(reader: Reader, measure: str, family: str) -> tuple[Any, str]:
    """Return the total of a measure and the words of its unit; empty where it has none."""
    language = get_language() or "en"
    if measure != "quantity":
        unit = rates_used(reader)["currency"] if measure in MONEY else ""
        return measure_values(reader, measure, (), family).get((), 0), unit and label_code("currency", unit, language)
    rows = quantities_by(reader, (), family)
    codelist = "currency" if family == "value" else "unit"
    return (rows[0][1], label_code(codelist, rows[0][0], language)) if rows else (0, "")


def _mixed(reader: Reader, names: Sequence[str], family: str) -> Invalid:
    """Say which cell holds several kinds of unit, or several currencies."""
    cell, kinds = mixed_cells(reader, names, family)
    text = write_cell(names, cell) if names else str(_("All"))
    path = "cell" + "".join(f"[{member}]" for member in cell)
    return Invalid("pivot.mixed_cell", path=path, cell=text, families=", ".join(kinds))


def write_cell(names: Sequence[str], cell: Sequence[Any]) -> str:
    """Write a cell by the words of its members."""
    return " × ".join(label_member(member_column(name), member, "en") for name, member in zip(names, cell, strict=True))


def _in_time(name: str, members: list[Any]) -> list[Any]:
    """Order the members of a time as they follow each other; those of others stay as they are."""
    return sorted(members, key=lambda one: (one is None, one)) if name in TIMES else members


def _nothing(kind: str) -> Any:
    """Return what an empty cell holds: nought of what is counted, nothing where nothing was measured."""
    return 0 if kind == "count" else None
