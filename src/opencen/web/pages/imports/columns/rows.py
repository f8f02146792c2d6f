"""One row of the page for each column: its field, what it holds, what is asked about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from opencen.codelists.catalogue import get_list
from opencen.formats.evidence import DateEvidence
from opencen.formats.fields import FieldChoice, choice_at
from opencen.formats.mapping import ColumnMap, Mapping
from opencen.formats.offices import office_names
from opencen.formats.suggesting import Suggestion
from opencen.formats.surveying import ColumnView
from opencen.records.effective import EffectiveSchema
from opencen.web.pages.imports.columns.reasons import badge_of, why_there
from opencen.web.pages.imports.shared import MOST_CHOICES, choice_label

ICONS = {
    "partial_date": "calendar", "decimal": "scale", "country": "map-pin", "commodity": "package",
    "conveyance_mode": "truck", "unit": "ruler-2", "office": "building", "person_name": "user", "": "list-details",
}  # fmt: skip
ASKED = ("asks_order", "asks_cells", "asks_split", "asks_decimal", "asks_unit", "open_values", "answered")


def column_row(view: ColumnView, mapping: Mapping, schema: EffectiveSchema, language: str) -> dict[str, Any]:
    """Show one column: its field and why, how much of it is sure, and the questions about it."""
    entry = mapping.column_of(view.header)
    choice = choice_at(schema, view.path, language) if view.path else None
    kind = choice.leaf.kind if choice else ""
    icon = ICONS.get(choice.leaf.codelist or kind, ICONS[""]) if choice else "minus"
    takes_codes = bool(choice and (choice.leaf.codelist or choice.leaf.kind == "office"))
    found = {
        "view": replace(view, samples=view.samples[:64]),
        "entry": entry,
        "to": choice_label(choice) if choice else "",
        "and_to": _further_labels(entry, schema, language),
        "icon": icon,
        "why": why_there(view, entry, choice),
        "badge": badge_of(view, choice),
        "is_key": view.header in mapping.key,
        "asks_order": kind == "partial_date" and bool(view.dates.undecided) and not (entry and entry.order),
        "asks_cells": bool(entry and entry.cells == "ask"),
        "asks_decimal": kind == "decimal" and "number.ambiguous" in view.codes and not (entry and entry.decimal),
        "asks_split": _split_rules(view, entry),
        "asks_unit": _asks_unit(view, entry, mapping),
        "currency": _currency(view, entry, mapping),
        "open_values": [
            {"n": n, "text": text, "rows": rows, **_suggested(view.suggested.get(text, []))}
            for n, (text, rows) in enumerate(view.open_values)
        ],
        "answered": _answered(view, choice, language),
        "takes_codes": takes_codes,
        "offered": _offered(choice, language) if takes_codes and (view.open_values or view.answered) else [],
        "more": view.opens - len(view.open_values),
    }
    return {**found, "asks": any(found[name] for name in ASKED) or found["currency"] is not None}


def _offered(choice: FieldChoice | None, language: str) -> list[str]:
    """Return the labels to choose from where a list is short enough to be looked through."""
    if choice and choice.leaf.kind == "office":
        return office_names()[:MOST_CHOICES]
    codes = get_list(choice.leaf.codelist) if choice else ()
    return sorted({code.label(language) for code in codes}) if len(codes) <= MOST_CHOICES else []


def _further_labels(entry: ColumnMap | None, schema: EffectiveSchema, language: str) -> str:
    """Name the further fields that a column of several kinds goes to."""
    if entry is None or entry.split != "kinds":
        return ""
    choices = [choice_at(schema, path, language) for path in entry.to[1:]]
    return ", ".join(choice_label(choice) for choice in choices if choice)


def _suggested(found: list[Suggestion]) -> dict[str, Any]:
    """Lay what one value may mean into its field; what may be several things is only said."""
    only = found[0] if len(found) == 1 else None
    labels = _(" or ").join(f"“{one.label}”" for one in found)
    return {"suggested": only, "maybe": labels if len(found) > 1 else "", "labels": [one.label for one in found]}


def _answered(view: ColumnView, choice: FieldChoice | None, language: str) -> list[dict[str, Any]]:
    """Show what values were said to mean, each in a field that changes it; numbered on from the open ones."""
    name = choice.leaf.codelist if choice else ""
    if not name:
        return []
    codes, first = get_list(name), len(view.open_values)
    return [
        {
            "n": n,
            "text": text,
            "rows": rows,
            "label": codes.label(code, language) if code in codes.codes else code or "-",
        }
        for n, (text, rows, code) in enumerate(view.answered, first)
    ]


def order_word(rows: list[dict[str, Any]], dates: DateEvidence) -> str:
    """Say which order of day and month holds, and on what it rests."""
    said = {row["entry"].order for row in rows if row["entry"] and row["entry"].order}
    if len(said) != 1:
        return ""
    word = {"dmy": _("Day first"), "mdy": _("Month first"), "ymd": _("Year first")}[said.pop()]
    return f"{word}, {_('by evidence') if dates.order else _('by your answer')}"


def _split_rules(view: ColumnView, entry: ColumnMap | None) -> list[tuple[str, str]]:
    """Offer the rules by which cells with several values can be divided; none is applied unasked."""
    if entry is None or entry.split:
        return []
    if "import.two_measures" in view.codes:
        return [
            ("measures", _("the first is the quantity, the others measure the same goods")),
            ("sum", _("parts of one quantity: add them up")),
        ]
    if "import.several_values" in view.codes and view.path and not view.path.startswith("lines"):
        return [("items", _("each part is an entry of its own"))] if "[" in view.path else []
    return []


def _asks_unit(view: ColumnView, entry: ColumnMap | None, mapping: Mapping) -> bool:
    """Tell whether neither the column nor another one says the unit of a quantity."""
    if not view.path.endswith(".quantity") or (entry and entry.beside.get("unit")):
        return False
    unit = view.path.removesuffix("quantity") + "unit"
    return not any(unit in other.to for other in mapping.column)


def _currency(view: ColumnView, entry: ColumnMap | None, mapping: Mapping) -> dict[str, str] | None:
    """Say the currency of a column of amounts, to be confirmed; None where another column says it."""
    path = view.path.removesuffix("amount") + "currency"
    if not view.path.endswith("value.amount") or any(path in other.to for other in mapping.column):
        return None
    return {"code": str(entry.beside.get("currency", "")) if entry else ""}
