"""Labels of exhibits, with a QR code, on the common A4 label sheets or one by one for a label printer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.utils.translation import gettext_noop as N_

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, NotFound
from opencen.kernel.languages import RIGHT_TO_LEFT
from opencen.printing.making import make_pdf
from opencen.records.texts import translate, write_decimal
from opencen.seizures.custody.queries import ExhibitRow, exhibits_of, lines_of_case

DEFAULT = "a4_21"
A4 = (210.0, 297.0)
MOST = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where labels stand: a whole A4 sheet with its grid in the middle, or a roll with one label a page. In mm."""

    name: str
    columns: int
    rows: int
    width: float
    height: float
    gap: float

    @property
    def count(self) -> int:
        """Return how many labels a sheet has."""
        return self.columns * self.rows

    @property
    def page(self) -> tuple[float, float]:
        """Return the size of a page."""
        return A4 if self.count > 1 else (self.width, self.height)

    def corner(self, place: int) -> tuple[float, float]:
        """Return how far from the left and the top the label at a place begins."""
        row, column = divmod(place, self.columns)
        wide = self.columns * self.width + (self.columns - 1) * self.gap
        left, top = (self.page[0] - wide) / 2, (self.page[1] - self.rows * self.height) / 2
        return left + column * (self.width + self.gap), top + row * self.height

    def title(self, language: str) -> str:
        """Say in words what the sheet is."""
        size = {
            "width": write_decimal(f"{self.width:g}", language),
            "height": write_decimal(f"{self.height:g}", language),
        }
        if self.count == 1:
            return translate(N_("Label printer, {width} × {height} mm"), language, **size)
        return translate(N_("A4 sheet, {count} labels of {width} × {height} mm"), language, count=self.count, **size)


@cache
def sheets() -> dict[str, Sheet]:
    """Return the sheets and rolls by name."""
    text = resources.files("opencen.printing").joinpath("sheets.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    found = [
        Sheet(row["name"], int(row["columns"]), int(row["rows"]), *(float(row[n]) for n in ("width", "height", "gap")))
        for row in rows
    ]
    return {sheet.name: sheet for sheet in found}


def print_labels(
    actor: Actor, case_id: UUID, *, sheet: str = "", skip: int = 0, exhibit_id: UUID | None = None, language: str = ""
) -> tuple[str, bytes]:
    """Return the file name and the PDF of the labels of a case's exhibits, or of one of them.

    `skip` leaves as many places of the first sheet free: a sheet of which some labels were used is used again.
    """
    chosen, reader = sheets().get(sheet or DEFAULT), replace(actor, language=language or actor.language)
    if chosen is None:
        raise Invalid("labels.unknown_sheet", path="sheet", value=sheet[:40])
    if reader.language not in dict(settings.LANGUAGES):
        raise Invalid("language.unknown", path="language", value=language[:20])
    record, _document, _lines = lines_of_case(reader, case_id)
    rows = [row for row in exhibits_of(reader, record) if row.status != "withdrawn"]
    rows = [row for row in rows if exhibit_id in (None, row.id)][:MOST]
    if not rows:
        raise NotFound("labels.none")
    content = {
        "language": reader.language.partition("-")[0],
        "rtl": reader.language in RIGHT_TO_LEFT,
        "administration": settings.NODE_NAME,
        "title": f"{translate('Labels', reader.language)} {record.reference or ''}".strip(),
        "page_width": chosen.page[0],
        "page_height": chosen.page[1],
        "width": chosen.width,
        "height": chosen.height,
        "pages": list(_pages(chosen, rows, skip % chosen.count, reader.language)),
    }
    pictures = {f"{_code(row)}.svg": _draw(_code(row)) for row in rows}
    return f"{record.reference or record.id}-labels.pdf", make_pdf(content, pictures, form="labels.typ")


def _pages(sheet: Sheet, rows: Sequence[ExhibitRow], skip: int, language: str) -> Iterator[list[dict[str, Any]]]:
    places = list(enumerate(rows, skip))
    for first in range(0, skip + len(rows), sheet.count):
        held = [(place, row) for place, row in places if first <= place < first + sheet.count]
        yield [_label(sheet.corner(place - first), row, language) for place, row in held]


def _label(corner: tuple[float, float], row: ExhibitRow, language: str) -> dict[str, Any]:
    return {
        "left": corner[0],
        "top": corner[1],
        "picture": f"{_code(row)}.svg",
        "number": translate(N_("Exhibit {number}"), language, number=row.number),
        "code": row.label,
        "reference": row.reference,
        "amount": row.amount,
        "seal": row.seal,
    }


def _code(row: ExhibitRow) -> str:
    return row.label.replace("-", "")


def _draw(code: str) -> bytes:
    target = io.BytesIO()
    segno.make(code, error="m", micro=False).save(target, kind="svg", border=0, scale=4, xmldecl=False, light="#fff")
    return target.getvalue()
