"""Write numbers, dates, codes, fields and quantities in a language."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal
from django.utils import translation

from opencen.codelists.catalogue import get_list
from opencen.kernel.errors import Invalid, NotFound
from opencen.kernel.languages import comma, find_locale
from opencen.kernel.partial_dates import PartialDate
from opencen.records.effective import effective_schema
from opencen.records.paths import schema_path
from opencen.records.texts.plurals import ARABIC_SYMBOLS, plural

_LIGHT = Decimal("0.1")


def write_decimal(value: Decimal | int | str, language: str) -> str:
    """Write a number with the reader's separators and the decimals it was stated with; what is no number stays."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not found.is_finite():
        return str(value)
    exponent = found.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(found, format=pattern, locale=find_locale(language), decimal_quantization=False))


def plain_decimal(value: Decimal) -> Decimal:
    """Drop zeros behind the point that say nothing: 78.170 is 78.17, and 80.0 is 80."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def write_quantity(value: Decimal, unit: str, language: str) -> str:
    """Write a quantity with its unit as one says it: 78.17 kg, 310 g, 12,000 tablets, EUR 84,500."""
    number = plain_decimal(value)
    if unit == "kg" and 0 < number < _LIGHT:
        number, unit = plain_decimal(number * 1000), "g"
    written = write_decimal(number, language)
    codes = get_list("unit")
    if unit not in codes:
        return f"{unit} {written}"
    symbol = ARABIC_SYMBOLS.get(unit) if language == "ar" else codes.attribute(unit, "symbol")
    if symbol:
        return f"{written}\u00a0{symbol}"
    if unit == "currency":
        return written
    return f"{written}\u00a0{plural(codes.label(unit, language).lower(), number, language, unit)}"


def write_date(stated: str, language: str) -> str:
    """Write a partial date as precisely as it was stated: a year stays a year."""
    try:
        found = PartialDate.parse(stated, default_zone=UTC)
    except Invalid:
        return stated
    locale = find_locale(language)
    if found.month is None:
        return str(found.year)
    if found.day is None:
        return str(format_skeleton("yMMM", found.first_day(), locale=locale))
    written = str(format_date(found.first_day(), "medium", locale=locale))
    return written if found.hour is None else f"{written}{comma(language)}{found.hour:02d}:{found.minute or 0:02d}"


def write_moment(moment: datetime | date, language: str, zone: str = "UTC") -> str:
    """Write a moment of the system in the reader's zone."""
    locale = find_locale(language)
    if not isinstance(moment, datetime):
        return str(format_date(moment, "medium", locale=locale))
    local = moment.astimezone(ZoneInfo(zone))
    clock = format_time(local, "HH:mm", locale=locale)
    return f"{format_date(local, 'medium', locale=locale)}{comma(language)}{clock}"


def write_code(codelist: str, value: str, language: str) -> str:
    """Write a code by its label; what is in no list stands for itself."""
    try:
        return get_list(codelist).label(value, language)
    except NotFound:
        return value


def write_list_title(codelist: str, language: str) -> str:
    """Write what a code list is called."""
    try:
        return get_list(codelist).title(language)
    except NotFound:
        return codelist


def write_field(path: str, language: str, type: str = "case") -> str:
    """Write a field by its label in the form; a field no form shows goes by its name."""
    plain = schema_path(path)
    try:
        layout = effective_schema(type).layout
    except NotFound:
        return plain
    label = layout.labels().get(plain)
    if not label:
        return plain.rpartition(".")[2].replace("_", " ")
    with translation.override(language):
        return translation.gettext(label)
