"""Say of every column of a file what is in it, where it goes, and which of its values cannot be read yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from opencen.formats.cells import fold
from opencen.formats.evidence import DateEvidence, decimal_marks, weigh_dates
from opencen.formats.fields import FieldChoice, choice_at
from opencen.formats.leftovers import why_no_record
from opencen.formats.mapping import ColumnMap, Mapping
from opencen.formats.reading import Sheet, shown_columns
from opencen.formats.suggesting import Suggestion, suggest_codes
from opencen.formats.tables import Cell, column_letter, write_cell
from opencen.formats.values import read_value
from opencen.records.effective import EffectiveSchema

SAMPLES = 3
DISTINCT = 3000
MOST_OPEN = 12


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
    suggested: dict[str, list[Suggestion]] = field(default_factory=dict)
    answered: tuple[tuple[str, int, str], ...] = ()


def survey(sheet: Sheet, mapping: Mapping, schema: EffectiveSchema, language: str) -> list[ColumnView]:
    """Say of every column what is in it, where it goes, and which of its values cannot be read yet."""
    entries = {entry.header: entry for entry in mapping.column}
    return list(_views(sheet, entries, schema, language))


def _views(sheet: Sheet, entries: dict[str, ColumnMap], schema: EffectiveSchema, language: str) -> Iterator[ColumnView]:
    places = {name: place for place, name in enumerate(sheet.header.names) if name}
    used = sum(bool(entry.to) for entry in entries.values())
    rows = [cells for _, cells in sheet.rows if not why_no_record(cells, used)]
    for position in shown_columns(sheet):
        cells = [cells[position] if position < len(cells) else None for cells in rows]
        entry = entries.get(sheet.header.names[position])
        if sheet.header.names[position] or any(write_cell(cell) for cell in cells):
            beside = places.get(entry.weekday) if entry and entry.weekday else None
            weekdays = [row[beside] if beside < len(row) else None for row in rows] if beside else []
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
    suggested = {text: suggest_codes(listed, text, language) for text, _ in bad[:MOST_OPEN]} if listed else {}
    return ColumnView(
        position=position, letter=column_letter(position), header=sheet.header.names[position],
        samples="" if is_nominal else " · ".join(text[:24] for text in list(texts)[:SAMPLES]),
        filled=sum(texts.values()), distinct=len(texts), path=entry.to[0] if entry and entry.to else "",
        why=entry.why if entry else "", opens=len(bad), opens_rows=sum(number for _, number in bad),
        is_nominal=is_nominal, open_values=tuple(bad[:MOST_OPEN]), codes=codes,
        dates=weigh_dates(cells, weekdays) if kind == "partial_date" else DateEvidence(),
        marks=decimal_marks(t for t, cell in first.items() if kind == "decimal" and isinstance(cell, str)),
        suggested={text: found for text, found in suggested.items() if found},
        answered=_answered(entry, texts) if listed else (),
    )  # fmt: skip


def _answered(entry: ColumnMap | None, texts: Counter[str]) -> tuple[tuple[str, int, str], ...]:
    """List the values that somebody said the meaning of, so that it is seen and may be changed."""
    said = entry.values if entry else {}
    found = [(text, number, said[fold(text)]) for text, number in texts.most_common(DISTINCT) if fold(text) in said]
    return tuple(found[:MOST_OPEN])


def _open_values(
    entry: ColumnMap, choice: FieldChoice, texts: Counter[str], first: dict[str, Cell]
) -> tuple[list[tuple[str, int]], frozenset[str]]:
    """List the values that cannot be read, most rows first, and the codes of what is wrong with them."""
    if entry.otherwise or entry.split == "kinds":
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
