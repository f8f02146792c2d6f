"""Dates as people state them: a year, a month, a day or a moment with its zone (ISO 8601)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from opencen.kernel.errors import Invalid

Precision = Literal["year", "month", "day", "time"]

MAX_LENGTH = 40
JSON_PATTERN = (
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d"
    r"(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d\d(:?[0-5]\d)?))?)?)?$"
)
EXPECTED = ("2021", "2021-06", "2021-06-12", "2021-06-12T06:20+01:00")

_ISO = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?"
)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./\- ]([0-9]{1,2})[./\- ]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[./ \-]?([0-9]{1,2})[./ \-]?([0-9]{1,2})")
_MONTH_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MAX_OFFSET = 14 * 60
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """Hold a date as precisely as it was stated, and no more precisely.

    `offset` is the zone in minutes east of UTC; only a moment has one. Fractions of a second are dropped.
    Values are not ordered by `<`: whether 2021 is before 2021-06 is not known. Ask `certainly_before`.
    """

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: int | None = None

    @classmethod
    def parse(cls, text: str, *, path: str = "", default_zone: tzinfo | None = None) -> PartialDate:
        """Read an ISO 8601 date of any precision; a moment needs a zone, its own or the default."""
        found = _parse(text) if len(text) <= MAX_LENGTH else _Refusal("date.invalid", ())
        if isinstance(found, _Refusal):
            raise Invalid(found.code, path=path, value=text[:MAX_LENGTH], **found.data())
        if found.hour is None or found.offset is not None:
            return found
        if default_zone is None:
            would_be = (f"{text}Z", f"{text}+01:00")
            raise Invalid("date.no_zone", path=path, value=text, would_be=would_be)
        return found._in_zone(default_zone)

    @classmethod
    def from_datetime(cls, moment: datetime) -> PartialDate:
        """Make the moment, to the second, that an aware datetime states."""
        offset = moment.utcoffset()
        if offset is None:
            raise Invalid("date.no_zone", value=moment.isoformat())
        minutes = round(offset.total_seconds()) // 60
        return cls(moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second, minutes)

    @classmethod
    def from_date(cls, day: date) -> PartialDate:
        """Make the day that a date states."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        """Tell how precisely the date was stated."""
        if self.hour is not None:
            return "time"
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    def earliest(self, zone: tzinfo = UTC) -> datetime:
        """Return the first moment it can mean, in UTC; `zone` holds where none was stated."""
        start = datetime(
            self.year,
            self.month or 1,
            self.day or 1,
            self.hour or 0,
            self.minute or 0,
            self.second or 0,
            tzinfo=self._zone(zone),
        )
        return _to_utc(start, datetime.min.replace(tzinfo=UTC))

    def latest(self, zone: tzinfo = UTC) -> datetime:
        """Return the last moment it can mean, in UTC; `zone` holds where none was stated."""
        month = self.month or 12
        end = datetime(
            self.year,
            month,
            self.day or monthrange(self.year, month)[1],
            23 if self.hour is None else self.hour,
            59 if self.minute is None else self.minute,
            59 if self.second is None else self.second,
            999_999,
            tzinfo=self._zone(zone),
        )
        return _to_utc(end, datetime.max.replace(tzinfo=UTC))

    def first_day(self) -> date:
        """Return the first calendar day it can mean, as stated where it happened."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """Return the last calendar day it can mean, as stated where it happened."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def certainly_before(self, other: PartialDate) -> bool:
        """Tell whether every moment it can mean is before every moment of the other.

        Where only one of the two states a zone, the other is taken to be in the same.
        """
        return self.latest(other._zone(UTC)) < other.earliest(self._zone(UTC))

    def possibly_before(self, other: PartialDate) -> bool:
        """Tell whether some moment it can mean is before some moment of the other."""
        return self.earliest(other._zone(UTC)) < other.latest(self._zone(UTC))

    def at_precision(self, precision: Precision) -> PartialDate:
        """Return the same date, stated no more precisely than asked."""
        if precision == "year":
            return PartialDate(self.year)
        if precision == "month":
            return PartialDate(self.year, self.month)
        return PartialDate(self.year, self.month, self.day) if precision == "day" else self

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        day = f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        if self.hour is None:
            return day
        seconds = "" if self.second is None else f":{self.second:02d}"
        return f"{day}T{self.hour:02d}:{self.minute or 0:02d}{seconds}{_write_offset(self.offset or 0)}"

    def _zone(self, default: tzinfo) -> tzinfo:
        return default if self.offset is None else timezone(timedelta(minutes=self.offset))

    def _in_zone(self, zone: tzinfo) -> PartialDate:
        local = datetime(self.year, self.month or 1, self.day or 1, self.hour or 0, self.minute or 0, tzinfo=zone)
        offset = local.utcoffset() or timedelta()
        minutes = round(offset.total_seconds()) // 60
        return PartialDate(self.year, self.month, self.day, self.hour, self.minute, self.second, minutes)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _validate, serialization=core_schema.to_string_ser_schema(when_used="always")
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "format": "partial-date", "pattern": JSON_PATTERN}


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Say why a text is no date, and which dates it may have meant."""

    code: str
    would_be: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        """Return what an error says of it."""
        return {"would_be": self.would_be} if self.would_be else {"expected": EXPECTED}


def is_partial_date(text: str) -> bool:
    """Tell whether a text is a date of any precision, a moment with its zone."""
    if len(text) > MAX_LENGTH:
        return False
    found = _parse(text)
    return isinstance(found, PartialDate) and (found.hour is None or found.offset is not None)


@lru_cache(maxsize=16_384)
def _parse(text: str) -> PartialDate | _Refusal:
    match = _ISO.fullmatch(text)
    if match is None:
        return _Refusal("date.invalid", _guess(text))
    year, month, day, hour, minute, second, zone = match.groups()
    if month is None:
        return PartialDate(int(year)) if year != "0000" else _Refusal("date.impossible", ())
    numbers = (int(year), int(month), int(day) if day else None)
    if not _is_possible_day(*numbers):
        return _Refusal("date.impossible", _nearest_days(*numbers))
    if hour is None:
        return PartialDate(*numbers)
    offset = _read_offset(zone) if zone else None
    clock = (int(hour), int(minute), int(second) if second else None)
    if clock[0] > 23 or clock[1] > 59 or (clock[2] or 0) > 59 or abs(offset or 0) > _MAX_OFFSET:
        return _Refusal("date.impossible", ())
    return PartialDate(*numbers, *clock, offset)


def _is_possible_day(year: int, month: int, day: int | None) -> bool:
    if year == 0 or not 1 <= month <= 12:
        return False
    if day is None:
        return True
    return 1 <= day <= _MONTH_DAYS[month] and (day < 29 or day <= monthrange(year, month)[1])


def _read_offset(zone: str) -> int:
    """Return a written zone in minutes east of UTC; out of range where its minutes are."""
    if zone == "Z":
        return 0
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    total = hours * 60 + minutes if minutes < 60 else _MAX_OFFSET + 1
    return -total if zone[0] == "-" else total


def _write_offset(offset: int) -> str:
    if offset == 0:
        return "Z"
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours:02d}:{minutes:02d}"


def _to_utc(moment: datetime, limit: datetime) -> datetime:
    """Convert to UTC; the first and last hours of the calendar stop at its limit."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return limit


def _guess(text: str) -> tuple[str, ...]:
    """Return the days that a date in another notation may mean."""
    plain = text.strip()
    if match := _YEAR_FIRST.fullmatch(plain):
        orders = [(match[1], match[2], match[3])]
    elif match := _DAY_FIRST.fullmatch(plain):
        orders = [(match[3], match[2], match[1]), (match[3], match[1], match[2])]
    else:
        return ()
    days = [(int(year), int(month), int(day)) for year, month, day in orders]
    return tuple(dict.fromkeys(f"{y:04d}-{m:02d}-{d:02d}" for y, m, d in days if _is_possible_day(y, m, d)))


def _nearest_days(year: int, month: int, day: int | None) -> tuple[str, ...]:
    """Return what a day that the month does not have, or a swapped day and month, may mean."""
    if year == 0 or day is None:
        return ()
    if 1 <= month <= 12:
        return (f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}",) if 28 < day <= 31 else ()
    return (f"{year:04d}-{day:02d}-{month:02d}",) if _is_possible_day(year, day, month) else ()


def _validate(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("date.invalid", "not a date of any precision", {"expected": EXPECTED})
    try:
        return PartialDate.parse(value)
    except Invalid as error:
        raise PydanticCustomError(error.code, "not a date of any precision", error.data) from None
