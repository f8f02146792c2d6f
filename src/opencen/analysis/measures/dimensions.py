"""The dimensions that figures are laid out by and narrowed to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opencen.analysis.measures.selection import EMPTY
from opencen.analysis.measures.tables import Table, Value, ibis
from opencen.kernel.errors import NotFound
from opencen.kernel.registry import Registry

Spread = Literal["", "people", "techniques"]
Kind = Literal["code", "country", "office", "month", "year", "state", "text"]
LINES = frozenset({"lines"})
BOTH = frozenset({"lines", "controls"})

# What each line of a case answers for itself.
OF_LINE = frozenset(
    {"currency", "section", "flow", "commodity", "concealment", "concealment_place", "mode", "goods_origin", "stage"}
    | {"appendix", "ipr_right", "goods_form", "brand", "consignment", "consignor_country", "consignee_country"}
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of dividing what is counted. `parameter` is the name by which pages and lists filter by it."""

    name: str
    label: str | Promise
    kind: Kind
    codelist: str
    column: Callable[[Table], Value]
    parameter: str = ""
    tables: frozenset[str] = LINES
    is_of_line: bool = False
    # Of which list of the case it is a member; a case with several members stands in each.
    spread: Spread = ""

    def values(self, table: Table) -> Value:
        """Return the dimension's values; what was not stated is a member of its own, None."""
        return self.column(table)

    def condition(self, table: Table, codes: tuple[str, ...]) -> Value:
        """Return the condition that a value is one of these codes or lies below one."""
        values = self.column(table)
        terms = [values.isnull() if code == EMPTY else self._under(values, code) for code in codes]
        found = terms[0]
        for term in terms[1:]:
            found = found | term
        return found

    def _under(self, values: Value, code: str) -> Value:
        if self.kind != "code":
            return values == code
        return (values == code) | values.startswith(f"{code}.")


DIMENSIONS: Registry[Dimension] = Registry("dimension")


def _add(
    name: str,
    label: str | Promise,
    kind: Kind,
    codelist: str = "",
    *,
    column: Callable[[Table], Value] | None = None,
    parameter: str = "",
    tables: frozenset[str] = LINES,
    spread: Spread = "",
) -> None:
    taken = column or (lambda table: table[name])
    of_line = name in OF_LINE
    DIMENSIONS.add(name, Dimension(name, label, kind, codelist, taken, parameter, tables, of_line, spread))


def quarter_of(month: Value) -> Value:
    """Return the quarter of a month, as 2026-Q1."""
    return month.year().cast("string") + ibis.literal("-Q") + month.quarter().cast("string")


def currency_of(table: Table) -> Value:
    """Return the currency of a line of money; of other goods, nothing."""
    return ibis.ifelse(table.family == "value", table.base_unit, ibis.null("string"))


_add("month", _("Month"), "month", tables=BOTH)
_add("year", _("Year"), "year", tables=BOTH)
_add("office", _("Office"), "office", column=lambda t: t.office_id, tables=BOTH)
_add("country", _("Reporting country"), "country", "country", parameter="country", tables=BOTH)
_add("region", _("Region"), "code", "wco_region", tables=BOTH)
_add("quarter", _("Quarter"), "text", column=lambda t: quarter_of(t.month), tables=BOTH)
_add("departure_region", _("Region of departure"), "code", "wco_region")
_add("destination_region", _("Region of destination"), "code", "wco_region")
_add("currency", _("Currency"), "text", "currency", column=lambda t: currency_of(t))
_add("week", _("Week"), "text", tables=BOTH)
_add("consignment", _("Consignment"), "code", "container_load")
_add("consignor_country", _("Country of the consignor"), "country", "country")
_add("consignee_country", _("Country of the consignee"), "country", "country")
_add("nationality", _("Nationality"), "country", "country", column=lambda t: t.person.nationality, spread="people")
_add("sex", _("Sex"), "code", "sex", column=lambda t: t.person.sex, spread="people")
_add("age_band", _("Age"), "code", "age_band", column=lambda t: t.person.age_band, spread="people")
_add(
    "technique", _("Technique of detection"), "code", "detection_technique", column=lambda t: t.technique_used,
    spread="techniques",
)  # fmt: skip
_add("kind", _("Kind of case"), "code", "case_kind", parameter="kind")
_add("form", _("Form"), "code", "case_form", parameter="form")
_add("state", _("State"), "state", "case_state")
_add("section", _("Section"), "code", "commodity")
_add("flow", _("Flow"), "code", "commodity")
_add("commodity", _("Goods"), "code", "commodity", parameter="commodity")
_add("location_type", _("Location"), "code", "location_type", parameter="location_type")
_add("direction", _("Direction"), "code", "direction", parameter="direction")
_add("procedure", _("Procedure"), "code", "procedure", parameter="procedure")
_add("e_commerce", _("E-commerce"), "code", "yes_no", parameter="e_commerce")
_add("detection_method", _("Detection"), "code", "detection_method", parameter="detection_method", tables=BOTH)
_add("concealment", _("Concealment"), "code", "concealment")
_add("concealment_place", _("Place of concealment"), "code", "concealment", parameter="concealment")
_add("mode", _("Means of transport"), "code", "conveyance_mode", parameter="mode")
_add("departure", _("Departure"), "country", "country", parameter="departure")
_add("destination", _("Destination"), "country", "country", parameter="destination")
_add("goods_origin", _("Origin of the goods"), "country", "country", parameter="goods_origin")
_add("appendix", _("CITES appendix"), "code", "cites_appendix", parameter="appendix")
_add("ipr_right", _("Right type"), "code", "ipr_right", parameter="ipr_right")
_add("goods_form", _("Form of the goods"), "code", "goods_form", parameter="goods_form")
_add("brand", _("Brand"), "text", parameter="brand")
_add("batch", _("Batch"), "text", parameter="batch")
_add("stage", _("Stage of assessment"), "code", "assessment_stage")

# What a page may filter by, and the dimension behind each name.
PARAMETERS = {found.parameter: found for found in DIMENSIONS if found.parameter}


def spread_rows(table: Table, names: Iterable[str]) -> Table:
    """Return a row for each member of the lists that these dimensions are of; of an empty list, one without.

    A person's answers stay together: by nationality and sex, a row stands once for each pair that occurs.
    """
    found = [dimension(name) for name in names]
    if any(one.spread == "techniques" for one in found):
        used = ibis.ifelse(table.techniques.length() > 0, table.techniques, ibis.array([ibis.null("string")]))
        table = table.mutate(technique_used=used.unnest())
    if answers := [one.name for one in found if one.spread == "people"]:
        said = table.people.map(lambda one: ibis.struct({name: one[name] for name in answers}))
        nobody = ibis.array([ibis.struct({name: ibis.null("string") for name in answers})])
        each = _distinct_structs(tuple(answers))(said)
        table = table.mutate(person=ibis.ifelse(table.people.length() > 0, each, nobody).unnest())
    return table


@cache
def _distinct_structs(names: tuple[str, ...]) -> Callable[[Value], Value]:
    """Return the engine's own way of keeping each struct of a list once; the general one reads the list four times."""
    kind = ibis.dtype(f"array<struct<{', '.join(f'{name}: string' for name in names)}>>")

    def list_distinct(values: Value) -> Value:
        """Keep each once."""

    found: Callable[[Value], Value] = ibis.udf.scalar.builtin(list_distinct, signature=((kind,), kind))
    return found


def count_arrested(table: Table, names: Iterable[str]) -> Value:
    """Return how many persons were arrested, each case once; by a person's answers, the persons with these answers."""
    answers = [name for name in names if dimension(name).spread == "people"]
    if not answers:
        return table.arrested.sum(where=table.is_first)

    def is_meant(one: Value) -> Value:
        found = one.arrested
        for name in answers:
            found = found & one[name].identical_to(table.person[name])
        return found

    return table.people.filter(is_meant).length().sum(where=table.is_first)


def dimension(name: str) -> Dimension:
    """Return a dimension, also a national field's (`national:stamp_type`), or raise NotFound."""
    if name.startswith("national:"):
        return _national(name)
    return DIMENSIONS.get(name)


def filter_dimension(parameter: str) -> Dimension:
    """Return the dimension that a parameter filters by."""
    if parameter.startswith("national:"):
        return _national(parameter)
    try:
        return PARAMETERS[parameter]
    except KeyError:
        raise NotFound("dimension.unknown", name=parameter) from None


def _national(name: str) -> Dimension:
    """Make the dimension of a field that an administrator added: of the case, else of its lines."""
    field = name.partition(":")[2]

    def column(table: Table) -> Value:
        return ibis.coalesce(table.case_national.get(field), table.line_national.get(field))

    return Dimension(name, field, "code", "", column, name, is_of_line=True)
