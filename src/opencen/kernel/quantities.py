"""Quantities: read as written, brought to the base unit of their family, and never added across families."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation, localcontext
from typing import Literal

from opencen.kernel.errors import Invalid

Source = Literal["definition", "stated", "default"]

# The base unit that each family is summed in. Money is summed in its own currency, see `normalise`.
BASE_UNITS = {
    "mass": "kg",
    "volume": "l",
    "count": "piece",
    "length": "m",
    "area": "m2",
    "energy": "kwh",
    "radioactivity": "Bq",
    "value": "currency",
}

# Cigarettes as the trade packs them, where nothing else is stated.
STICKS_A_PACK = Decimal(20)
PACKS_A_CARTON = Decimal(10)
CARTONS_A_CASE = Decimal(50)
_STICK_COMMODITIES = frozenset({"cigarettes", "heated"})

MAX_DIGITS = 30
MAX_DECIMALS = 60
_SIZE_DIGITS = 12
_MAX_TEXT = 60
# Wide enough for the longest value, its sizes and any sum of them: what would be rounded is an error instead.
_EXACT = Context(prec=300, traps=[Inexact, InvalidOperation])
_ROUNDED = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation])

_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*[.,]?|[+-]?[.,][0-9]+")
_GROUPED = {
    separator: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(separator)}[0-9]{{3}})+|[0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}")
    for separator in ",."
}
_SPACED = re.compile(r"([+-]?[0-9]{1,3}(?:(?P<gap>[ '])[0-9]{3})(?:(?P=gap)[0-9]{3})*)([.,][0-9]*)?")
_WITH_EXPONENT = re.compile(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+")
_STARTS_WITH_NUMBER = re.compile(r"[^0-9]{0,12}?([0-9]+(?:[.,][0-9]+)?)\D*")
_WRITTEN_ALIKE = str.maketrans(
    {"٫": ".", "٬": "'", "’": "'", "‘": "'", "\u2212": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Name a unit of quantity: its code, its family and how many base units it makes.

    A unit without factor (a carton, a bottle) says nothing by itself: its size is stated or follows from a trade rule.
    """

    code: str
    family: str
    factor: Decimal | None

    @property
    def is_sized(self) -> bool:
        """Tell whether one must know the size of one of these."""
        return self.factor is None


@dataclass(frozen=True, slots=True)
class TradeContext:
    """State what a line says about how its goods are packed.

    `unit_size` is how many base units one of the unit holds; `pack_size` how many sticks a pack holds, or, for goods
    that are not cigarettes, the same as `unit_size`.
    """

    commodity: str = ""
    pack_size: Decimal | None = None
    packs_a_carton: Decimal | None = None
    cartons_a_case: Decimal | None = None
    unit_size: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Normalised:
    """Hold a quantity in its family's base unit, with the rule and the source it rests on.

    `factor` is how many base units one of the written unit made; `source` is `default` where a trade rule filled in
    a size.
    """

    value: Decimal
    family: str
    base_unit: str
    rule: str
    source: Source
    factor: Decimal

    @property
    def amount(self) -> Amount:
        """Return the quantity as a term of a sum."""
        return Amount(self.value, self.family, self.base_unit)


@dataclass(frozen=True, slots=True)
class Amount:
    """Hold a term of a sum; adding another family or another currency is an error, not a number."""

    value: Decimal
    family: str
    base_unit: str

    def __add__(self, other: object) -> Amount:
        if not isinstance(other, Amount):
            return NotImplemented
        if (self.family, self.base_unit) != (other.family, other.base_unit):
            units = sorted({self.base_unit, other.base_unit})
            raise Invalid("quantity.mixed_families", families=sorted({self.family, other.family}), units=units)
        with localcontext(_EXACT):
            return Amount(self.value + other.value, self.family, self.base_unit)


NO_CONTEXT = TradeContext()


def add_amounts(amounts: Iterable[Amount]) -> Amount | None:
    """Add amounts of one family, or raise Invalid; nothing to add gives None, which is not zero."""
    total: Amount | None = None
    for amount in amounts:
        total = amount if total is None else total + amount
    return total


def normalise(value: Decimal, unit: Unit, *, context: TradeContext = NO_CONTEXT, path: str = "") -> Normalised:
    """Bring a quantity to the base unit of its family, naming the rule; exact, nothing is rounded."""
    _check_value(value, path)
    base_unit = BASE_UNITS.get(unit.family)
    if base_unit is None:
        raise Invalid("quantity.unknown_family", path=path, family=unit.family, unit=unit.code)
    if unit.family == "value":
        if not context.currency:
            raise Invalid("quantity.currency_missing", path=path, unit=unit.code)
        base_unit = context.currency
    factor, rule, source = _find_factor(unit, context, path)
    return Normalised(_EXACT.multiply(value, factor), unit.family, base_unit, rule, source, factor)


def convert(value: Decimal, unit: Unit, to: Unit) -> Decimal:
    """Convert between two units of one family, to 28 significant digits."""
    if unit.family != to.family:
        raise Invalid("quantity.mixed_families", families=sorted({unit.family, to.family}), units=[unit.code, to.code])
    if unit.factor is None or to.factor is None:
        sized = unit if unit.factor is None else to
        raise Invalid("quantity.size_missing", unit=sized.code, family=sized.family)
    _check_value(value, "")
    with localcontext(_EXACT):
        base = value * unit.factor
    return _ROUNDED.divide(base, to.factor)


def _check_value(value: Decimal, path: str) -> None:
    if not value.is_finite():
        raise Invalid("number.not_finite", path=path, value=str(value))
    if value < 0:
        raise Invalid("quantity.negative", path=path, value=format(value, "f")[:_MAX_TEXT])
    if value.adjusted() >= MAX_DIGITS or _count_decimals(value) > MAX_DECIMALS:
        raise Invalid("number.too_long", path=path, limit=MAX_DIGITS)


def _count_decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _find_factor(unit: Unit, context: TradeContext, path: str) -> tuple[Decimal, str, Source]:
    if unit.factor is not None:
        return unit.factor, f"unit.{unit.code}", "definition"
    if context.unit_size is not None:
        return _stated_size(context.unit_size, path), f"size.{unit.code}", "stated"
    if unit.code in _PACKINGS and _STICK_COMMODITIES & set(context.commodity.replace(":", ".").split(".")):
        return _pack_cigarettes(unit, context, path)
    if context.pack_size is not None:
        return _stated_size(context.pack_size, path), f"size.{unit.code}", "stated"
    raise Invalid("quantity.size_missing", path=path, unit=unit.code, family=unit.family)


_PACKINGS = {"pack": 1, "carton": 2, "master_case": 3}


def _pack_cigarettes(unit: Unit, context: TradeContext, path: str) -> tuple[Decimal, str, Source]:
    """Count the sticks of a pack, carton or case; the rule names the sizes it used, as in `cigarettes.carton.20x10`."""
    levels = [
        (context.pack_size, STICKS_A_PACK),
        (context.packs_a_carton, PACKS_A_CARTON),
        (context.cartons_a_case, CARTONS_A_CASE),
    ][: _PACKINGS[unit.code]]
    sizes = [_stated_size(stated, path) if stated is not None else default for stated, default in levels]
    factor = Decimal(1)
    with localcontext(_EXACT):
        for size in sizes:
            factor *= size
    rule = f"cigarettes.{unit.code}.{'x'.join(format(size, 'f') for size in sizes)}"
    # The number of sticks in a pack is what varies between markets: a stated pack is a stated size.
    return factor, rule, "default" if context.pack_size is None else "stated"


def _stated_size(size: Decimal, path: str) -> Decimal:
    if not size.is_finite() or size <= 0 or size.adjusted() >= _SIZE_DIGITS or _count_decimals(size) > _SIZE_DIGITS:
        raise Invalid("quantity.size_impossible", path=path, value=str(size)[:_MAX_TEXT])
    return size


def parse_decimal(text: str, decimal_comma: bool | None = None, *, path: str = "") -> Decimal:
    """Read a number as people write it, with grouping; `decimal_comma` None refuses what can be read in two ways.

    Raise Invalid with the reason, and with the readings that are possible as `would_be`.
    """
    plain = text.strip()
    if not plain.isascii():
        plain = "".join(str(unicodedata.decimal(c, c)) for c in plain.translate(_WRITTEN_ALIKE))
    if not plain:
        raise Invalid("number.empty", path=path)
    if "٫" in text:  # the Arabic decimal separator can be read in one way only
        decimal_comma = False
    if len(plain) > _MAX_TEXT:
        raise Invalid("number.too_long", path=path, limit=_MAX_TEXT)
    if spaced := _SPACED.fullmatch(plain):
        digits = spaced[1].replace(" ", "").replace("'", "")
        return _read_with_point(digits, spaced[3] or "", decimal_comma, text, path)
    if not _NUMBER.fullmatch(plain):
        raise _refuse(plain, text, path)
    readings = _read_separators(plain, decimal_comma)
    if not readings:
        raise Invalid("number.wrong_separator", path=path, value=text, would_be=_other_readings(plain))
    if len(readings) > 1:
        raise Invalid("number.ambiguous", path=path, value=text, would_be=tuple(readings))
    return Decimal(readings[0])


def _read_with_point(digits: str, fraction: str, decimal_comma: bool | None, text: str, path: str) -> Decimal:
    """Read a number whose thousands were set apart by spaces, so that the separator can only be the decimal one."""
    if fraction and decimal_comma is not None and (fraction[0] == ",") is not decimal_comma:
        raise Invalid("number.wrong_separator", path=path, value=text, would_be=(f"{digits}.{fraction[1:]}",))
    return Decimal(f"{digits}.{fraction[1:] or 0}" if fraction[1:] else digits)


def _read_separators(plain: str, decimal_comma: bool | None) -> list[str]:
    """Return the possible readings of digits with commas and points as plain decimals."""
    if "," not in plain and "." not in plain:
        return [plain]
    marks = [decimal_comma] if decimal_comma is not None else [False, True]
    readings = [reading for mark in marks if (reading := _read_one_way(plain, "," if mark else "."))]
    return list(dict.fromkeys(readings))


def _read_one_way(plain: str, decimal_mark: str) -> str | None:
    sign = plain[0] if plain[0] in "+-" else ""
    whole, mark, fraction = plain.removeprefix(sign).partition(decimal_mark)
    grouping = "." if decimal_mark == "," else ","
    if "," in fraction or "." in fraction or (mark and not fraction):
        return None
    if grouping in whole:
        if whole.startswith("0") or not _GROUPED[grouping].fullmatch(whole):
            return None
        whole = whole.replace(grouping, "")
    number = f"{whole or '0'}.{fraction}" if fraction else whole
    return f"-{number}" if sign == "-" else number


def _other_readings(plain: str) -> tuple[str, ...]:
    return tuple(_read_separators(plain, None))


def _refuse(plain: str, text: str, path: str) -> Invalid:
    """Say why a text is no number, with the number that stands in it."""
    value = text[:_MAX_TEXT]
    if _WITH_EXPONENT.fullmatch(plain):
        return Invalid("number.exponent", path=path, value=value)
    match = _STARTS_WITH_NUMBER.fullmatch(plain)
    readings = _read_separators(match[1], None) if match else []
    if readings:
        return Invalid("number.not_a_number", path=path, value=value, would_be=tuple(readings))
    return Invalid("number.not_a_number", path=path, value=value)
