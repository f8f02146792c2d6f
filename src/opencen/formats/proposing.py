"""Propose where the columns of an unknown file go, and say why; what is not certain is left for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rapidfuzz import fuzz

from opencen.codelists.catalogue import resolve
from opencen.formats.cells import fold
from opencen.formats.dates import date_readings, read_named_month
from opencen.formats.evidence import DateEvidence, decimal_marks, is_weekday_column, weigh_dates
from opencen.formats.fields import ALIASES, LEGS, FieldChoice, choice_at, field_choices
from opencen.formats.mapping import ColumnMap, Mapping
from opencen.formats.measures import LANGUAGES
from opencen.formats.queries import find_mapping, mapping_names
from opencen.formats.reading import Sheet, shown_columns
from opencen.formats.suggesting import Suggestion, recognised_share, split_unit, suggest_code
from opencen.formats.tables import Cell, Header, column_letter, write_cell
from opencen.formats.templates import from_template
from opencen.formats.values import read_value
from opencen.kernel.actor import Actor
from opencen.records.effective import EffectiveSchema

ALIKE = 88
KNOWN_SHARE = 0.6
VALUES_SHARE = 0.7
NUMBER_SHARE = 0.8
SAMPLES = 3
DISTINCT = 3000
LOOKED_AT = 400
MOST_OPEN = 12
NOTHING = ("0", "-", "–", "—", "0.0", "0,0", "nil", "néant", "neant", "none", "n/a")
# Lists whose values alone tell where a column goes; a country could be any of several places.
BY_VALUES = {
    "lines[l1].commodity": "commodity", "lines[l1].unit": "unit", "conveyances[v1].mode": "conveyance_mode",
    "lines[l1].concealment.place": "concealment", "location_type": "location_type",
    "detection_method": "detection_method",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column as the page shows it: what is in it, where it goes, why, and how many values are open."""

    position: int
    letter: str
    header: str
    samples: str
    filled: int
    distinct: int
    path: str
    why: str
    opens: int
    opens_rows: int
    is_nominal: bool
    open_values: tuple[tuple[str, int], ...] = ()
    codes: frozenset[str] = frozenset()
    dates: DateEvidence = field(default_factory=DateEvidence)
    marks: tuple[int, int] = (0, 0)
    suggested: dict[str, Suggestion] = field(default_factory=dict)


def propose(actor: Actor, sheet: Sheet, schema: EffectiveSchema) -> tuple[Mapping, str]:
    """Start from the saved mapping that knows most of the headers, else from the fields' labels; return it and why."""
    if found := from_template(sheet, schema):
        return found, "template||"
    names = {name for name in sheet.header.names if name}
    best, share = None, KNOWN_SHARE
    for name, _ in mapping_names(actor):
        mapping = find_mapping(actor, name)
        used = {entry.header for entry in mapping.column}
        known = len(used & names) / len(used) if used and mapping.type == schema.type.name else 0
        if known >= share and set(mapping.key) <= names:
            best, share = mapping, known
    if best is not None:
        known_here = len({entry.header for entry in best.column} & names)
        return best, f"{best.title or best.name}|{known_here}|{len(names)}"
    return from_labels(sheet, schema), ""


@dataclass(slots=True)
class _Proposal:
    """What is proposed so far."""

    sheet: Sheet
    choices: Sequence[FieldChoice]
    taken: set[str] = field(default_factory=set)
    columns: dict[int, ColumnMap] = field(default_factory=dict)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)

    def cells(self, position: int) -> list[Cell]:
        """Return the cells of a column."""
        return [cells[position] if position < len(cells) else None for _, cells in self.sheet.rows]

    def take(self, position: int, choice: FieldChoice, why: str, **more: Any) -> None:
        """Send a column to a field."""
        self.taken.add(choice.path)
        found = {**_by_evidence(choice, self.cells(position)), **more}
        header = self.sheet.header.names[position]
        self.columns[position] = ColumnMap(header=header, to=[choice.path], why=why, **found)

    def choice(self, path: str) -> FieldChoice | None:
        """Return a field that no column goes to yet."""
        return next((found for found in self.choices if found.path == path and path not in self.taken), None)


def from_labels(sheet: Sheet, schema: EffectiveSchema) -> Mapping:
    """Propose by the fields' labels in any language, and by what the columns hold."""
    proposal = _Proposal(sheet, field_choices(schema, "en"))
    positions = [place for place in shown_columns(sheet) if sheet.header.names[place]]
    for position in positions:
        _by_label(proposal, position)
    rest = [place for place in positions if place not in proposal.columns]
    _by_values(proposal, rest)
    _wide_columns(proposal, [place for place in rest if place not in proposal.columns])
    _with_weekdays(proposal, positions)
    columns = [proposal.columns.get(place) or ColumnMap(header=sheet.header.names[place]) for place in positions]
    for role in LEGS:
        if any(f"route[{role}]" in path for path in proposal.taken):
            proposal.items[f"route[{role}]"] = {"role": role}
    if any(path.startswith("lines[l1]") for path in proposal.taken):
        proposal.items["lines[l1]"] = {"role": "contraband"}
    key = [entry.header for entry in columns if entry.to == ["external_references[r1].number"]]
    rows = [sheet.table.first_row + place for place in sheet.header.rows]
    constants = {"kind": "seizure", "form": "short"} if schema.type.name == "case" else {}
    return Mapping(
        name="new", type=schema.type.name, sheet=sheet.table.name, header_rows=[n for n in rows if n > 0],
        key=key, group=bool(key), constants=constants, items=proposal.items, column=columns,
    )  # fmt: skip


def _by_label(proposal: _Proposal, position: int) -> None:
    header = proposal.sheet.header
    lasts = header.lasts[position] if position < len(header.lasts) else ""
    for name in dict.fromkeys((header.names[position], _own_upper_heading(header, position), lasts)):
        bare, unit = split_unit(name)
        for wanted, beside in ((name, ""), (bare, unit)):
            choice, why = _match(wanted, proposal.choices, proposal.taken) if wanted else (None, "")
            if choice is None or (beside and not choice.path.endswith("quantity")):
                continue
            proposal.take(position, choice, why, **({"beside": {"unit": beside}} if beside else {}))
            return


def _own_upper_heading(header: Header, position: int) -> str:
    """Return the upper part of a heading of two rows, where no other column stands below it."""
    uppers = [
        name.removesuffix(last).strip() if last and name != last else ""
        for name, last in zip(header.names, header.lasts, strict=False)
    ]
    upper = uppers[position] if position < len(uppers) else ""
    return upper if uppers.count(upper) == 1 else ""


def _match(header: str, choices: Sequence[FieldChoice], taken: set[str]) -> tuple[FieldChoice | None, str]:
    wanted = fold(header).rstrip(".:")
    free = [choice for choice in choices if choice.path not in taken]
    for choice in free:
        if wanted in ALIASES.get(choice.path, ()):
            return choice, "label"
    for choice in free:
        if wanted in choice.names or wanted == fold(choice.path):
            return choice, "label"
    scored = [(max(fuzz.ratio(wanted, name) for name in choice.names), choice) for choice in free if choice.names]
    if not scored:
        return None, ""
    score, nearest = max(scored, key=lambda pair: pair[0])
    return (nearest, "alike") if score >= ALIKE else (None, "")


def _by_values(proposal: _Proposal, positions: Sequence[int]) -> None:
    """Send a column whose header says nothing to the field whose list knows its values, or to the date."""
    for position in positions:
        cells = [cell for cell in proposal.cells(position)[:LOOKED_AT] if write_cell(cell)]
        if not cells:
            continue
        if sum(_is_date(cell) for cell in cells) >= len(cells) * NUMBER_SHARE:
            choice = proposal.choice("detected_at")
            if choice:
                proposal.take(position, choice, "values")
            continue
        texts = list(dict.fromkeys(write_cell(cell) for cell in cells if isinstance(cell, str)))
        texts = [text for text in texts if not text.replace(".", "").replace(",", "").isdigit()]
        for path, name in BY_VALUES.items():
            choice = proposal.choice(path)
            if choice and len(texts) > 1 and recognised_share(name, texts[:60]) >= VALUES_SHARE:
                proposal.take(position, choice, "values")
                break


def _is_date(cell: Cell) -> bool:
    if isinstance(cell, date | datetime):
        return True
    return isinstance(cell, str) and len(cell) > 5 and bool(date_readings(cell) or read_named_month(cell))


def _wide_columns(proposal: _Proposal, positions: Sequence[int]) -> None:
    """Recognise a table with one column for each commodity: every number becomes a line of that commodity."""
    if "lines[l1].commodity" in proposal.taken:
        return
    found = []
    for position in positions:
        bare, unit = split_unit(proposal.sheet.header.names[position])
        code = resolve("commodity", bare, LANGUAGES)
        cells = [write_cell(cell) for cell in proposal.cells(position)[:LOOKED_AT] if write_cell(cell)]
        numeric = sum(text[:1].isdigit() or text in NOTHING for text in cells)
        if code is not None and cells and numeric >= len(cells) * NUMBER_SHARE:
            found.append((position, code.code, unit))
    if len(found) < 2:
        return
    quantity = next(choice for choice in proposal.choices if choice.path == "lines[l1].quantity")
    for number, (position, goods, unit) in enumerate(found, 1):
        item = f"lines[w{number}]"
        proposal.take(position, quantity, "wide", values=dict.fromkeys(NOTHING, ""))
        proposal.columns[position].to = [f"{item}.quantity"]
        proposal.items[item] = {"role": "contraband", "commodity": goods} | ({"unit": unit} if unit else {})


def _with_weekdays(proposal: _Proposal, positions: Sequence[int]) -> None:
    """Let a column of weekdays bear witness on the dates beside it, where it fits those that need no witness."""
    open_columns = [place for place in positions if place not in proposal.columns]
    beside = [place for place in open_columns if is_weekday_column(proposal.cells(place))]
    for position, entry in list(proposal.columns.items()):
        choice = next((c for c in proposal.choices if c.path == entry.to[0]), None)
        if choice is None or choice.leaf.kind != "partial_date":
            continue
        for place in beside:
            weighed = weigh_dates(proposal.cells(position), proposal.cells(place))
            if weighed.agrees > weighed.contradicts:
                header = proposal.sheet.header.names[place]
                changes = {"weekday": header, "order": weighed.order or entry.order, "why": "weekday"}
                proposal.columns[position] = entry.model_copy(update=changes)
                proposal.columns[place] = ColumnMap(header=header, why="evidence")
                break


def _by_evidence(choice: FieldChoice, cells: Sequence[Cell]) -> dict[str, Any]:
    """Find the order of dates and the decimal separator where the values themselves leave no doubt."""
    if choice.leaf.kind == "partial_date":
        weighed = weigh_dates(cells)
        found = {"order": weighed.order} if weighed.order else {}
        return {**found, "cells": "ask"} if weighed.is_turned else found
    if choice.leaf.kind == "decimal":
        commas, points = decimal_marks(write_cell(cell) for cell in cells if isinstance(cell, str))
        if bool(commas) != bool(points):
            return {"decimal": "comma" if commas else "point"}
    return {}


def survey(sheet: Sheet, mapping: Mapping, schema: EffectiveSchema, language: str) -> list[ColumnView]:
    """Say of every column what is in it, where it goes, and which of its values cannot be read yet."""
    entries = {entry.header: entry for entry in mapping.column}
    return list(_views(sheet, entries, schema, language))


def _views(sheet: Sheet, entries: dict[str, ColumnMap], schema: EffectiveSchema, language: str) -> Iterator[ColumnView]:
    places = {name: place for place, name in enumerate(sheet.header.names) if name}
    for position in shown_columns(sheet):
        cells = [cells[position] if position < len(cells) else None for _, cells in sheet.rows]
        entry = entries.get(sheet.header.names[position])
        if sheet.header.names[position] or any(write_cell(cell) for cell in cells):
            beside = places.get(entry.weekday) if entry and entry.weekday else None
            weekdays = [row[beside] if beside < len(row) else None for _, row in sheet.rows] if beside else []
            yield _view(sheet, position, entry, (cells, weekdays), schema, language)


def _view(
    sheet: Sheet,
    position: int,
    entry: ColumnMap | None,
    columns: tuple[list[Cell], list[Cell]],
    schema: EffectiveSchema,
    language: str,
) -> ColumnView:
    cells, weekdays = columns
    first: dict[str, Cell] = {}
    texts: Counter[str] = Counter()
    for cell, number in Counter(cells).items():
        if text := write_cell(cell):
            texts[text] += number
            first.setdefault(text, cell)
    choice = choice_at(schema, entry.to[0], language) if entry and entry.to else None
    bad, codes = _open_values(entry, choice, texts, first) if entry and choice else ([], frozenset())
    is_nominal = choice is not None and choice.leaf.nominal
    kind = choice.leaf.kind if choice else ""
    listed = choice.leaf.codelist if choice else ""
    suggested = {text: suggest_code(listed, text, language) for text, _ in bad[:MOST_OPEN]} if listed else {}
    return ColumnView(
        position=position, letter=column_letter(position), header=sheet.header.names[position],
        samples="" if is_nominal else " · ".join(text[:24] for text in list(texts)[:SAMPLES]),
        filled=sum(texts.values()), distinct=len(texts), path=entry.to[0] if entry and entry.to else "",
        why=entry.why if entry else "", opens=len(bad), opens_rows=sum(number for _, number in bad),
        is_nominal=is_nominal, open_values=tuple(bad[:MOST_OPEN]), codes=codes,
        dates=weigh_dates(cells, weekdays) if kind == "partial_date" else DateEvidence(),
        marks=decimal_marks(t for t, cell in first.items() if kind == "decimal" and isinstance(cell, str)),
        suggested={text: found for text, found in suggested.items() if found},
    )  # fmt: skip


def _open_values(
    entry: ColumnMap, choice: FieldChoice, texts: Counter[str], first: dict[str, Cell]
) -> tuple[list[tuple[str, int]], frozenset[str]]:
    """List the values that cannot be read, most rows first, and the codes of what is wrong with them."""
    if entry.otherwise:
        return [], frozenset()
    bad = []
    codes = set()
    for text, number in texts.most_common(DISTINCT):
        found = read_value(first[text], entry.model_copy(update={"evidence": ""}), choice.leaf)
        if found.value is None and found.level in ("error", "question"):
            if found.code == "date.order_undecided" and entry.weekday:
                continue
            bad.append((text, number))
            codes.add(found.code)
    return bad, frozenset(codes)
