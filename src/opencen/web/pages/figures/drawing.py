"""Any answer as a panel: a grid, bars or a table, every number with the way to its cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opencen.analysis.answers import Answer, Note
from opencen.analysis.labels import label_code
from opencen.analysis.measures.members import is_silent
from opencen.analysis.measures.selection import Selection
from opencen.analysis.naming import name_file, title_answer
from opencen.analysis.wording import write_row, write_value
from opencen.kernel.languages import comma
from opencen.web.pages.dashboard.links import cell_url, download_url, list_url, picture_url, way_url
from opencen.web.pages.dashboard.panels import months_chart
from opencen.web.pages.dashboard.words import note_text
from opencen.web.templatetags.formatting import number

Chart = dict[str, Any]
NOT_ADDING = "pivot.not_adding"
MONTHS = "cases_by_month"


def draw_answer(answer: Answer, chosen: Selection, language: str, parameters: Mapping[str, str], title: str) -> Chart:
    """Lay any answer out as a panel with its downloads and notes."""
    if answer.question == MONTHS:
        drawn = {**months_chart(answer, chosen), "keeps_table": True}
    else:
        drawn = _grid(answer, chosen, language) if answer.details.get("across") else _table(answer, chosen, language)
    given = {key: value for key, value in parameters.items() if value}
    name = answer.question
    return {
        **drawn,
        "title": title,
        "file_name": name_file(title_answer(answer), chosen),
        "picture_url": picture_url(name, chosen, **given),
        "csv_url": download_url(name, "csv", chosen, **given),
        "xlsx_url": download_url(name, "xlsx", chosen, **given),
        "link": figure_url(name, chosen, given),
        "notes": [text for note in answer.notes if (text := _note(note, language) or note_text(note))],
    }


def _note(note: Note, language: str) -> str:
    if note.code == NOT_ADDING:
        return _("Cells do not add up: what stands in several of them is counted once in the total.")
    return _rates_text(note.data, language) if note.code == "value.rates" else ""


def _rates_text(data: Mapping[str, Any], language: str) -> str:
    """Say whose money it is, by whose rates, and what is left out for want of one."""
    parts = [_("In %(currency)s.") % {"currency": label_code("currency", data["currency"], language)}]
    if data["rated"]:
        text = ngettext(
            "%(count)s line by the rate stated with it (%(sources)s).",
            "%(count)s lines by the rates stated with them (%(sources)s).",
            data["rated"],
        )
        sources = comma(language).join(name for name in data["sources"] if name) or _("source not stated")
        parts.append(text % {"count": number(data["rated"]), "sources": sources})
    if data["unrated"]:
        text = ngettext(
            "%(count)s amount of foreign money without a rate is left out.",
            "%(count)s amounts of foreign money without a rate are left out.",
            data["unrated"],
        )
        parts.append(text % {"count": number(data["unrated"])})
    return " ".join(parts) if data["currency"] or data["unrated"] else ""


def _grid(answer: Answer, chosen: Selection, language: str) -> Chart:
    down, across, value = answer.columns
    details = answer.details
    cells = {row[:2]: (row[2], link) for row, link in zip(answer.rows, answer.links, strict=True)}
    columns = [write_value(across, member, language) for member in details["columns"]]
    has_totals = "row_totals" in details
    hidden = {answer.rows[place][:2] for place, _column in details.get("covered_spots", ())}
    rows = []
    for index, member in enumerate(details["rows"]):
        found = [cells[member, other] for other in details["columns"]]
        pairs = [{down.name: member, across.name: other} for other in details["columns"]]
        values = [None if number is None else float(number) for number, _link in found]
        urls = [_way(chosen, link, pair) for (_n, link), pair in zip(found, pairs, strict=True)]
        texts = [write_value(value, number, language) for number, _link in found]
        total = write_value(value, details["row_totals"][index], language) if has_totals else ""
        label = write_value(down, member, language)
        made = {"label": label, "values": values, "urls": urls, "texts": texts, "total": total}
        if covered := [(member, other) in hidden for other in details["columns"]] if hidden else []:
            made["covered"] = covered  # in a picture: what is covered is not what was never measured
        rows.append(made)
    chart: Chart = {"kind": "grid", "columns": columns, "rows": rows, "missing_legend": _("nothing measured")}
    if has_totals:
        chart["column_totals"] = [write_value(value, number, language) for number in details["column_totals"]]
        chart["all_word"] = _("All")
        chart["total"] = write_value(value, answer.totals[value.name], language)
    return chart


def _table(answer: Answer, chosen: Selection, language: str) -> Chart:
    columns = [{"label": str(column.label), "num": column.kind in _NUMBERS} for column in answer.columns]
    key = answer.columns[0]
    rows = []
    for row, link in zip(answer.rows, answer.links, strict=True):
        members = {column.name: row[index] for index, column in enumerate(answer.columns) if column.name in _DIMENSIONS}
        url = list_url(chosen, link) if link is not None else way_url(answer.question, chosen, row)
        if not url and members:
            url = cell_url(chosen, members)
        cells = write_row(answer, row, language)
        marked = [(cell, column["num"]) for cell, column in zip(cells, columns, strict=True)]
        rows.append({"cells": cells, "marked": marked, "url": url, "silent": is_silent(row[0])})
    names = [column.name for column in answer.columns]
    bars: list[Chart] = []
    number = names.index("seizures") if "seizures" in names else 0
    if number and len(_DIMENSIONS.intersection(names)) == 1:
        bars = [
            {
                "label": write_value(key, row[0], language),
                "value": row[number],
                "url": made["url"],
                "hatched": is_silent(row[0]),
            }
            for row, made in zip(answer.rows[:_MOST_BARS], rows, strict=False)
        ]
    table = {"columns": columns, "rows": rows}
    if bars:
        total = sum(row[number] or 0 for row in answer.rows)
        return {"kind": "bars", "rows": bars, "table": table, "total": total, "keeps_table": True}
    return {"kind": "bars", "rows": [], "table": table, "keeps_table": True}


_NUMBERS = frozenset({"count", "share", "days", "quantity", "change"})
_DIMENSIONS = frozenset(
    {"section", "flow", "commodity", "region", "country", "office", "departure", "destination", "mode", "direction"}
    | {"currency", "appendix", "departure_region", "destination_region", "month", "location_type", "e_commerce"}
)
_MOST_BARS = 15


def _way(chosen: Selection, link: Any, members: Mapping[str, Any]) -> str:
    """Return the way to the cases of a cell: the list where it can be narrowed so, else the cell's own page."""
    return list_url(chosen, link) if link is not None else cell_url(chosen, members)


def figure_url(name: str, chosen: Selection, parameters: Mapping[str, str]) -> str:
    """Return the page of a figure."""
    pairs = [*chosen.to_query(), *parameters.items()]
    if chosen.since is None and chosen.until is None:
        pairs.append(("all", "1"))
    return f"{reverse('figure', args=[name])}?{urlencode(pairs)}"
