"""Templates of one section: a flat sheet made from the schema, a line a row, with lists in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from opencen.codelists.catalogue import get_list
from opencen.formats.fields import FieldChoice, choice_at, field_choices
from opencen.formats.mapping import ColumnMap, Mapping
from opencen.formats.reading import Sheet
from opencen.formats.tables import OWN_PREFIX, Cell, header_at, write_cell
from opencen.kernel.actor import Actor
from opencen.kernel.errors import NotFound
from opencen.kernel.languages import collation
from opencen.records.conditions import asked_fields, holds
from opencen.records.effective import EffectiveSchema, schema_for

MARK = f"{OWN_PREFIX}template"
CHOICES = "choices"
ROWS = 5000
MOST_CHOICES = 5000
NUMBER = "external_references[r1].number"
SINGLE = ("kind", "lines[l1].role", "route[departure].role", "office")
SEEDED = {"conveyances": [{"id": "v1"}], "route": [{"id": "departure", "role": "departure"}]}
FURTHER = ("route[destination].country", "conveyances[v1].plate", "persons[p1].nationality", "narrative")


def sections() -> list[str]:
    """List the sections that have a template: the top of the commodity list."""
    return list(get_list("commodity").children())


def write_section_template(actor: Actor, *, section: str, stream: BinaryIO) -> None:
    """Write the empty workbook of a section; its hidden first row tells the importer where each column goes."""
    actor.require("case:record")
    if section not in sections():
        raise NotFound("template.unknown", name=section)
    schema = schema_for(actor, "case")
    with override(actor.language):
        _write(stream, section, list(_columns(schema, section, actor.language)), actor.language)


def _columns(schema: EffectiveSchema, section: str, language: str) -> Iterator[FieldChoice]:
    """Yield what the short form asks of this section, and what only its goods have."""
    line = {"id": "l1", "role": "contraband", "commodity": section}
    document: dict[str, Any] = {"kind": "seizure", "form": "short", "lines": [line], **SEEDED}
    paths = [NUMBER, *(asked.path for asked in asked_fields(document, schema.layout, short=True))]
    paths = [f"{path}.place" if path.endswith("concealment") else path for path in paths if path not in SINGLE]
    attributes = schema.layout.groups.get("lines.attributes")
    for field in attributes.fields if attributes else ():
        if field.when and all(_concerns(condition, section, document, line) for condition in field.when):
            paths.append(f"lines[l1].attributes.{field.path}")
    for path in dict.fromkeys([*paths, *FURTHER]):
        found = choice_at(schema, path, language)
        if found is not None:
            yield found


def _concerns(condition: dict[str, Any], section: str, document: dict[str, Any], line: dict[str, Any]) -> bool:
    """Tell whether goods of a section can meet a condition: by the section itself, or by something under it."""
    under = condition.get("under", ())
    return holds(condition, [document, line]) or any(code.startswith(f"{section}.") for code in under)


def _write(stream: BinaryIO, section: str, columns: list[FieldChoice], language: str) -> None:
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        rows = book.add_worksheet(get_list("commodity").label(section, language)[:31].replace("/", " "))
        choices = book.add_worksheet(CHOICES)
        choices.hide()
        if get_language_bidi():
            rows.right_to_left()
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4"})
        text = book.add_format({"num_format": "@"})
        rows.write_string(0, 0, MARK)
        rows.set_column(0, 0, 2, None, {"hidden": True})
        used = 0
        for position, choice in enumerate(columns, 1):
            label = f"{choice.group}: {choice.label}" if choice.group else choice.label
            rows.write_string(0, position, choice.path)
            rows.write_string(1, position, label, bold)
            rows.set_column(position, position, 18, None if choice.leaf.kind == "decimal" else text)
            if labels := _labels(choice, section, language):
                choices.write_column(0, used, labels)
                letter = xlsxwriter.utility.xl_col_to_name(used)
                source = f"={CHOICES}!${letter}$1:${letter}${len(labels)}"
                _offer(rows, position, {"validate": "list", "source": source})
                used += 1
            elif choice.leaf.kind == "decimal":
                _offer(rows, position, {"validate": "decimal", "criteria": ">=", "value": 0})
        rows.set_row(0, None, None, {"hidden": True})
        rows.freeze_panes(2, 2)


def _offer(sheet: Any, position: int, rule: dict[str, Any]) -> None:
    """Offer, and warn of what is not in the list; what is typed is judged at the import."""
    title = _("Not in the list")[:32]
    message = _("You may keep it: the import will ask what it means.")[:255]
    shown = {"error_type": "warning", "error_title": title, "error_message": message}
    sheet.data_validation(2, position, ROWS, position, {**rule, **shown})


def _labels(choice: FieldChoice, section: str, language: str) -> list[str]:
    """Return the labels to choose from; goods only of the section, and none of a list too long to hand out."""
    name = choice.leaf.codelist
    if not name or choice.leaf.items == "set":
        return []
    codes = get_list(name)
    wanted = [code for code in codes.codes if name != "commodity" or codes.is_under(code, section)]
    if len(wanted) > MOST_CHOICES:
        return []
    return sorted({codes.label(code, language) for code in wanted}, key=collation(language))


def from_template(sheet: Sheet, schema: EffectiveSchema) -> Mapping | None:
    """Return the mapping of a filled template by its hidden first row; None where the sheet is none."""
    rows = sheet.table.rows
    if schema.type.name != "case" or len(rows) < 2 or not rows[0] or write_cell(rows[0][0]) != MARK:
        return None
    paths: list[Cell] = list(rows[0])
    header = header_at(sheet.table, (0, 1))
    known = {choice.path for choice in field_choices(schema, "en")}
    columns = [
        ColumnMap(header=name, to=[write_cell(path)] if write_cell(path) in known else [], why="template")
        for name, path in zip(header.names, paths, strict=False)
        if name and not name.startswith(OWN_PREFIX)
    ]
    key = [entry.header for entry in columns if entry.to == [NUMBER]]
    items = {"lines[l1]": {"role": "contraband"}}
    items |= {f"route[{role}]": {"role": role} for role in ("departure", "destination")}
    return Mapping(
        name="template", type="case", sheet=sheet.table.name, header_rows=[1, 2], key=key, group=bool(key),
        constants={"kind": "seizure", "form": "short"}, items=items, column=columns,
    )  # fmt: skip
