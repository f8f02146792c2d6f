"""Deadlines as a calendar file (RFC 5545): one all-day entry a task or stage, with a reminder a day before.

Written here rather than by a library: what is needed of the format is folding at 75 octets, escaping and CRLF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from opencen.kernel.clock import now

FOLD = 75


@dataclass(frozen=True, slots=True)
class Deadline:
    """One day on which something is due."""

    uid: str
    day: date
    title: str
    text: str = ""
    url: str = ""
    changed: datetime | None = None


def write_calendar(name: str, deadlines: Iterable[Deadline], host: str) -> bytes:
    """Write a calendar file."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OpenCEN//Investigations//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escape(name)}",
    ]
    for deadline in deadlines:
        lines += _event(deadline, host)
    lines.append("END:VCALENDAR")
    return b"".join(part for line in lines for part in fold(line))


def _event(deadline: Deadline, host: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{deadline.uid}@{host}"
    yield f"DTSTAMP:{_moment(deadline.changed or now())}"
    yield f"DTSTART;VALUE=DATE:{_day(deadline.day)}"
    if deadline.day < date.max:
        yield f"DTEND;VALUE=DATE:{_day(deadline.day + timedelta(days=1))}"
    yield f"SUMMARY:{escape(deadline.title)}"
    if deadline.text:
        yield f"DESCRIPTION:{escape(deadline.text)}"
    if deadline.url:
        yield f"URL:{deadline.url}"
    yield "CLASS:CONFIDENTIAL"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{escape(deadline.title)}"
    yield "TRIGGER:-P1D"
    yield "END:VALARM"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _moment(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


def escape(text: str) -> str:
    """Write a text as a value (3.3.11): backslash, semicolon, comma and line end are escaped, control signs go."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in plain if sign in "\n\t" or (ord(sign) >= 0x20 and ord(sign) != 0x7F))
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> Iterator[bytes]:
    """Cut a line into parts of at most 75 octets (3.1), never through a character; each ends with CRLF."""
    part = b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > FOLD:
            yield part + b"\r\n"
            part = b" "
        part += octets
    yield part + b"\r\n"
