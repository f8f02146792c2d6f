"""The official files we know: their header, the list they fill, and how a row becomes a code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opencen.codelists.official.rows import OfficialRow, RowError

Row = Mapping[str, str]
ReadRow = Callable[[Row], OfficialRow]

_COORDINATES = re.compile(r"(\d{2})(\d{2})([NS]) (\d{3})(\d{2})([EW])")
_RETIRED_MARKS = frozenset("XD¦")


@dataclass(frozen=True)
class Format:
    """Describe one kind of official file; fewer rows than `least` mean a truncated file."""

    name: str
    list_name: str
    header: tuple[str, ...]
    read: ReadRow
    least: int = 1
    titles: Mapping[str, str] = field(default_factory=dict)


def simple(code: str, label: str, *attributes: str) -> ReadRow:
    """Make a reader for a plain table: a column for the code, one for the label, the rest attributes."""

    def read(row: Row) -> OfficialRow:
        """Read one row of a plain table."""
        kept = {_attribute_name(name): row[name] for name in attributes if row[name]}
        return OfficialRow(row[code], {"en": row[label]}, attributes=kept)

    return read


def _attribute_name(column: str) -> str:
    return re.sub(r"\W+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column)).lower().strip("_")


def read_tariff_row(row: Row) -> OfficialRow:
    """Read one row of the Harmonized System."""
    code = row["hscode"]
    if not code.isdigit() or len(code) not in (2, 4, 6):
        raise RowError("code_form", code)
    parent = row["parent"] if row["parent"].isdigit() else None
    if parent is not None and not code.startswith(parent):
        raise RowError("parent_form", row["parent"])
    return OfficialRow(code, {"en": row["description"]}, parent, {"section": row["section"], "level": len(code)})


def read_unit_row(row: Row) -> OfficialRow:
    """Read one unit of Recommendation 20; those marked as deleted or deprecated are no longer in force."""
    attributes = {
        "level": row["LevelAndCategory"],
        "symbol": row["Symbol"],
        "conversion": row["ConversionFactor"],
        "description": row["Description"],
    }
    kept = {name: value for name, value in attributes.items() if value}
    return OfficialRow(
        row["CommonCode"], {"en": row["Name"]}, attributes=kept, is_retired=row["Status"] in _RETIRED_MARKS
    )


def read_package_row(row: Row) -> OfficialRow:
    """Read one kind of package of Recommendation 21."""
    attributes = {"description": row["Description"], "numeric": row["Numeric code"]}
    kept = {name: value for name, value in attributes.items() if value}
    return OfficialRow(row["Code"], {"en": row["Name"]}, attributes=kept, is_retired=row["Status"] in _RETIRED_MARKS)


def read_location_row(row: Row) -> OfficialRow:
    """Read one place of UN/LOCODE, with its position where the file gives one."""
    country, location, name = row["country"], row["location"], row["name"]
    if not re.fullmatch(r"[A-Z]{2}", country) or not re.fullmatch(r"[A-Z2-9]{3}", location):
        raise RowError("code_form" if location else "cross_reference", f"{country}{location} {name}".strip())
    attributes: dict[str, Any] = {"country": country, "functions": row["function"].replace("-", "")}
    if row["subdivision"]:
        attributes["subdivision"] = f"{country}-{row['subdivision']}"
    if "1" in row["function"]:
        attributes["function"] = "port"
    position = _read_coordinates(row["coordinates"])
    attributes.update(position or {})
    plain = row["plain_name"]
    aliases = (plain,) if plain and plain != name else ()
    return OfficialRow(
        f"{country}{location}",
        {"en": name},
        attributes=attributes,
        aliases=aliases,
        is_retired=row["change"] == "X",
        doubt="coordinates" if row["coordinates"] and position is None else "",
    )


def _read_coordinates(text: str) -> dict[str, float] | None:
    """Turn degrees and minutes into decimal degrees; None for what is no position."""
    found = _COORDINATES.fullmatch(text)
    if found is None:
        return None
    north, north_minutes, side, east, east_minutes, half = found.groups()
    latitude = int(north) + int(north_minutes) / 60
    longitude = int(east) + int(east_minutes) / 60
    if latitude > 90 or longitude > 180 or int(north_minutes) > 59 or int(east_minutes) > 59:
        return None
    return {
        "latitude": round(-latitude if side == "S" else latitude, 4),
        "longitude": round(-longitude if half == "W" else longitude, 4),
    }


def read_currency_row(row: Row) -> OfficialRow:
    """Read one currency of ISO 4217; a withdrawn one ends with the month of its withdrawal."""
    code = row["CurrencyCode"]
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise RowError("code_form", code)
    attributes = {"numeric": row["NumericCode"].zfill(3)} if row["NumericCode"] else {}
    ended = re.match(r"(\d{4})-(\d{2})", row["WithdrawalDate"])
    ends = date(int(ended[1]), int(ended[2]), 28) if ended and 1 <= int(ended[2]) <= 12 else None
    return OfficialRow(
        code,
        {"en": row["Currency"]},
        attributes=attributes,
        valid_to=ends,
        is_retired=bool(row["WithdrawalDate"]) and ends is None,
    )


def read_country_row(name: str, code: str) -> ReadRow:
    """Make a reader for a table of countries by ISO 3166-1 alpha-2."""

    def read(row: Row) -> OfficialRow:
        """Read one country."""
        if not re.fullmatch(r"[A-Z]{2}", row[code]):
            raise RowError("code_form", row[code])
        return OfficialRow(row[code], {"en": row[name]})

    return read


def read_subdivision_row(row: Row) -> OfficialRow:
    """Read one subdivision of ISO 3166-2."""
    if not re.fullmatch(r"[A-Z]{2}", row["SUCountry"]):
        raise RowError("code_form", row["SUCountry"])
    attributes = {"country": row["SUCountry"], "type": row["SUType"]}
    return OfficialRow(f"{row['SUCountry']}-{row['SUCode']}", {"en": row["SUName"]}, attributes=attributes)


def read_taxon_row(row: Row) -> OfficialRow:
    """Read one taxon traded under CITES; the appendix is the last one stated."""
    kept = {name: row[name] for name in ("class", "order", "family", "genus") if row[name]}
    appendix = row["appendix_last"]
    attributes = {**kept, "appendix": "none" if appendix == "N" else appendix.replace("/", "_")}
    return OfficialRow(row["taxon"], {"la": row["taxon"]}, attributes=attributes)


def read_legal_form_row(row: Row) -> OfficialRow:
    """Read one entity legal form of ISO 20275; a form may stand there once a language."""
    local = row["Entity Legal Form name Local name"]
    label = local or row["Entity Legal Form name Transliterated name (per ISO 01-140-10)"]
    language = row["Language Code (ISO 639-1)"] or "en"
    short = row["Abbreviations Local language"]
    attributes = {"country": row["Country Code (ISO 3166-1)"]} if row["Country Code (ISO 3166-1)"] else {}
    return OfficialRow(
        row["ELF Code"],
        {language: label},
        attributes=attributes,
        aliases=tuple(part.strip() for part in short.split(";") if part.strip()),
        is_retired=row["ELF Status ACTV/INAC"] == "INAC",
    )


def read_vocabulary_row(row: Row) -> OfficialRow:
    """Read one code of the UN/CEFACT vocabulary, below the name of its list."""
    return OfficialRow(f"{row['code_list']}.{row['code']}", {"en": row["label"]}, attributes={"list": row["code_list"]})
