"""What a zone says: names, numbers, dates with their century, states.

The century of a two-digit year is not written in a zone. A date of birth lies in the past: the latest year that does
not lie ahead of today. An expiry lies near: from fifty years back to forty-nine years ahead of this year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opencen.kernel.mrz.shapes import FILLER, Shape, cut, long_number
from opencen.kernel.mrz.states import State, state_of

_SEX = {"M": "male", "F": "female", "X": "unspecified", FILLER: "unspecified"}
_BACK = 50


@dataclass(frozen=True, slots=True)
class Zone:
    """A travel document's zone as read; dates are partial dates, empty where the document says nothing."""

    format: str
    document_code: str
    kind: str
    issuer: State
    number: str
    surname: str
    given_names: str
    names_cut_off: bool
    nationality: State
    birth_date: str
    sex: str
    expires_on: str
    optional: str
    optional_2: str


def read_zone(shape: Shape, lines: tuple[str, ...], today: date) -> Zone:
    """Take the fields of a zone apart."""

    def field(name: str) -> str:
        return cut(lines, shape.field(name).at) if shape.has(name) else ""

    number, optional = field("number"), field("optional")
    if (whole := long_number(shape, lines)) is not None:
        number, _, optional = whole
    names = field("names")
    surname, given = split_names(names)
    return Zone(
        format=shape.name,
        document_code=field("document_code").replace(FILLER, ""),
        kind=kind_of(shape, field("document_code")),
        issuer=state_of(field("issuer")),
        number=number.replace(FILLER, ""),
        surname=surname,
        given_names=given,
        names_cut_off=not names.endswith(FILLER),
        nationality=state_of(field("nationality")),
        birth_date=read_birth_date(field("birth_date"), today),
        sex=_SEX.get(field("sex"), ""),
        expires_on=read_expiry(field("expires_on"), today),
        optional=optional.strip(FILLER).replace(FILLER, " "),
        optional_2=field("optional_2").strip(FILLER).replace(FILLER, " "),
    )


def kind_of(shape: Shape, code: str) -> str:
    """Say what kind of document it is: passport, visa, crew certificate or card."""
    if shape.name.startswith("MRV"):
        return "visa"
    if code[:1] == "P":
        return "passport"
    return "crew_certificate" if code == "AC" else "identity_card"


def split_names(text: str) -> tuple[str, str]:
    """Part the names at the double filler: what stands before it is the primary identifier."""
    first, _, second = text.strip(FILLER).partition(FILLER * 2)
    return " ".join(first.split(FILLER)).strip(), " ".join(part for part in second.split(FILLER) if part)


def read_birth_date(text: str, today: date) -> str:
    """Read YYMMDD as a date of the past, as exact as it is stated."""
    if not text[:2].isdigit():
        return ""
    for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
        stated = _partial(century + int(text[:2]), text)
        if stated <= today.isoformat()[: len(stated)]:
            return stated
    return ""


def read_expiry(text: str, today: date) -> str:
    """Read YYMMDD as a date near today."""
    if not text[:2].isdigit():
        return ""
    first = today.year - _BACK
    year = first + (int(text[:2]) - first) % 100
    return _partial(year, text)


def _partial(year: int, text: str) -> str:
    """Write what is known of a date; fillers and noughts stand for what is not."""
    month, day = text[2:4], text[4:6]
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return f"{year:04d}"
    if not day.isdigit() or day == "00":
        return f"{year:04d}-{month}"
    return f"{year:04d}-{month}-{day}"


def is_possible(text: str) -> bool:
    """Tell whether six places can be a date: YYMMDD, its month and day perhaps unknown."""
    year, month, day = text[:2], text[2:4], text[4:6]
    if not text.strip(FILLER):
        return True
    if not year.isdigit():
        return False
    if month in ("00", "<<"):
        return day in ("00", "<<")
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return False
    if day in ("00", "<<"):
        return True
    # The century is open: a leap day of any of them is possible.
    days = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[int(month) - 1]
    return day.isdigit() and int(day) <= days
