"""Facts from documents: one row a line, the case's answers beside it; one row alone where no line is contraband."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from babel.numbers import get_territory_currencies

from opencen.analysis.facts.columns import ALONE, EVERY_FIRST, FIRSTS, LINE, SEVERAL_SECTIONS, arrow_schema
from opencen.codelists.catalogue import get_list
from opencen.codelists.lists import CodeList
from opencen.kernel.later import load_later
from opencen.kernel.partial_dates import PartialDate
from opencen.records.derived import Current
from opencen.records.effective import effective_schema
from opencen.records.models import Record
from opencen.records.schema import Node
from opencen.seizures.quantities import NormalisedLine, normalised_line

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = load_later("pyarrow")

Canonical = Mapping[str, Any]
Row = tuple[Any, ...]

_PLACES = Decimal("1e-9")
_LARGEST = Decimal(10) ** 28
_NO_LINE: Row = (None,) * len(LINE)
_PLACED = ("line_id", "is_first", "firsts")
_FIRST_PLACES = tuple([column.name for column in LINE].index(name) - len(_PLACED) for name in FIRSTS)
CONTRABAND = "contraband"
_COUNTABLE = ("code", "boolean", "integer")


@dataclass(slots=True)
class Extraction:
    """Turn records into rows of facts; code lists and schemas are looked up once for many records."""

    lines: list[Row] = field(default_factory=list)
    controls: list[Row] = field(default_factory=list)
    _lists: dict[str, CodeList] = field(default_factory=dict)
    _standards: dict[tuple[str, str], str] = field(default_factory=dict)
    _trees: dict[str, Node] = field(default_factory=dict)

    def add(self, current: Current) -> None:
        """Take a record in; of databases that figures do not count, nothing."""
        if current.record.type == "case":
            self.lines.extend(self.case_rows(current.record, current.document))
        elif current.record.type == "control":
            self.controls.append(self.control_row(current.record, current.document))

    def tables(self) -> dict[str, pa.Table]:
        """Return what was taken in as Arrow tables, and forget it."""
        found = {"lines": to_table("lines", self.lines), "controls": to_table("controls", self.controls)}
        self.lines, self.controls = [], []
        return found

    def case_rows(self, record: Record, document: Canonical) -> Iterator[Row]:
        """Yield the rows of a case."""
        shared = (*head_values(record), *self._case_values(document))
        lines = document.get("lines", ())
        counted = [self._is_contraband(line) for line in lines]
        if not any(counted):
            yield (*shared, None, True, EVERY_FIRST | ALONE, *_NO_LINE[len(_PLACED) :])
        stated = set[tuple[int, str | None]]()
        for line, counts in zip(lines, counted, strict=True):
            values = self._line_values(document, line)
            is_first = counts and not stated
            firsts = (ALONE if sum(counted) == 1 else 0) | mark_firsts(values, stated) if counts else 0
            yield (*shared, line["id"], is_first, firsts, *values)

    def control_row(self, record: Record, document: Canonical) -> Row:
        """Make the row of a control or a day's tally."""
        standard = self._standard
        return (
            *head_values(record),
            *date_values(document.get("at")),
            region_of(document.get("country")),
            document.get("country"),
            standard("control_subject", document.get("subject")),
            standard("detection_method", document.get("detection_method")),
            standard("detection_technique", document.get("technique")),
            standard("control_result", document.get("result")),
            document.get("count", 1),
        )

    def _case_values(self, document: Canonical) -> Row:
        legs = document.get("route", ())
        ends = (leg_country(legs, "departure"), leg_country(reversed(legs), "destination"))
        place = document.get("place") or {}
        persons = document.get("persons", ())
        standard = self._standard
        return (
            *date_values(document.get("detected_at") or document.get("seized_at")),
            standard("case_kind", document.get("kind")),
            document.get("form"),
            document.get("country"),
            standard("location_type", document.get("location_type")),
            standard("direction", document.get("direction")),
            standard("procedure", document.get("procedure")),
            standard("yes_no", document.get("e_commerce")),
            standard("detection_method", document.get("detection_method")),
            self._techniques(document),
            *ends,
            *(region_of(country) for country in (document.get("country"), *ends)),
            [{"role": leg.get("role"), "country": leg.get("country"), "mode": leg.get("mode")} for leg in legs],
            place.get("locode"),
            _float(place.get("latitude")),
            _float(place.get("longitude")),
            place.get("precision"),
            list(same_event_ids(document)),
            len(persons),
            sum(1 for person in persons if person.get("arrest")),
            [self._person(person) for person in persons],
            self._national("case", "", document),
        )

    def _line_values(self, document: Canonical, line: Canonical) -> Row:
        """Return what a line says, without its place among the lines of its case."""
        stated = line.get("commodity")
        commodity = self._standard("commodity", stated)
        steps = commodity.split(".") if commodity else []
        hidden = self._standard("concealment", (line.get("concealment") or {}).get("place"))
        value = line.get("value") or {}
        attributes = line.get("attributes") or {}
        return (
            self._standard("line_role", line.get("role")) or CONTRABAND,
            commodity,
            stated,
            steps[0] if steps else None,
            ".".join(steps[:2]) if steps else None,
            hidden,
            hidden.split(".")[0] if hidden else None,
            self._standard("conveyance_mode", mode_of(document, line)),
            line.get("goods_origin") or document.get("goods_origin"),
            *self._consignment_values(document, line),
            *quantity_values(normalised_line(line)),
            to_fact(value.get("amount")),
            value.get("currency"),
            value.get("basis"),
            *money_values(line, own_currency(document.get("country"))),
            attributes.get("appendix"),
            attributes.get("ipr_right"),
            attributes.get("brand"),
            attributes.get("form"),
            self._national("case", "lines", line),
        )

    def _techniques(self, document: Canonical) -> list[str]:
        """Return the techniques that were used, each once."""
        stated = (part.get("technique") for part in document.get("detection_techniques", ()))
        return sorted({found for code in stated if (found := self._standard("detection_technique", code))})

    def _person(self, person: Canonical) -> Canonical:
        """Return what figures say of a person: nothing that names one."""
        return {
            "nationality": person.get("nationality"),
            "sex": self._standard("sex", person.get("sex")),
            "age_band": self._standard("age_band", person.get("age_band")),
            "arrested": bool(person.get("arrest")),
        }

    def _consignment_values(self, document: Canonical, line: Canonical) -> Row:
        """Return the container's load and the countries of consignor and consignee: the line's own, else the first."""
        every: Sequence[Canonical] = document.get("consignments", ())
        own = [found for found in every if found["id"] == line.get("consignment")]
        chosen: Canonical = next(iter([*own, *every]), {})
        loads = [box["load"] for box in chosen.get("containers", ()) if box.get("load")]
        load = self._standard("container_load", loads[0] if loads else None)
        return (load, chosen.get("consignor_country"), chosen.get("consignee_country"))

    def _is_contraband(self, line: Canonical) -> bool:
        return (self._standard("line_role", line.get("role")) or CONTRABAND) == CONTRABAND

    def _standard(self, name: str, code: str | None) -> str | None:
        """Return the standard code behind a national one."""
        if not code or ":" not in code:
            return code or None
        found = self._standards.get((name, code))
        if found is None:
            found = self._standards[name, code] = self._list(name).standard(code)
        return found

    def _list(self, name: str) -> CodeList:
        if name not in self._lists:
            self._lists[name] = get_list(name)
        return self._lists[name]

    def _national(self, kind: str, group: str, part: Canonical) -> list[tuple[str, str]]:
        """Return a group's national answers that may be counted: codes, yes or no, whole numbers; never nominal."""
        values = part.get("national")
        if not values:
            return []
        node: Node | None = self._trees.get(kind)
        if node is None:
            node = self._trees[kind] = effective_schema(kind).tree
        node = node.groups.get(group) if group else node
        known = node.groups.get("national") if node else None
        if known is None:
            return []
        return [
            (name, str(value).lower() if isinstance(value, bool) else str(value))
            for name, value in sorted(values.items())
            if (leaf := known.leaves.get(name)) and leaf.kind in _COUNTABLE and not (leaf.nominal or leaf.audience)
        ]


def mark_firsts(values: Row, stated: set[tuple[int, str | None]]) -> int:
    """Return a bit for each answer that a line is the first of its case to state, and note its answers."""
    found = 0
    for bit, place in enumerate(_FIRST_PLACES):
        answer = (bit, values[place])
        if answer not in stated:
            if bit == 0 and answer[1] and sum(1 for one, section in stated if one == 0 and section) == 1:
                found |= SEVERAL_SECTIONS
            stated.add(answer)
            found |= 1 << bit
    return found


def head_values(record: Record) -> Row:
    """Return the values of a record's head."""
    reported, validated = _utc(record.created_at), _utc(record.validated_at)
    return (
        record.id.bytes,
        record.revision,
        record.office_id.bytes,
        record.sensitivity,
        record.compartment_id.bytes if record.compartment_id else None,
        record.origin,
        record.state,
        record.batch,
        reported,
        validated,
        reported.date().replace(day=1) if reported else None,
        validated.date().replace(day=1) if validated else None,
        record.quality,
    )


def date_values(stated: str | None) -> Row:
    """Return first day, precision, month and year of a stated date; a year has no month."""
    if not stated:
        return (None, None, None, None)
    found = PartialDate.parse(stated)
    month = date(found.year, found.month, 1) if found.month else None
    return (found.first_day(), found.precision, month, found.year)


def leg_country(legs: Iterable[Canonical], role: str) -> str | None:
    """Return the country of the first leg in a role; a transit is no departure and no origin."""
    return next((leg["country"] for leg in legs if leg.get("role") == role and leg.get("country")), None)


def mode_of(document: Canonical, line: Canonical) -> str | None:
    """Return the means of transport that a line came by: its own, else the case's first."""
    conveyances: Sequence[Canonical] = document.get("conveyances", ())
    own = [conveyance for conveyance in conveyances if conveyance["id"] == line.get("conveyance")]
    chosen: Canonical = next(iter([*own, *conveyances]), {})
    mode: str | None = chosen.get("mode")
    return mode


def same_event_ids(document: Canonical) -> Iterator[str]:
    """Yield the records that a case says are the same event."""
    for relation in document.get("relations", ()):
        if relation.get("kind") == "same_event" and relation.get("record"):
            try:
                yield str(UUID(relation["record"]))
            except ValueError:
                continue


def quantity_values(found: NormalisedLine) -> Row:
    """Return quantity, family, base unit, stage, rule and all measures of a line, to nine decimals."""
    measures = [
        {"family": m.family, "base_unit": m.base_unit, "quantity": to_fact(m.value), "stage": m.stage}
        for m in (found.counted, *found.alternatives)
        if m is not None and m.value is not None
    ]
    if found.value is None:
        return (None, None, None, found.stage or None, None, measures)
    return (to_fact(found.value), found.family, found.base_unit, found.stage, found.rule, measures)


@lru_cache(maxsize=512)
def region_of(country: str | None) -> str | None:
    """Return the WCO region of a country; None for what is no country."""
    found = (code.code for code in get_list("wco_region") if country in code.attributes["countries"])
    return next(found, None) if country else None


@lru_cache(maxsize=512)
def own_currency(country: str | None) -> str | None:
    """Return the money of a country."""
    found = get_territory_currencies(country) if country else []
    return str(found[-1]) if found else None


def money_values(line: Canonical, own: str | None) -> Row:
    """Return the country's money, value and duties in it by the rate stated, how many amounts lack one, its source."""
    value: Canonical = line.get("value") or {}
    rates = {own: Decimal(1)}
    if value.get("rate") is not None and value.get("currency") not in (None, own):
        rates[value["currency"]] = Decimal(value["rate"])
    stated = [(value.get("amount"), value.get("currency"))]
    duties = [(duty.get("amount"), duty.get("currency")) for duty in line.get("duties", ())]
    sums = [[_in_own(amount, rates.get(currency)) for amount, currency in pairs] for pairs in (stated, duties)]
    amounts = [amount for amount, _currency in (*stated, *duties) if amount is not None]
    known = [[number for number in found if number is not None] for found in sums]
    unrated = len(amounts) - sum(map(len, known))
    is_rated = len(rates) > 1
    totals = [to_fact(sum(found, Decimal())) if found else None for found in known]
    return (own, *totals, unrated, (value.get("rate_source") or "") if is_rated else None)


def _in_own(amount: str | None, rate: Decimal | None) -> Decimal | None:
    return None if amount is None or rate is None else Decimal(amount) * rate


def to_fact(value: Decimal | str | None) -> Decimal | None:
    """Return a number as facts hold it: nine decimals; one too large for a column is left out."""
    if value is None:
        return None
    number = Decimal(value)
    return None if abs(number) >= _LARGEST else number.quantize(_PLACES, rounding=ROUND_HALF_EVEN)


def _utc(moment: datetime | None) -> datetime | None:
    """Return a moment as facts hold it: in UTC, without saying so."""
    return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None)


def _float(value: str | None) -> float | None:
    return None if value is None else float(value)


def to_table(name: str, rows: Sequence[Row]) -> pa.Table:
    """Lay rows out as an Arrow table of a fact table's schema."""
    schema = arrow_schema(name)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.Table.from_arrays(
        [_array(values, column.type) for values, column in zip(columns, schema, strict=True)], schema=schema
    )


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if isinstance(kind, pa.UuidType):
        return pa.ExtensionArray.from_storage(kind, pa.array(values, kind.storage_type))
    return pa.array(values, kind)


def to_uuids(ids: Iterable[UUID]) -> pa.Array:
    """Lay ids out as an Arrow array."""
    return _array([found.bytes for found in ids], pa.uuid())


def record_ids_table(ids: Iterable[UUID]) -> pa.Table:
    """Lay record ids out as an Arrow table of one column."""
    return pa.Table.from_arrays([to_uuids(ids)], names=["record_id"])


__all__ = ["Extraction", "Row", "record_ids_table", "to_fact", "to_table", "to_uuids"]
