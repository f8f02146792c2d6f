"""Numbers, dates and identifiers in the reader's language and zone."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from opencen.kernel import languages
from opencen.kernel.clock import now
from opencen.kernel.languages import find_locale

register = template.Library()

PARTIAL = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$")


def reader_locale() -> Locale:
    """Return the locale of the page being written."""
    return find_locale(get_language() or "en")


def to_decimal(value: Any) -> Decimal | None:
    """Read a number from whatever holds one; nothing for anything else."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def isolate(text: str) -> str:
    """Keep a date together inside right-to-left text, whatever script it is written in."""
    return f"\u2068{text}\u2069" if get_language_bidi() else text


@register.simple_tag
def comma() -> str:
    """Return what stands between the parts of a list."""
    return languages.comma(get_language() or "en")


@register.filter
def number(value: Any) -> str:
    """Write a number with the reader's separators, with all decimals it was stated with."""
    found = to_decimal(value)
    if found is None:
        return "" if value is None else str(value)
    exponent = found.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(found, format=pattern, locale=reader_locale(), decimal_quantization=False))


@register.filter
def is_number(value: Any) -> bool:
    """Tell whether a cell holds a number, which stands at the end side."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


@register.filter
def percent(value: Any, decimals: int = 0) -> str:
    """Write a share (0 to 1) as per cent."""
    found = to_decimal(value)
    if found is None:
        return ""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + "\u202f%"
    return str(format_percent(found, format=pattern, locale=reader_locale()))


@register.filter
def unlocalized(value: Any) -> str:
    """Write a number as a machine reads it, for attributes."""
    found = to_decimal(value)
    return "0" if found is None else format(found, "f")


@register.filter
def moment(value: dt.datetime | dt.date | None, parts: str = "day time") -> str:
    """Write a moment in the reader's zone, the date spelled: 12 Nov 2026, 06:20."""
    if value is None or value == "":
        return ""
    locale = reader_locale()
    if not isinstance(value, dt.datetime):
        return isolate(format_date(value, "medium", locale=locale))
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    if parts == "day":
        return isolate(format_date(local, "medium", locale=locale))
    clock = format_time(local, "HH:mm", locale=locale)
    if parts == "time":
        return str(clock)
    if parts == "seconds":
        return isolate(format_datetime(local, "medium", locale=locale))
    return isolate(f"{format_date(local, 'medium', locale=locale)}{comma()}{clock}")


@register.filter
def waited(since: dt.datetime | None) -> str:
    """Write how long ago a moment is, in its two largest units: 5d 2h."""
    if since is None:
        return ""
    minutes = max(0, int((now() - since).total_seconds())) // 60
    days, hours = divmod(minutes // 60, 24)
    parts = {"duration-day": days, "duration-hour": hours, "duration-minute": minutes % 60}
    started = [(unit, count) for unit, count in parts.items() if count][:2] or [("duration-minute", 0)]
    shown = [one for one in started if days == 0 or one[0] != "duration-minute"]
    return isolate(" ".join(_short_unit(count, unit) for unit, count in shown))


_PORTUGUESE_UNITS = {"duration-day": "d", "duration-hour": "h", "duration-minute": "min"}


def _short_unit(count: int, unit: str) -> str:
    """Write a span shortly; CLDR lacks the narrow forms of Portuguese and some of Arabic."""
    language = (get_language() or "en").partition("-")[0]
    if language == "pt":
        return f"{count}\u00a0{_PORTUGUESE_UNITS[unit]}"
    length: Literal["short", "narrow"] = "short" if get_language() == "ar" else "narrow"
    return str(format_unit(count, unit, length, locale=reader_locale()))


@register.filter
def seconds(value: float) -> str:
    """Write how long something took: 37.3 s."""
    text = format_unit(round(Decimal(str(value)), 1), "second", "short", format="#,##0.0", locale=reader_locale())
    return isolate(str(text))


@register.simple_tag
def this_moment() -> str:
    """Write the time of the page: when it was printed."""
    return moment(now())


@register.filter
def long_day(value: dt.date) -> str:
    """Write a day in full: Thursday, 12 November 2026."""
    return isolate(format_date(value, "full", locale=reader_locale()))


@register.filter
def partial_date(value: Any) -> str:
    """Write a partial date as precisely as it was stated: a year stays a year."""
    match = PARTIAL.match(str(value or ""))
    if not match:
        return str(value or "")
    year, month, day, clock, _zone = match.groups()
    if month is None:
        return str(year)
    try:
        date = dt.date(int(year), int(month), int(day or 1))
    except ValueError:
        return str(value)
    locale = reader_locale()
    if day is None:
        return isolate(format_skeleton("yMMM", date, locale=locale))
    written = str(format_date(date, "medium", locale=locale))
    return isolate(f"{written}{comma()}{clock}" if clock else written)


@register.filter
def file_size(value: Any) -> str:
    """Write a size in bytes in the unit one would say."""
    size = to_decimal(value) or Decimal(0)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{number(size.quantize(Decimal('0.1')) if size < 10 and unit != 'B' else size.quantize(Decimal(1)))} {unit}"


@register.simple_tag
def identifier(value: Any, url: str = "", css: str = "") -> SafeString:
    """Write a reference, container, plate or number: mono, left to right in every language."""
    if not value:
        return SafeString("")
    classes = f"identifier {css}".strip()
    if url:
        return format_html('<a class="{}" dir="ltr" href="{}">{}</a>', classes, url, value)
    return format_html('<bdi class="{}" dir="ltr">{}</bdi>', classes, value)


@register.filter
def data(value: Any) -> str:
    """Write a value of the log as one line, without the marks of a programming language."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {data(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(data(one) for one in value)
    if value is None or isinstance(value, bool):
        return {None: "–", True: "✓", False: "✗"}[value]
    return str(value)
