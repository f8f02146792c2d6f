"""The rows that figures count: the facts under the lock and within a selection, compiled once for all figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from uuid import UUID

from opencen.accounts.queries import office_tree
from opencen.analysis.facts.columns import ALONE, FIRSTS, SEVERAL_SECTIONS
from opencen.analysis.measures.dimensions import filter_dimension
from opencen.analysis.measures.members import UNKNOWN
from opencen.analysis.measures.selection import EMPTY, PENDING, STATES, VALIDATED, Selection
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
    "is_first": "boolean", "firsts": "int16", "seconds_to_validate": "int32", "silent": "int8", "given": "int8",
    "event_id": "uuid", "is_linked": "boolean", "is_alone": "boolean",
}  # fmt: skip
COUNTED_COLUMNS = frozenset({*CASE_COLUMNS, *_MORE, *_ONLY_COUNTED})
# What most figures ask of a row: laid out once for all readers, periods and states.
USUAL = (
    "record_id", "office_id", "state", "kind", "month", "year", "reported_at", "is_first", "firsts", "line_id",
    "section", "flow", "commodity", "concealment", "concealment_place", "mode", "location_type", "direction",
    "detection_method", "departure", "destination", "e_commerce", "arrested", "seconds_to_validate", "silent", "given",
    "appendix", "country", "region", "departure_region", "destination_region",
)  # fmt: skip
UNUSUAL = COUNTED_COLUMNS - {*USUAL, "event_id", "is_linked", "is_alone"}
# What tells a line from the others of its case, and the columns of a code's first steps.
MARKS = frozenset({"is_first", "firsts", "silent", "given", "is_alone"})
STEPS = {"commodity": ("section", "flow"), "concealment_place": ("concealment",)}
# By what a laid row is let through: one number for kind and state, the lock, and the months from the year 0 it lies in.
KINDS = ("seizure", "offence", "detention")
_ORDERED = [(kind, state) for part in (VALIDATED, PENDING) for kind in COUNTED_KINDS for state in part]
_ORDERED += [(kind, state) for kind in KINDS if kind not in COUNTED_KINDS for state in (*VALIDATED, *PENDING)]
STANDINGS = {pair: number for number, pair in enumerate(_ORDERED)}
_LOCKED_BY = {"sensitivity": "int16", "compartment_id": "uuid"}
_SPAN = {"first_month": "int32", "last_month": "int32"}
# What reporting is rated by: a batch of old cases was entered late on purpose, it is not timed.
# Times are whole seconds: the median of small numbers is found in half the time that of fractions takes.
DAY = 86400.0
_LONGEST = 2**31 - 1
_RATED = {"quality": "int16", "seconds_to_enter": "int32", "is_timed": "boolean"}
_RATED_BY = ("occurred_on", "occurred_precision", "quality")
LAID_COLUMNS = (*USUAL, *_LOCKED_BY, *_SPAN, *_RATED, "is_alone", "standing")
_HAS_LINE = "CASE WHEN line_id IS NOT NULL THEN true END AS line_id"
_STANDING = " ".join(
    f"WHEN kind = '{kind}' AND state = '{state}' THEN {number}" for (kind, state), number in STANDINGS.items()
)
# Of any other kind, that a case was handed in; what was cancelled has no number.
_STANDING += "".join(f" WHEN state = '{state}' THEN {len(STANDINGS)}" for state in STATES)


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
    conditions = [*_conditions(table, scope), *_filters(table, scope.selection, "lines")]
    conditions += _period(table, scope.selection)
    conditions.append(table.line_id.isnull() | (table.role == CONTRABAND))
    rows = table.filter(*conditions)
    return compile_sql(_counted(rows, scope.selection, CASE_COLUMNS))


@lru_cache(maxsize=256)
def compile_laid(scope: Scope, *, is_closed: bool) -> str:
    """Write the query of the rows that figures of any period, state and kind share, of the offices of a scope.

    Those in a compartment lie apart: to read past them costs more than all other conditions.
    """
    table = fact_table("lines")
    conditions = [table.line_id.isnull() | (table.role == CONTRABAND), *_filters(table, scope.selection, "lines")]
    conditions += _of_offices(table, scope)
    conditions.append(table.compartment_id.notnull() if is_closed else table.compartment_id.isnull())
    rows = _counted(table.filter(*conditions), scope.selection, (*CASE_COLUMNS, *_LOCKED_BY, *_RATED_BY))
    stated = rows.month.year() * 12 + rows.month.month() - 1
    whole = rows.year.cast("int32") * 12
    span = {"first_month": stated.fill_null(whole), "last_month": stated.fill_null(whole + 11)}
    span = {name: value.cast("int32") for name, value in span.items()}
    rows = rows.select(*USUAL, *_LOCKED_BY, "is_alone", **span, **_rated(rows))
    named = ", ".join(_HAS_LINE if name == "line_id" else name for name in rows.columns)
    return f"SELECT {named}, CAST(CASE {_STANDING} END AS TINYINT) AS standing FROM ({compile_sql(rows)})"  # noqa: S608 - compiled


def _rated(rows: Table) -> dict[str, Value]:
    """Return what reporting is rated by, on the row that stands for its case."""
    found_at = rows.occurred_on.cast("timestamp").epoch_seconds()
    entered = rows.reported_at.epoch_seconds() - found_at
    is_timed = rows.is_first & (rows.batch == "")
    is_dated = rows.occurred_precision.isin(["day", "time"]) & (entered >= 0)
    return {
        "quality": ibis.ifelse(rows.is_first, rows.quality, ibis.null("int16")),
        "seconds_to_enter": ibis.ifelse(is_timed & is_dated, _whole_seconds(entered), ibis.null("int32")),
        "is_timed": is_timed,
    }


def laid_scope(scope: Scope, *, is_told: bool) -> Scope:
    """Return what decides which rows are laid out: the lock's offices, the time by which they are dated.

    What narrows them further is left to be told when they are read, else it lays out rows of its own.
    """
    terms = LockTerms(frozenset(), scope.terms.offices, 0, frozenset())
    filters = () if is_told else scope.selection.filters
    chosen = Selection(time=scope.selection.time, states=(), filters=filters)
    return Scope(terms, chosen, (), None if is_told else scope.offices)


def is_told_later(selection: Selection, columns: Collection[str]) -> bool:
    """Tell whether laid rows can be narrowed by a selection's filters when a figure reads these columns of them.

    Where lines are left out, what marks a line within its case must be worked out anew.
    """
    found = [filter_dimension(parameter) for parameter, _codes in selection.filters]
    is_known = all(dimension.name in USUAL for dimension in found)
    return is_known and not (_asks_of_lines(selection) and MARKS.intersection(columns))


@lru_cache(maxsize=256)
def compile_shown(scope: Scope, *, is_closed: bool, is_told: bool) -> str:
    """Write the query of the laid rows that a scope lets through: in its lock, standings and period.

    Where rows are not laid out for its offices and filters alone, these are conditions too.
    """
    laid = laid_table()
    conditions = laid_conditions(laid, scope.terms, is_closed=is_closed)
    conditions += _is_standing(laid.standing, scope)
    if is_told:
        conditions += [_is_under(laid, parameter, codes) for parameter, codes in scope.selection.filters]
        conditions += [] if scope.offices is None else [is_one_of(laid.office_id, scope.offices)]
    if scope.selection.since is not None:
        conditions.append(laid.first_month >= count_months(scope.selection.since))
    if scope.selection.until is not None:
        conditions.append(laid.last_month <= count_months(scope.selection.until))
    return compile_sql(laid.filter(*conditions).select(*USUAL, "is_alone"))


@cache
def laid_table() -> Table:
    """Return the laid rows as an expression."""
    known = {**column_types("lines"), **_MORE, **_ONLY_COUNTED, **_SPAN, **_RATED, "standing": "int8"}
    return ibis.table({name: known[name] for name in LAID_COLUMNS}, name="laid")


def laid_conditions(laid: Table, terms: LockTerms, *, is_closed: bool) -> list[Value]:
    """Return the lock as conditions on laid rows of some offices, those in a compartment or the others."""
    conditions = [ibis.literal("case" in terms.types), laid.sensitivity <= terms.clearance]
    return [*conditions, is_one_of(laid.compartment_id, terms.compartments)] if is_closed else conditions


def _is_under(laid: Table, parameter: str, codes: tuple[str, ...]) -> Value:
    """Return the condition of a filter; the first steps of a code are columns, which are read faster than its text."""
    found = filter_dimension(parameter)
    steps = STEPS.get(found.name, ())
    depths = {code.count(".") for code in codes}
    if len(depths) == 1 and EMPTY not in codes and (depth := depths.pop()) < len(steps):
        return laid[steps[depth]].isin(list(codes))
    return found.condition(laid, codes)


def _is_standing(standing: Value, scope: Scope) -> list[Value]:
    """Return the conditions of kind and state as those of their numbers."""
    numbers = sorted(STANDINGS[kind, state] for kind in scope.kinds for state in scope.selection.states)
    if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
        return [standing >= numbers[0], standing <= numbers[-1]]
    return [standing.isin(numbers)] if numbers else [ibis.literal(False)]


def has_standings(scope: Scope) -> bool:
    """Tell whether the kinds and states of a scope have numbers."""
    return all((kind, state) in STANDINGS for kind in scope.kinds for state in scope.selection.states)


def count_months(month: date) -> int:
    """Return a month as its number from the year 0 on, as laid rows hold it."""
    return month.year * 12 + month.month - 1


def _conditions(table: Table, scope: Scope) -> list[Value]:
    """Return the conditions of the lock, of kind and state, and of the offices chosen."""
    conditions = [*lock_conditions(table, scope.terms, "case"), table.kind.isin(list(scope.kinds))]
    conditions.append(table.state.isin(list(scope.selection.states)))
    return [*conditions, *_of_offices(table, scope)]


def _of_offices(table: Table, scope: Scope) -> list[Value]:
    """Return the conditions of the offices that the lock admits, and of those chosen."""
    return [is_one_of(table.office_id, some) for some in (scope.terms.offices, scope.offices) if some is not None]


def _counted(rows: Table, selection: Selection, columns: Sequence[str]) -> Table:
    """Return rows with their time, and with what is worked out of each."""
    seconds = _whole_seconds(rows.validated_at.epoch_seconds() - rows.reported_at.epoch_seconds())
    is_first, firsts = rows.is_first, rows.firsts
    if _asks_of_lines(selection):
        is_first = ibis.row_number().over(ibis.window(group_by=rows.record_id, order_by=rows.line_id)) == 0
        firsts = _mark_firsts(rows)
    time = _time(rows, selection)
    rows = rows.select(*columns, **time, is_first=is_first, firsts=firsts, seconds_to_validate=seconds)
    silent, given = _answers(rows)
    return rows.mutate(silent=silent, given=given, is_alone=has_mark(rows, ALONE))


def _whole_seconds(value: Value) -> Value:
    """Return seconds as the small numbers that laid rows hold; beyond 68 years they stop."""
    return ibis.ifelse(value > _LONGEST, _LONGEST, value.round()).cast("int32")


def median_days(seconds: Value, where: Value | None = None) -> Value:
    """Return the median of times held in seconds, in days."""
    return seconds.median(where=where) / DAY


def _mark_firsts(rows: Table) -> Value:
    """Mark anew which line is the first to state an answer, where a filter left lines out."""
    found = ibis.literal(0)
    firsts = {}
    for bit, name in enumerate(FIRSTS):
        of_answer = ibis.window(group_by=[rows.record_id, rows[name]], order_by=rows.line_id)
        firsts[name] = ibis.row_number().over(of_answer) == 0
        found = found + firsts[name].cast("int16") * (1 << bit)
    by_section = ibis.window(group_by=rows.record_id, order_by=rows.section.asc(nulls_first=False))
    is_second = (ibis.dense_rank().over(by_section) == 1) & rows.section.notnull() & firsts["section"]
    is_alone = rows.record_id.count().over(ibis.window(group_by=rows.record_id)) == 1
    found = found + is_second.cast("int16") * SEVERAL_SECTIONS + is_alone.cast("int16") * ALONE
    return found.cast("int16")


def has_mark(rows: Table, mark: int) -> Value:
    """Return whether rows bear a mark of `firsts`."""
    return (rows.firsts & mark) != 0


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
    if scope.offices is not None:
        conditions.append(is_one_of(table.office_id, scope.offices))
    conditions += [*_period(table, scope.selection), *_filters(table, scope.selection, "controls")]
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


def _filters(table: Table, chosen: Selection, name: str) -> list[Value]:
    """Return the conditions of a selection's filters, as far as a table answers them."""
    found = [(filter_dimension(parameter), codes) for parameter, codes in chosen.filters]
    return [dimension.condition(table, codes) for dimension, codes in found if name in dimension.tables]


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
