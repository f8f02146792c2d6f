"""The columns of a list of records: on the page, in print and in every file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from opencen.accounts.queries import office_tree
from opencen.kernel.languages import comma
from opencen.records.models import Record
from opencen.records.texts import write_code, write_date
from opencen.records.titles import head_summary
from opencen.seizures.titles import quantity_text, record_title, route_text

Kind = Literal["text", "number"]
Value = str | int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One record of a list, with what its head says."""

    id: UUID
    type: str
    reference: str
    state: str
    office: str
    quality: int
    warnings: int
    summary: Mapping[str, Any]
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its name in addresses and files, its label, and how a row's value is worded."""

    name: str
    label: Any
    value: Callable[[Listed, str], Value]
    kind: Kind = "text"


def _coded(key: str, codelist: str) -> Callable[[Listed, str], Value]:
    def word(row: Listed, language: str) -> Value:
        stated = row.summary.get(key)
        codes = stated if isinstance(stated, list) else [stated] if stated else []
        return comma(language).join(write_code(codelist, str(code), language) for code in codes) or None

    return word


def _dated(key: str) -> Callable[[Listed, str], Value]:
    def word(row: Listed, language: str) -> Value:
        stated = row.summary.get(key)
        dates = stated if isinstance(stated, list) else [stated] if stated else []
        return comma(language).join(write_date(str(date), language) for date in dates) or None

    return word


def _route(row: Listed, language: str) -> Value:
    return route_text(row.summary, language) if row.type == "case" else ""


HEAD = (
    ListColumn("reference", _("Reference"), lambda row, _: row.reference),
    ListColumn("title", _("Title"), lambda row, language: record_title(row.type, row.summary, language)),
    ListColumn("route", _("Route"), _route),
    ListColumn("photos", _("Photos"), lambda row, _: int(row.summary.get("photos") or 0), "number"),
)
"""What the first cell of a row says."""

CHOSEN = (
    ListColumn("at", _("When"), lambda row, _: row.summary.get("at")),
    ListColumn("office", _("Office"), lambda row, _: row.office),
    ListColumn("state", _("State"), lambda row, language: write_code("case_state", row.state, language)),
    ListColumn("quality", _("Complete"), lambda row, _: row.quality, "number"),
    ListColumn("warnings", _("Warnings"), lambda row, _: row.warnings, "number"),
    ListColumn("commodity", _("Goods"), _coded("commodity", "commodity")),
    ListColumn("quantity", _("Quantity"), lambda row, language: quantity_text(row.summary, language)),
    ListColumn("concealment", _("Concealment"), _coded("concealment", "concealment")),
    ListColumn("mode", _("Means of transport"), _coded("mode", "conveyance_mode")),
    ListColumn("location_type", _("Location"), _coded("location_type", "location_type")),
    ListColumn("direction", _("Direction"), _coded("direction", "direction")),
    ListColumn("detection", _("Detection"), _coded("detection", "detection_method")),
    ListColumn("departure", _("Departure"), _coded("departure", "country")),
    ListColumn("destination", _("Destination"), _coded("destination", "country")),
)
USUAL = ("at", "office", "state", "quality")
ONLY_CASES = frozenset({"commodity", "quantity", "concealment", "mode", "departure", "destination"})

COMMON = tuple(column for column in CHOSEN if column.name in ("at", "office", "state", "quality", "warnings"))
REVIEW = ListColumn("review_on", _("To be reviewed on"), _dated("review_on"))
STANDING = ListColumn("standing", _("Standing"), _coded("standing", "standing"))
FLAGS = ListColumn("flags", _("Warnings for officers"), _coded("flags", "warning_flag"))
OTHER = ListColumn("other", _("In another script"), lambda row, _: row.summary.get("other"))
BY_KIND: dict[str, tuple[ListColumn, ...]] = {
    "suspect": (
        OTHER,
        ListColumn("births", _("Born"), _dated("births")),
        ListColumn("nationalities", _("Nationality"), _coded("nationalities", "country")),
        ListColumn("document", _("Document"), lambda row, _: row.summary.get("document")),
        STANDING,
        FLAGS,
        ListColumn("offence", _("Offence"), _coded("offence", "offence_type")),
        REVIEW,
        *COMMON,
    ),
    "company": (
        OTHER,
        ListColumn("country", _("Country"), _coded("country", "country")),
        ListColumn("number", _("Registration number"), lambda row, _: row.summary.get("number")),
        ListColumn("sector", _("Sector"), _coded("sector", "sector")),
        STANDING,
        FLAGS,
        ListColumn("offence", _("Offence"), _coded("offence", "offence_type")),
        REVIEW,
        *COMMON,
    ),
    "conveyance": (
        ListColumn("conveyance", _("Means of transport"), _coded("conveyance", "conveyance_kind")),
        ListColumn("type", _("Type"), _coded("type", "vehicle_type")),
        ListColumn("number", _("Registration number"), lambda row, _: row.summary.get("number")),
        ListColumn("flag", _("Flag"), _coded("flag", "country")),
        FLAGS,
        ListColumn("offence", _("Offence"), _coded("offence", "offence_type")),
        REVIEW,
        *COMMON,
    ),
}
USUAL_OF = {
    "suspect": ("births", "nationalities", "standing", "offence", "at", "state"),
    "company": ("country", "number", "standing", "offence", "at", "state"),
    "conveyance": ("type", "number", "flag", "offence", "at", "state"),
}


def columns_of(kind: str) -> tuple[ListColumn, ...]:
    """Return the columns that a list of a database offers."""
    if kind in BY_KIND:
        return BY_KIND[kind]
    return tuple(column for column in CHOSEN if kind == "case" or column.name not in ONLY_CASES)


def chosen_columns(kind: str, names: Iterable[str]) -> list[ListColumn]:
    """Return the columns asked for, in the list's order; the usual ones where none is known."""
    wanted = set(names)
    found = [column for column in columns_of(kind) if column.name in wanted]
    return found or [column for column in columns_of(kind) if column.name in USUAL_OF.get(kind, USUAL)]


def shown_columns(kind: str, names: Iterable[str]) -> list[ListColumn]:
    """Return every column that a list shows: what its first cell says, and those chosen."""
    return [*HEAD, *chosen_columns(kind, names)]


def listed(record: Record, *, is_held: bool = False) -> Listed:
    """Take a head for a list."""
    office = office_tree().by_id.get(record.office_id)
    return Listed(
        id=record.id,
        type=record.type,
        reference=record.reference or "",
        state=record.state,
        office=office.name if office else "",
        quality=record.quality,
        warnings=record.warnings,
        summary=head_summary(record),
        is_held=is_held,
    )


def words_of(row: Listed, columns: Iterable[ListColumn], language: str) -> dict[str, Value]:
    """Return a row in the reader's words."""
    return {column.name: column.value(row, language) for column in columns}
