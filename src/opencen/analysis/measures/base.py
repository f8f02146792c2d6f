"""The rows that figures count: the facts under the lock and within a selection, compiled once for all figures."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from uuid import UUID

from opencen.accounts.queries import office_tree
from opencen.analysis.measures.dimensions import filter_dimension
from opencen.analysis.measures.members import UNKNOWN
from opencen.analysis.measures.selection import Selection
from opencen.analysis.measures.tables import Table, Value, column_types, fact_table, ibis
from opencen.records.lock import LockTerms

COUNTED_KINDS = ("seizure", "offence")
NOT_COMPLETED = "not_completed"
CANCELLED = "cancelled"
CONTRABAND = "contraband"
WEEK = "%G-W%V"
# What is asked once a case, and what is asked once a line.
CASE_ANSWERS = ("location_type", "direction", "e_commerce", "detection_method", "departure", "destination")
LINE_ANSWERS = ("commodity", "concealment_place", "mode")

# What figures need of a row; the time is that of the selection.
CASE_COLUMNS = (
    "record_id", "revision", "office_id", "origin", "state", "batch", "reported_at", "validated_at", "kind", "form",
    "country",
    "location_type", "direction", "procedure", "e_commerce", "detection_method", "departure", "destination", "legs",
    "locode", "latitude", "longitude", "place_precision", "arrested", "case_national", "line_id", "commodity",
    "section", "flow", "concealment_place", "concealment", "mode", "goods_origin", "measures", "stage", "appendix",
    "ipr_right", "brand", "goods_form", "line_national", "quantity", "family", "base_unit", "amount", "currency",
    "people", "techniques", "consignment", "consignor_country", "consignee_country", "own_currency", "value_own",
    "duties_own", "unrated", "rate_source", "region", "departure_region", "destination_region",
)  # fmt: skip
_CONTROL_COLUMNS = (
    "record_id", "office_id", "origin", "state", "reported_at", "region", "country", "subject", "detection_method",
    "technique", "result", "checks",
)  # fmt: skip
_MORE = {"month": "date", "year": "int16", "week": "string"}
# Of the last three: the event of a case, whether it is one of several cases, and whether a row is all of its case.
_ONLY_COUNTED = {
    "is_first": "boolean", "days_to_validate": "float64", "silent": "int8", "given": "int8", "event_id": "uuid",
    "is_linked": "boolean", "is_alone": "boolean",
}  # fmt: skip
COUNTED_COLUMNS = frozenset({*CASE_COLUMNS, *_MORE, *_ONLY_COUNTED})


@cache
def cases_table() -> Table:
    """Return the rows that cases and seizures are counted from, as an expression."""
    known = column_types("lines")
    return ibis.table({**{name: known[name] for name in CASE_COLUMNS}, **_MORE, **_ONLY_COUNTED}, name="cases")


@cache
def controls_table() -> Table:
    """Return the rows that checks are counted from, as an expression."""
    known = column_types("controls")
    return ibis.table({**{name: known[name] for name in _CONTROL_COLUMNS}, **_MORE}, name="controls_counted")


@dataclass(frozen=True, slots=True)
class Scope:
    """All that decides which rows a reader counts."""

    terms: LockTerms
    selection: Selection
    kinds: tuple[str, ...] = COUNTED_KINDS
    offices: frozenset[UUID] | None = None


def scope_of(terms: LockTerms, selection: Selection, kinds: tuple[str, ...] = COUNTED_KINDS) -> Scope:
    """Make the scope of a selection, its offices resolved with everything below them."""
    return Scope(terms, selection, kinds, offices_of(selection))


def offices_of(selection: Selection) -> frozenset[UUID] | None:
    """Return the offices a selection names, with everything below them; None where it names none."""
    if not selection.offices:
        return None
    tree = office_tree()
    named = [tree.by_code[code].id for code in selection.offices if code in tree.by_code]
    return frozenset(below for office in named for below in tree.below(office))


@lru_cache(maxsize=256)
def compile_cases(scope: Scope) -> str:
    """Write the query of the rows that cases and seizures are counted from, but for their events."""
    table = fact_table("lines")
    conditions = [*lock_conditions(table, scope.terms, "case"), table.kind.isin(list(scope.kinds))]
    conditions.append(table.line_id.isnull() | (table.role == CONTRABAND))
    conditions.append(table.state.isin(list(scope.selection.states)))
    conditions += _narrowing(table, scope, "lines")
    rows = table.filter(*conditions)
    days = (rows.validated_at.epoch_seconds() - rows.reported_at.epoch_seconds()) / 86400.0
    is_first = rows.is_first
    if _asks_of_lines(scope.selection):
        is_first = ibis.row_number().over(ibis.window(group_by=rows.record_id, order_by=rows.line_id)) == 0
    rows = rows.select(*CASE_COLUMNS, **_time(rows, scope.selection), is_first=is_first, days_to_validate=days)
    silent, given = _answers(rows)
    return compile_sql(rows.mutate(silent=silent, given=given))


def _answers(rows: Table) -> tuple[Value, Value]:
    """Return how many of a row's answers are "unknown", and how many were given at all."""
    silent, given = ibis.literal(0), ibis.literal(0)
    for names, counts in ((CASE_ANSWERS, rows.is_first), (LINE_ANSWERS, rows.line_id.notnull())):
        for name in names:
            silent = silent + (counts & (rows[name] == UNKNOWN)).fill_null(False).cast("int8")
            given = given + (counts & rows[name].notnull()).cast("int8")
    return silent.cast("int8"), given.cast("int8")


@lru_cache(maxsize=256)
def compile_controls(scope: Scope) -> str:
    """Write the query of the controls that count as checks; what a control does not answer does not narrow them."""
    table = fact_table("controls")
    conditions = [*lock_conditions(table, scope.terms, "control"), table.state != CANCELLED]
    conditions.append(table.result.isnull() | (table.result != NOT_COMPLETED))
    conditions += _narrowing(table, scope, "controls")
    rows = table.filter(*conditions)
    return compile_sql(rows.select(*_CONTROL_COLUMNS, **_time(rows, scope.selection)))


@lru_cache(maxsize=64)
def compile_standing(terms: LockTerms) -> str:
    """Write the query of the cases in view that stand: what may say that two are the same event."""
    lines = fact_table("lines")
    rows = lines.filter(*lock_conditions(lines, terms, "case"), lines.state != CANCELLED)
    return compile_sql(rows.select("record_id"))


def lock_conditions(table: Table, terms: LockTerms, record_type: str) -> list[Value]:
    """Return the lock as conditions: the compiled form of `LockTerms.admits`."""
    conditions = [ibis.literal(record_type in terms.types), table.sensitivity <= terms.clearance]
    if terms.offices is not None:
        conditions.append(is_one_of(table.office_id, terms.offices))
    outside = table.compartment_id.isnull()
    if terms.compartments:
        outside = outside | is_one_of(table.compartment_id, terms.compartments)
    return [*conditions, outside]


def is_one_of(column: Value, ids: Collection[UUID]) -> Value:
    """Return the condition that a column holds one of these ids; of none, nothing does."""
    return column.isin([ibis.literal(found) for found in sorted(ids)]) if ids else ibis.literal(False)


def compile_sql(expression: Table) -> str:
    """Write an expression for the embedded engine."""
    return str(ibis.to_sql(expression, dialect="duckdb"))


def _narrowing(table: Table, scope: Scope, name: str) -> list[Value]:
    chosen = scope.selection
    conditions = _period(table, chosen)
    if scope.offices is not None:
        conditions.append(is_one_of(table.office_id, scope.offices))
    for parameter, codes in chosen.filters:
        found = filter_dimension(parameter)
        if name in found.tables:
            conditions.append(found.condition(table, codes))
    return conditions


def _time(table: Table, chosen: Selection) -> dict[str, Value]:
    """Return the month, the year and the ISO week of the chosen time."""
    month = table[f"{chosen.time}_month"]
    if chosen.time == "occurred":
        is_day = table.occurred_precision.isin(["day", "time"])
        day = ibis.ifelse(is_day, table.occurred_on, ibis.null("date"))
        return {"month": month, "year": table.occurred_year, "week": day.strftime(WEEK)}
    week = table[f"{chosen.time}_at"].strftime(WEEK)
    return {"month": month, "year": month.year().cast("int16"), "week": week}


def _period(table: Table, chosen: Selection) -> list[Value]:
    """Return the conditions of a period; what was dated by its year alone belongs where the whole year does."""
    if chosen.since is None and chosen.until is None:
        return []
    time = _time(table, chosen)
    return [in_period(time["month"], time["year"], chosen)]


def in_period(month: Value, year: Value, chosen: Selection) -> Value:
    """Return the condition that a row is dated within a selection's period."""
    first, last = chosen.since, chosen.until
    in_months = ibis.literal(True)
    in_years = month.isnull()
    if first is not None:
        in_months = in_months & (month >= first)
        in_years = in_years & (year >= (first.year if first.month == 1 else first.year + 1))
    if last is not None:
        in_months = in_months & (month <= last)
        in_years = in_years & (year <= (last.year if last.month == 12 else last.year - 1))
    return in_months | in_years


def _asks_of_lines(chosen: Selection) -> bool:
    """Tell whether a filter may leave out the line that stands for its case."""
    return any(filter_dimension(parameter).is_of_line for parameter, _codes in chosen.filters)
