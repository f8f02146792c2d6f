"""Propose where the columns of an unknown file go, and say why; what is not certain is left for a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from opencen.codelists.catalogue import get_list, resolve
from opencen.formats.cells import fold
from opencen.formats.dates import date_readings, read_named_month
from opencen.formats.evidence import decimal_marks, is_weekday_column, weigh_dates
from opencen.formats.fields import LEGS, FieldChoice, field_choices, head_words
from opencen.formats.identifiers import looks_like, parts_of_kinds
from opencen.formats.leftovers import why_no_record
from opencen.formats.mapping import ColumnMap, Mapping
from opencen.formats.measures import LANGUAGES
from opencen.formats.queries import answered_before, find_mapping, mapping_names
from opencen.formats.reading import Sheet, shown_columns
from opencen.formats.suggesting import recognised_share, split_currency, split_unit
from opencen.formats.tables import Cell, Header, write_cell
from opencen.formats.templates import from_template
from opencen.formats.values import YES
from opencen.formats.words import WordIndex
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid
from opencen.records.effective import EffectiveSchema

ALIKE = 88
KNOWN_SHARE = 0.6
FILE_SHARE = 0.8
VALUES_SHARE = 0.7
NUMBER_SHARE = 0.8
FITTING_SHARE = 0.6
LISTED_SHARE = 0.34
HELD, EXPLAINED, WORDS_LEAD = 0.99, 0.5, 0.08
LOOKED_AT = 400
NOTHING = ("0", "-", "–", "—", "0.0", "0,0", "nil", "néant", "neant", "none", "n/a")
# Lists whose values alone tell where a column goes; a country could be any of several places.
BY_VALUES = {
    "lines[l1].commodity": "commodity", "lines[l1].unit": "unit", "conveyances[v1].mode": "conveyance_mode",
    "lines[l1].concealment.place": "concealment", "location_type": "location_type",
    "detection_method": "detection_method",
}  # fmt: skip
# One name in two scripts: "Quantité / الكمية".
_TWO_LANGUAGES = re.compile(r"\s*[/|–—-]\s*")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_TWO_KINDS = re.compile(r"\s*(?:/|;|\bou\b|\bor\b|\bo\b|\be\b|\by\b|\bet\b|\band\b|أو)\s*")


def propose(actor: Actor, sheet: Sheet, schema: EffectiveSchema) -> tuple[Mapping, str]:
    """Start from the saved mapping that knows most of the headers, else from the fields' labels; return it and why."""
    if found := from_template(sheet, schema):
        return found, "template||"
    if before := answered_before(actor, sheet, schema.type.name):
        return before[0], f"again|{before[1]}|"
    names = {name for name in sheet.header.names if name}
    best, share = None, 0.0
    for name, _ in mapping_names(actor):
        mapping = find_mapping(actor, name)
        known = _known_share(mapping, names) if mapping.type == schema.type.name else 0
        if known > share or (known == share and known):
            best, share = mapping, known
    if best is not None:
        known_here = len({entry.header for entry in best.column} & names)
        return best, f"{best.title or best.name}|{known_here}|{len(names)}"
    return from_labels(sheet, schema), ""


def saved_mapping(actor: Actor, sheet: Sheet, schema: EffectiveSchema) -> Mapping:
    """Return the saved mapping that knows a file, for where nobody looks at it; none is guessed."""
    found, why = propose(actor, sheet, schema)
    if not why:
        raise Invalid("mapping.none_fits", path="file")
    return found


def _known_share(mapping: Mapping, names: set[str]) -> float:
    """Return how well a mapping knows a file: most of its own columns are there, or it knows nearly all of the file's.

    A feed leaves out what it has nothing for; what tells its records apart it always says.
    """
    used = {entry.header for entry in mapping.column}
    if not used or not set(mapping.key) <= names:
        return 0.0
    known = len(used & names)
    if known < len(used) * KNOWN_SHARE and not (mapping.key and known >= max(3, len(names) * FILE_SHARE)):
        return 0.0
    return known / len(used)


@dataclass(slots=True)
class _Proposal:
    """What is proposed so far."""

    sheet: Sheet
    choices: tuple[FieldChoice, ...]
    taken: set[str] = field(default_factory=set)
    columns: dict[int, ColumnMap] = field(default_factory=dict)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)

    def cells(self, position: int) -> list[Cell]:
        """Return the cells of a column in the rows that are records."""
        rows = (cells for _, cells in self.sheet.rows)
        width = len(self.sheet.header.names)
        return [cells[position] if position < len(cells) else None for cells in rows if not why_no_record(cells, width)]

    def filled(self, position: int) -> list[Cell]:
        """Return the first cells of a column that hold anything."""
        return [cell for cell in self.cells(position)[:LOOKED_AT] if write_cell(cell)]

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
    # Weekdays are no dates, whatever stands over them: they bear witness on the dates beside them.
    telling = [place for place in positions if not is_weekday_column(proposal.cells(place))]
    for find in (_by_kinds, _by_label, _by_words):
        for position in [place for place in telling if place not in proposal.columns]:
            find(proposal, position)
    rest = [place for place in telling if place not in proposal.columns]
    _by_places(proposal)
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
    """Send a column to the field whose name its head is; a unit or a currency in the head goes beside it."""
    for name in _names(proposal, position):
        bare, unit = split_unit(name)
        plain, currency = split_currency(name)
        for wanted, end, beside in (
            (name, "", {}), (bare, "quantity", {"unit": unit}), (plain, "value.amount", {"currency": currency})
        ):  # fmt: skip
            if not wanted or "" in beside.values():
                continue
            choice, why = _match(wanted, proposal.choices, proposal.taken)
            if choice is not None and choice.path.endswith(end):
                proposal.take(position, choice, why, **({"beside": beside} if beside else {}))
                return


def _names(proposal: _Proposal, position: int) -> list[str]:
    """Return what a column's head says: whole, its upper part where that is its own, its last part, each language."""
    header = proposal.sheet.header
    lasts = header.lasts[position] if position < len(header.lasts) else ""
    found = (header.names[position], _own_upper_heading(header, position), lasts)
    names = list(dict.fromkeys(name for name in found if name))
    spoken = _TWO_LANGUAGES.split(lasts or header.names[position])
    is_twice = len({bool(_ARABIC.search(part)) for part in spoken if part}) > 1
    return list(dict.fromkeys([*names, *(part for part in spoken if part and is_twice)]))


def _by_kinds(proposal: _Proposal, position: int) -> None:
    """Send a column whose head names two kinds to both of their fields, where one is known by its shape."""
    parts = [part for part in _TWO_KINDS.split(proposal.sheet.header.names[position]) if part]
    if len(parts) < 2:
        return
    found = [_match(part, proposal.choices, proposal.taken)[0] for part in parts]
    choices = [choice for choice in found if choice]
    if len(choices) != len(parts) or len({choice.path for choice in choices}) != 2:
        return
    named = [choice.leaf.identifier for choice in choices if choice.leaf.identifier]
    texts = [part for cell in proposal.filled(position) for part in parts_of_kinds(write_cell(cell))]
    if any(looks_like(kind, text) for kind in named for text in texts):
        proposal.take(position, choices[0], "kinds", split="kinds")
        proposal.columns[position].to = [choice.path for choice in choices]
        proposal.taken.update(choice.path for choice in choices)


def _by_words(proposal: _Proposal, position: int) -> None:
    """Send a column to the field whose name its head holds among other words, where its values fit."""
    for name in _names(proposal, position):
        plain, currency = split_currency(split_unit(name)[0])
        near = _word_index(proposal.choices).find(plain)
        if not near or near[0].held < HELD or near[0].explained < EXPLAINED:
            continue
        rivals = [found for found in near[1:] if near[0].score - found.score < WORDS_LEAD]
        choice = proposal.choice(near[0].key)
        if choice is None or rivals or not _fits_values(choice, proposal.filled(position)):
            continue
        unit = split_unit(name)[1]
        beside = {"unit": unit} if unit and choice.path.endswith("quantity") else {}
        beside = {"currency": currency} if currency and choice.path.endswith("value.amount") else beside
        proposal.take(position, choice, "words", **({"beside": beside} if beside else {}))
        return


@lru_cache(maxsize=16)
def _word_index(choices: tuple[FieldChoice, ...]) -> WordIndex[str]:
    return WordIndex((choice.path, name) for choice in choices for name in choice.names)


def _fits_values(choice: FieldChoice, cells: Sequence[Cell]) -> bool:
    """Tell whether what a column holds may stand in a field."""
    leaf = choice.leaf
    texts = list(dict.fromkeys(write_cell(cell) for cell in cells))
    if not texts:
        return False
    if leaf.codelist:
        return recognised_share(leaf.codelist, texts[:60]) >= LISTED_SHARE
    if leaf.identifier:
        return sum(looks_like(leaf.identifier, text) for text in texts) >= len(texts) * LISTED_SHARE
    if leaf.kind == "partial_date":
        return sum(_is_date(cell) for cell in cells) >= len(cells) * FITTING_SHARE
    if leaf.kind in ("decimal", "integer"):
        return sum(text[:1].isdigit() for text in texts) >= len(texts) * FITTING_SHARE
    if leaf.kind == "boolean":
        return all(fold(text) in YES for text in texts)
    return not all(_is_date(cell) for cell in cells)


def _own_upper_heading(header: Header, position: int) -> str:
    """Return the upper part of a heading of two rows, where no other column stands below it."""
    uppers = [
        name.removesuffix(last).strip() if last and name != last else ""
        for name, last in zip(header.names, header.lasts, strict=False)
    ]
    upper = uppers[position] if position < len(uppers) else ""
    return upper if uppers.count(upper) == 1 else ""


def field_meant(text: str, choices: Sequence[FieldChoice]) -> FieldChoice | None:
    """Return the field that somebody means who writes its name freely, in any language, or what registers call it."""
    return _match(text, choices, set())[0]


def _match(header: str, choices: Sequence[FieldChoice], taken: set[str]) -> tuple[FieldChoice | None, str]:
    wanted = fold(header).rstrip(".:")
    free = [choice for choice in choices if choice.path not in taken]
    for choice in free:
        if wanted in head_words(choice.path):
            return choice, "label"
    for choice in free:
        if wanted in choice.names or wanted == fold(choice.path):
            return choice, "label"
    names = [name for choice in free for name in choice.names]
    nearest = process.extractOne(wanted, names, scorer=fuzz.ratio, score_cutoff=ALIKE)
    if nearest is None:
        return None, ""
    return next(choice for choice in free if nearest[0] in choice.names), "alike"


def _by_values(proposal: _Proposal, positions: Sequence[int]) -> None:
    """Send a column whose header says nothing to the field whose list knows its values, or to the date."""
    for position in positions:
        cells = proposal.filled(position)
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


def _by_places(proposal: _Proposal) -> None:
    """Look at what a column of places holds: kinds of places and codes of places have fields of their own.

    A name alone is no code: of places with one name in two countries, the list might know only the other one.
    """
    position = next((place for place, entry in proposal.columns.items() if entry.to == ["place.name"]), None)
    if position is None:
        return
    texts = list(dict.fromkeys(write_cell(cell) for cell in proposal.filled(position)))[:60]
    kind, code = proposal.choice("location_type"), proposal.choice("place.locode")
    if kind and texts and recognised_share("location_type", texts) >= VALUES_SHARE:
        meant = kind
    elif code and texts and _share_of_places(texts) >= VALUES_SHARE:
        meant = code
    else:
        return
    proposal.taken.discard("place.name")
    proposal.take(position, meant, "values")


def _share_of_places(texts: Sequence[str]) -> float:
    """Return how many texts are codes of places, or name one of the administrator's own places, as a share."""
    places = get_list("place")
    own = {fold(label) for code in places if ":" in code.code for label in (code.code, *code.labels.values())}
    return sum("".join(text.split()).upper() in places.codes or fold(text) in own for text in texts) / len(texts)


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
    quantity = next((choice for choice in proposal.choices if choice.path == "lines[l1].quantity"), None)
    if quantity is None:
        return
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
