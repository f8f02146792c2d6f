"""Workbooks for the global CEN: one for each section, built of documents that were released before."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from opencen.codelists.catalogue import get_list
from opencen.formats.format import Exported
from opencen.records.effective import EffectiveSchema

Canonical = dict[str, Any]
RELEASED = "released_case"
# Header, list of the code ("" for plain values) and path: a line's own after the dot, else the case's.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("Case", "", "id"),
    ("Revision", "", "revision"),
    ("Seizure date", "", "detected_at"),
    ("Reporting country", "country", "country"),
    ("Location", "location_type", "location_type"),
    ("Direction", "direction", "direction"),
    ("Customs procedure", "procedure", "procedure"),
    ("E-commerce", "yes_no", "e_commerce"),
    ("Detection method", "detection_method", "detection_method"),
    ("Means of transport", "conveyance_mode", "mode"),
    ("Departure country", "country", "departure"),
    ("Transit countries", "country", "transit"),
    ("Destination country", "country", "destination"),
    ("Commodity", "commodity", "flow"),
    ("Sub-type", "commodity", "line.commodity"),
    ("Quantity", "", "line.quantity"),
    ("Unit", "unit", "line.unit"),
    ("Concealment", "concealment", "line.concealment.place"),
    ("Country of origin", "country", "line.goods_origin"),
    ("Scientific name", "", "line.attributes.scientific_name"),
    ("CITES appendix", "cites_appendix", "line.attributes.appendix"),
    ("Brand", "", "line.attributes.brand"),
    ("HS code", "", "line.hs_code"),
    ("Value", "", "line.value.amount"),
    ("Currency", "", "line.value.currency"),
    ("Persons", "", "persons"),
    ("Nationalities", "country", "nationalities"),
)


class CenExcel:
    """Write a zip with one workbook a section; only released documents are of the type it takes."""

    name = "cen_excel"
    title = "Global CEN workbooks"
    extension = "zip"
    content_type = "application/zip"
    types: tuple[str, ...] = (RELEASED,)

    def write(self, stream: BinaryIO, records: Iterable[Exported], schema: EffectiveSchema, language: str) -> int:
        """Write the workbooks and return how many cases they hold together."""
        held = list(records)
        rows = [row for record in held for row in rows_of_case(record)]
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for section in sorted({section for section, _ in rows}):
                content = _workbook([values for found, values in rows if found == section])
                archive.writestr(f"CEN_{section}.xlsx", content)
        return len(held)


def rows_of_case(record: Exported) -> Iterator[tuple[str, list[str]]]:
    """Yield (section, cells) for every line of a released case."""
    document = record.document
    legs: dict[str, list[str]] = {}
    for leg in document.get("route", ()):
        if leg.get("country"):
            legs.setdefault(leg.get("role", ""), []).append(leg["country"])
    persons = document.get("persons", ())
    shared: Canonical = {
        **document,
        **legs,
        "id": record.id,
        "revision": record.revision,
        "mode": [found["mode"] for found in document.get("conveyances", ()) if found.get("mode")],
        "persons": str(len(persons)) if persons else "",
        "nationalities": [found["nationality"] for found in persons if found.get("nationality")],
    }
    codes = get_list("commodity")
    for line in document.get("lines", ()):
        commodity = line.get("commodity") or ""
        section = str(codes.attribute(commodity, "section", "") or commodity.split(".")[0] or "unknown")
        flow = ".".join(commodity.split(".")[:2])
        yield section, [_cell({**shared, "flow": flow, "line": line}, *column) for column in COLUMNS]


def _cell(values: Canonical, header: str, codelist: str, path: str) -> str:
    current: Any = values
    for name in path.split("."):
        current = current.get(name) if isinstance(current, dict) else None
    parts = current if isinstance(current, list) else [current]
    return "; ".join(dict.fromkeys(_write(str(part), codelist) for part in parts if part not in (None, "", [])))


def _write(value: str, codelist: str) -> str:
    """Write a code as the CEN calls it."""
    if not codelist:
        return value
    codes = get_list(codelist)
    named = codes.attribute(value, "cen")
    if isinstance(named, list | tuple):
        named = named[0] if named else None
    return str(named) if named else codes.label(value, "en")


def _workbook(rows: Sequence[list[str]]) -> bytes:
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet("Seizures")
        bold = book.add_format({"bold": True})
        for place, (header, _, _) in enumerate(COLUMNS):
            sheet.write_string(0, place, header, bold)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if value:
                    sheet.write_string(number, place, value)
        sheet.freeze_panes(1, 1)
        sheet.autofit()
    return stream.getvalue()


FORMAT = CenExcel()
