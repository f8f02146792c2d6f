"""Read dates as registers write them: the order of day and month is decided by evidence, or asked."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import override

from opencen.formats.cells import Reading, fold, refuse
from opencen.formats.mapping import ColumnMap
from opencen.formats.tables import Cell
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.kernel.partial_dates import PartialDate
from opencen.kernel.text import fold_ascii

SPOKEN = ("en", "fr", "es", "ar", "ar-dz", "pt", "ru", "de", "it")
SERIALS = range(20_000, 60_000)
EPOCH = date(1899, 12, 30)
_DATE = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})(?:[T ,]+\d{1,2}[:hH]\d{2}.*)?")
_SOLID = re.compile(r"\d{8}")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s./-]*(?:de\s+)?([^\W\d_][^\d]*?)[\s./,-]*(?:de\s+)?(\d{4}|\d{2})"
)
_MONTH_FIRST = re.compile(r"([^\W\d_][^\d]*?)[\s.]*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})")
_MONTH_ONLY = re.compile(r"([^\W\d_][^\d]*?)[\s./,-]*(?:de\s+)?(\d{4})")
ENGLISH_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                  "november", "december")  # fmt: skip


def read_date(cell: Cell, text: str, entry: ColumnMap, evidence: str, weekday: str = "") -> Reading:
    """Read a date by its column's order, else by the weekday beside it; what can be read in two ways waits."""
    if isinstance(cell, date | datetime):
        return _read_real(cell, text, entry, evidence, weekday)
    if isinstance(cell, float) and cell.is_integer() and int(cell) in SERIALS:
        taken = (EPOCH + timedelta(days=int(cell))).isoformat()
        return Reading(taken, "date.serial_number", "warning", {"value": text, "taken": taken})
    try:
        return Reading(str(PartialDate.parse(text)))
    except Invalid as error:
        return _read_written(text, entry, weekday, error.code)


def _read_written(text: str, entry: ColumnMap, weekday: str, code: str) -> Reading:
    ways = date_readings(text)
    if not ways:
        named = read_named_month(text)
        return Reading(named) if named else refuse("date.impossible" if _DATE.fullmatch(text) else code, text)
    days = sorted(set(ways.values()))
    by_weekday = [day for day in days if weekday_of(weekday) == date.fromisoformat(day).weekday()]
    chosen = ways.get(entry.order) if entry.order else days[0] if len(days) == 1 else None
    if entry.order and chosen is None:
        return refuse("date.impossible", text)
    if chosen is None:
        if len(by_weekday) == 1:
            return Reading(by_weekday[0])
        return refuse("date.order_undecided", text, would_be=days)
    if weekday_of(weekday) is not None and chosen not in by_weekday:
        if by_weekday:
            return refuse("date.order_undecided", text, would_be=days)
        return Reading(chosen, "date.weekday_differs", "warning", {"value": text, "weekday": weekday[:20]})
    return Reading(chosen)


def _read_real(cell: date, text: str, entry: ColumnMap, evidence: str, weekday: str) -> Reading:
    """Read a cell that the spreadsheet itself holds as a date, which it may have read in the wrong order."""
    day = cell.date() if isinstance(cell, datetime) else cell
    turned = _turn(day)
    if entry.cells == "turned" and turned:
        return Reading(turned.isoformat())
    if entry.cells == "ask" and turned and turned != day:
        return refuse("date.maybe_turned", text, would_be=sorted((day.isoformat(), turned.isoformat())))
    found = weekday_of(weekday)
    if found is not None and found != day.weekday():
        if turned and turned.weekday() == found:
            return refuse("date.maybe_turned", text, would_be=sorted((day.isoformat(), turned.isoformat())))
        return Reading(text, "date.weekday_differs", "warning", {"value": text, "weekday": weekday[:20]})
    return _judge_precision(text, evidence) if entry.evidence else Reading(text)


def _turn(day: date) -> date | None:
    """Exchange day and month, where that is a date."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else None


def date_readings(text: str) -> dict[str, str]:
    """Return the days that a written date may mean, by the order of its parts."""
    plain = text.strip()
    if _SOLID.fullmatch(plain):
        return _solid_readings(plain)
    match = _DATE.fullmatch(plain)
    if not match:
        return {}
    first, second, third = match.groups()
    orders = {"dmy": (third, second, first), "mdy": (third, first, second), "ymd": (first, second, third)}
    found = {}
    for name, (year, month, day) in orders.items():
        if len(day) > 2 or len(month) > 2 or (name == "ymd" and len(year) < 4):
            continue
        if made := _make_day(_century(year), int(month), int(day)):
            found[name] = made
    return found


def _solid_readings(text: str) -> dict[str, str]:
    orders = {"ymd": (text[:4], text[4:6], text[6:]), "dmy": (text[4:], text[2:4], text[:2])}
    made = {name: _make_day(*(int(part) for part in parts)) for name, parts in orders.items()}
    return {name: day for name, day in made.items() if day}


def _century(year: str) -> int:
    """Read a year of two digits as the last such year; nobody registers a seizure of the future."""
    if len(year) != 2:
        return int(year)
    here = now().year
    found = here // 100 * 100 + int(year)
    return found if found <= here else found - 100


def _make_day(year: int, month: int, day: int) -> str:
    if not 1900 <= year <= 2200:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def read_named_month(text: str) -> str:
    """Read a date whose month is written as a word, in any of the languages; empty where it is none."""
    plain = text.strip()
    for pattern, order in ((_DAY_FIRST, (2, 1, 0)), (_MONTH_FIRST, (2, 0, 1)), (_MONTH_ONLY, (1, 0, None))):
        match = pattern.fullmatch(plain)
        month = month_of(match[order[1] + 1]) if match else None
        if match is None or month is None:
            continue
        year = _century(match[order[0] + 1])
        if order[2] is None:
            return f"{year:04d}-{month:02d}" if 1900 <= year <= 2200 else ""
        return _make_day(year, month, int(match[order[2] + 1]))
    return ""


def weekday_of(text: str) -> int | None:
    """Return the day of the week that a word names (Monday is 0), in any of the languages."""
    return _weekdays().get(_word(text)) if text else None


def month_of(text: str) -> int | None:
    """Return the month that a word names, in any of the languages."""
    return _months().get(_word(text))


def _word(text: str) -> str:
    return fold_ascii(text).strip(" .,").removeprefix("de ").strip()


@cache
def _weekdays() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in SPOKEN:
        with override(language):
            for words in (WEEKDAYS_ABBR, WEEKDAYS):
                found |= {_word(str(word)): day for day, word in words.items() if len(_word(str(word))) > 1}
    return found


@cache
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in SPOKEN:
        with override(language):
            for words in (MONTHS_3, MONTHS):
                found |= {_word(str(word)): month for month, word in words.items() if len(_word(str(word))) > 1}
    return {**found, "sept": 9}


def _judge_precision(text: str, evidence: str) -> Reading:
    """Read the first of a month as the month, or the first of January as the year, where the words name no day.

    A sheet cannot hold a year alone, so that whoever keeps it writes the first day. The words beside it tell.
    """
    year, month, day = text[:10].split("-")
    if day != "01":
        return Reading(text)
    words = fold(evidence)
    name = ENGLISH_MONTHS[int(month) - 1]
    if re.search(rf"\b0?1(?:st)?\s+{name}\b|\b{name}\s+0?1(?:st)?\b(?!\d)", words):
        return Reading(text)
    names_month = re.search(rf"(?<!\d )(?<!\d\d )\b{name}\b(?!\s+\d{{1,2}}\b)", words)
    if names_month:
        return Reading(f"{year}-{month}", "import.date_precision", "hint", {"value": text, "taken": f"{year}-{month}"})
    if month == "01":
        return Reading(year, "import.date_precision", "hint", {"value": text, "taken": year})
    return Reading(text)
