"""The quantity of a line: which stage counts, what it is in its family's base unit, and by which rule.

A line says how much in several ways: as first stated, suspected, weighed, found by a laboratory, held by a court;
and by a count beside a weight. Within one family the latest stage counts; another family is an alternative measure
of the same goods, never a second quantity and never added to the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.codelists.lists import CodeList
from opencen.kernel.errors import Invalid, NotFound
from opencen.kernel.quantities import Amount, TradeContext, Unit, add_amounts, normalise

Canonical = Mapping[str, Any]

STATED = "stated"
# Measures that say nothing on how much of the goods there is, only what a part of them is (so many alive, so many
# dead), or only what somebody worked out from another one.
_OTHER_SUBJECTS = ("packages", "estimate", "live", "dead")
# Net says more about the goods than gross; a pure substance is a part of them, and never stands for the whole.
_BASIS_ORDER = {"net": 3, "counted": 2, "gross": 1}
PARTIAL = ("pure", "declared")


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of a line: as written, and in the base unit of its family where that can be known.

    `problem` is the code that says why it cannot: a bottle without its size, a sum without its currency.
    """

    quantity: Decimal
    unit: str
    basis: str
    stage: str
    on: str
    item: str = ""
    value: Decimal | None = None
    family: str = ""
    base_unit: str = ""
    rule: str = ""
    source: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class NormalisedLine:
    """What a line adds to the figures: the measure that counts, and one alternative a further family."""

    counted: Measured | None
    alternatives: tuple[Measured, ...]
    stages: tuple[Measured, ...]
    purity: Decimal | None = None

    @property
    def value(self) -> Decimal | None:
        """Return the quantity that counts, in its base unit."""
        return self.counted.value if self.counted else None

    @property
    def family(self) -> str:
        """Return the unit family that counts."""
        return self.counted.family if self.counted else ""

    @property
    def base_unit(self) -> str:
        """Return the unit of the quantity that counts."""
        return self.counted.base_unit if self.counted else ""

    @property
    def rule(self) -> str:
        """Return the rule by which the quantity was normalised."""
        return self.counted.rule if self.counted else ""

    @property
    def source(self) -> str:
        """Return what the rule's factor rests on: definition, stated or default."""
        return self.counted.source if self.counted else ""

    @property
    def stage(self) -> str:
        """Return the stage of assessment that counts."""
        return self.counted.stage if self.counted else ""

    def amounts(self) -> Iterator[Amount]:
        """Yield the measure that counts and its alternatives as terms of sums, as far as they could be normalised."""
        for found in (self.counted, *self.alternatives):
            if found is not None and found.value is not None:
                yield Amount(found.value, found.family, found.base_unit)


def normalised_line(line: Canonical) -> NormalisedLine:
    """Decide which measure of a line counts, and normalise it and its alternatives."""
    stages = tuple(_measure(line, *parts) for parts in _statements(line))
    known = [found for found in stages if found.value is not None and found.basis not in PARTIAL]
    best: dict[str, Measured] = {}
    for found in known:
        if found.family not in best or _weight(found) >= _weight(best[found.family]):
            best[found.family] = found
    family = _leading_family(stages, best)
    counted = best.pop(family, None) or next(iter(stages), None)
    purities = [step["purity"] for step in line.get("assessments", ()) if step.get("purity") is not None]
    return NormalisedLine(counted, tuple(best.values()), stages, Decimal(str(purities[-1])) if purities else None)


def total_by_family(lines: Iterable[Canonical]) -> dict[str, Amount]:
    """Add lines of contraband up, each unit family (and each currency) by itself; `value:EUR` names a currency."""
    terms: dict[str, list[Amount]] = {}
    for line in lines:
        if not is_summed(line):
            continue
        for amount in normalised_line(line).amounts():
            key = f"value:{amount.base_unit}" if amount.family == "value" else amount.family
            terms.setdefault(key, []).append(amount)
    return {key: total for key, amounts in terms.items() if (total := add_amounts(amounts)) is not None}


def shown_value(found: Measured) -> Decimal:
    """Return a normalised value without zeros that say nothing."""
    value = Decimal(0) if found.value is None else found.value
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def shown_unit(line: Canonical, found: Measured) -> str:
    """Return the unit one says a normalised value in: sticks and tablets are counted as what they are."""
    if found.family != "count":
        return found.base_unit
    codes = get_list("unit")
    for unit in (found.unit, get_list("commodity").attribute(line.get("commodity") or "", "default_unit", "")):
        if codes.attribute(unit, "family") == "count" and codes.attribute(unit, "factor") == 1:
            return str(unit)
    return found.base_unit


def is_summed(line: Canonical) -> bool:
    """Tell whether a line counts in figures: contraband does; cover loads, conveyances and proceeds do not."""
    return bool(get_list("line_role").attribute(line.get("role") or "contraband", "summed", False))


def unit_of(code: str) -> Unit | None:
    """Return a unit of the code list as the rules know it, or None."""
    return _unit_in(get_list("unit"), code)


@lru_cache(maxsize=512)
def _unit_in(codes: CodeList, code: str) -> Unit | None:
    family = codes.attribute(code, "family")
    return Unit(codes.standard(code), family, codes.attribute(code, "factor")) if family else None


def stage_order(stage: str) -> int:
    """Return how much a stage weighs; as first stated weighs least."""
    return int(get_list("assessment_stage").attribute(stage, "order", 0) or 0)


def trade_context(line: Canonical) -> TradeContext:
    """Gather what a line says about how its goods are packed and in which currency they are counted."""
    attributes = line.get("attributes") or {}
    pack_size = attributes.get("pack_size")
    currency = attributes.get("currency") or (line.get("value") or {}).get("currency") or ""
    commodity = get_list("commodity").standard(line.get("commodity") or "")
    size = Decimal(str(pack_size)) if pack_size is not None else None
    return TradeContext(commodity=commodity, pack_size=size, currency=currency)


def _statements(line: Canonical) -> Iterator[tuple[Canonical, str, str]]:
    """Yield every (statement, stage, day) of quantity in a line, the oldest way of stating it first."""
    if line.get("quantity") is not None and line.get("unit"):
        yield line, STATED, ""
    for other in line.get("measures", ()):
        if other.get("quantity") is not None and other.get("unit") and other.get("subject") not in _OTHER_SUBJECTS:
            yield other, STATED, ""
    for step in line.get("assessments", ()):
        if step.get("quantity") is not None and step.get("unit"):
            yield step, step.get("stage") or STATED, step.get("on") or ""


def _measure(line: Canonical, statement: Canonical, stage: str, on: str) -> Measured:
    quantity, code = Decimal(str(statement["quantity"])), statement["unit"]
    item = statement["id"] if statement is not line else ""
    plain = (quantity, code, statement.get("basis") or "", stage, on, item)
    unit = unit_of(code)
    if unit is None:
        return Measured(*plain, problem="quantity.unknown_unit")
    try:
        found = normalise(quantity, unit, context=trade_context(line))
    except (Invalid, NotFound) as error:
        return Measured(*plain, family=unit.family, problem=error.code)
    return Measured(*plain, found.value, found.family, found.base_unit, found.rule, found.source)


def _weight(found: Measured) -> tuple[int, int, str]:
    """Order two measures of one family: by stage, then net before gross, then the later."""
    return stage_order(found.stage), _BASIS_ORDER.get(found.basis, 0), found.on


def _leading_family(stages: Iterable[Measured], best: Mapping[str, Measured]) -> str:
    """Choose the family that counts: the one the line itself is stated in, else that of the weightiest stage."""
    for found in stages:
        if found.stage == STATED and not found.item and found.family in best:
            return found.family
    return max(best, key=lambda family: _weight(best[family]), default="")
