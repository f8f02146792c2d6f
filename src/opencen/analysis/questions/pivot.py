"""Any measure by any two dimensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from opencen.analysis.answers import Answer, Column, Note, member_column
from opencen.analysis.grids import link_cell, plain_member
from opencen.analysis.labels import label_member
from opencen.analysis.measures.dimensions import DIMENSIONS, dimension
from opencen.analysis.measures.members import lay_out
from opencen.analysis.measures.protection import LEAST, cover_cells
from opencen.analysis.measures.quantities import mixed_cells, money_by, quantities_by, rates_used
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
    is_protected = True

    def answer(self, reader: Reader, parameters: Parameters) -> Answer:
        """Give one row a cell; refuse what rests on too few cases, or mixes units, and say which cell it is."""
        measure = read_choice(self, parameters, "measure")
        family = read_choice(self, parameters, "family")
        names = read_dimensions(parameters, measure)
        values = measure_values(reader, measure, names, family)
        small = set[tuple[Any, ...]]()
        if measure not in OF_CHECKS:
            small = self._weigh(reader, names)
        down, across = (names[0], names[1])
        rows, columns, _cells = lay_out([(*key, 1) for key in values])
        pairs = [(row, column) for row in rows for column in columns]
        sides = [measure_values(reader, measure, (name,), family) for name in names]
        whole = measure_values(reader, measure, (), family).get((), 0)
        kind: Any = UNITS.get(measure, "count")
        return Answer(
            self.name,
            base_of(measure),
            (member_column(down), member_column(across), Column(measure, MEASURE_WORDS[measure], kind)),
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
                "covered": {(plain_member(down, cell[0]), plain_member(across, cell[1])) for cell in small},
            },
        )

    def _weigh(self, reader: Reader, names: Sequence[str]) -> set[tuple[Any, ...]]:
        """Return the cells to cover on the way out; refuse a figure that rests on a handful of cases in all."""
        cases = {row[:2]: row[2] for row in reader.tabulate(names, ("cases",))}
        count = reader.total("cases")
        if 0 < count < LEAST:
            cell = max(cases, key=lambda key: (cases[key], str(key)))
            raise Invalid(
                "figure.cell_too_small", path=f"cell[{cell[0]}][{cell[1]}]", cell=write_cell(names, cell),
                count=cases[cell], least=LEAST, total=count,
            )  # fmt: skip
        return {(row, column) for row, column in cover_cells(cases)}


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


def _mixed(reader: Reader, names: Sequence[str], family: str) -> Invalid:
    """Say which cell holds several kinds of unit, or several currencies."""
    cell, kinds = mixed_cells(reader, names, family)
    text = write_cell(names, cell) if names else str(_("All"))
    path = "cell" + "".join(f"[{member}]" for member in cell)
    return Invalid("pivot.mixed_cell", path=path, cell=text, families=", ".join(kinds))


def write_cell(names: Sequence[str], cell: Sequence[Any]) -> str:
    """Write a cell by the words of its members."""
    return " × ".join(label_member(member_column(name), member, "en") for name, member in zip(names, cell, strict=True))


def _nothing(kind: str) -> Any:
    """Return what an empty cell holds: nought of what is counted, nothing where nothing was measured."""
    return 0 if kind == "count" else None
