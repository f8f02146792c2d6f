"""Propose where the columns of an unknown file go, and say why; what is not certain is left for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from opencen.formats.fields import ALIASES, LEGS, FieldChoice, choice_at, field_choices
from opencen.formats.mapping import ColumnMap, Mapping
from opencen.formats.queries import find_mapping, mapping_names
from opencen.formats.reading import Sheet, shown_columns
from opencen.formats.tables import Cell, column_letter, write_cell
from opencen.formats.values import date_readings, fold, read_value
from opencen.kernel.actor import Actor
from opencen.records.effective import EffectiveSchema

ALIKE = 88
KNOWN_SHARE = 0.6
SAMPLES = 3
DISTINCT = 3000


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
    order: Counter[str] = field(default_factory=Counter)


def propose(actor: Actor, sheet: Sheet, schema: EffectiveSchema) -> tuple[Mapping, str]:
    """Start from the saved mapping that knows most of the headers, else from the fields' labels; return it and why."""
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


def from_labels(sheet: Sheet, schema: EffectiveSchema) -> Mapping:
    """Propose by the fields' labels in either language, and by what the columns hold."""
    taken: set[str] = set()
    columns = []
    choices = field_choices(schema, "en")
    for position in shown_columns(sheet):
        header = sheet.header.names[position]
        if not header:
            continue
        choice, why = _match(header, choices, taken)
        if choice is None:
            columns.append(ColumnMap(header=header))
            continue
        taken.add(choice.path)
        cells = [cells[position] for _, cells in sheet.rows if position < len(cells)]
        columns.append(ColumnMap(header=header, to=[choice.path], why=why, **_by_evidence(choice, cells)))
    items = {f"route[{role}]": {"role": role} for role in LEGS if any(f"route[{role}]" in path for path in taken)}
    if any(path.startswith("lines[l1]") for path in taken):
        items["lines[l1]"] = {"role": "contraband"}
    key = [entry.header for entry in columns if entry.to == ["external_references[r1].number"]]
    rows = [row.table.first_row + place for row in (sheet,) for place in row.header.rows]
    constants = {"kind": "seizure", "form": "short"} if schema.type.name == "case" else {}
    return Mapping(
        name="new", type=schema.type.name, sheet=sheet.table.name, header_rows=[n for n in rows if n > 0],
        key=key, group=bool(key), constants=constants, items=items, column=columns,
    )  # fmt: skip


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


def _by_evidence(choice: FieldChoice, cells: Sequence[Cell]) -> dict[str, str]:
    """Find the order of dates and the decimal separator where the values themselves leave no doubt."""
    texts = [write_cell(cell) for cell in cells if isinstance(cell, str)]
    if choice.leaf.kind == "partial_date":
        orders = count_orders(texts)
        sure = [name for name in ("dmy", "mdy") if orders[name]]
        return {"order": sure[0]} if len(sure) == 1 else {}
    if choice.leaf.kind == "decimal":
        commas = sum("," in text and "." not in text and not _is_grouped(text) for text in texts)
        points = sum("." in text and "," not in text for text in texts)
        if commas and not points:
            return {"decimal": "comma"}
        return {"decimal": "point"} if points and not commas else {}
    return {}


def _is_grouped(text: str) -> bool:
    return len(text.rpartition(",")[2]) == 3


def count_orders(texts: Iterable[str]) -> Counter[str]:
    """Count the dates that can be read day first only, month first only, and either way."""
    found: Counter[str] = Counter()
    for text in texts:
        ways = date_readings(text)
        if len(set(ways.values())) > 1:
            found["undecided"] += 1
        elif ways:
            found[next(iter(ways))] += 1
    return found


def survey(sheet: Sheet, mapping: Mapping, schema: EffectiveSchema, language: str) -> list[ColumnView]:
    """Say of every column what is in it, where it goes, and which of its values cannot be read yet."""
    entries = {entry.header: entry for entry in mapping.column}
    return [
        _view(sheet, position, entries.get(sheet.header.names[position]), schema, language)
        for position in shown_columns(sheet)
        if sheet.header.names[position] or any(write_cell(cells[position]) for _, cells in sheet.rows)
    ]


def _view(sheet: Sheet, position: int, entry: ColumnMap | None, schema: EffectiveSchema, language: str) -> ColumnView:
    cells = [cells[position] for _, cells in sheet.rows if position < len(cells)]
    texts = Counter(write_cell(cell) for cell in cells if write_cell(cell))
    choice = choice_at(schema, entry.to[0], language) if entry and entry.to else None
    bad: list[tuple[str, int]] = []
    if entry is not None and choice is not None and not entry.otherwise:
        first = {write_cell(cell): cell for cell in cells}
        for text, number in texts.most_common(DISTINCT):
            found = read_value(first[text], entry.model_copy(update={"evidence": ""}), choice.leaf)
            if found.value is None and found.level in ("error", "question"):
                bad.append((text, number))
    is_nominal = choice is not None and choice.leaf.nominal
    samples = "" if is_nominal else " · ".join(text[:24] for text in list(texts)[:SAMPLES])
    orders = count_orders(w for c in cells if isinstance(c, str) and not isinstance(c, date) for w in [write_cell(c)])
    return ColumnView(
        position=position, letter=column_letter(position), header=sheet.header.names[position], samples=samples,
        filled=sum(texts.values()), distinct=len(texts), path=entry.to[0] if entry and entry.to else "",
        why=entry.why if entry else "", opens=len(bad), opens_rows=sum(number for _, number in bad),
        is_nominal=is_nominal, open_values=tuple(bad[:12]), order=orders,
    )  # fmt: skip
