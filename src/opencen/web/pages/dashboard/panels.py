"""Answers as the panels of the page draw them: charts, tables and tiles, every number with the way to its cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opencen.analysis.answers import Answer, Column
from opencen.analysis.labels import label_code, label_member, label_office
from opencen.analysis.measures.members import is_silent
from opencen.analysis.measures.reporting import is_open
from opencen.analysis.measures.selection import Selection
from opencen.analysis.naming import name_file
from opencen.analysis.wording import STANDINGS
from opencen.web.pages.dashboard.links import download_url, list_url, page_url, picture_url, way_url
from opencen.web.pages.dashboard.words import change_text, known_text, long_month, month_name, note_text
from opencen.web.templatetags.formatting import number, percent

Chart = dict[str, Any]
OFFICES_SHOWN = 8
_LEGS_DRAWN = 24
_FLOWS_DRAWN = 14
# Rows of a map's table; the figure's own page has all.
ROWS_SHOWN = 10
# Who reported is counted in offices: its picture is taken away as it is shown.
UNCOVERED = ("reporting_by_office_month",)
# Steps of the one hue by which the grid of offices is shaded; missing is hatched.
STANDING_STEPS = {"in_time": 4, "late": 2, "begun": 1, "open": 0}


def with_tools(chart: Chart, answer: Answer, chosen: Selection, view: Mapping[str, str], **parameters: str) -> Chart:
    """Give a chart its downloads, the link that reopens it, and what a reader must know."""
    name = answer.question
    return {
        **chart,
        "file_name": name_file(chart["title"], chosen),
        "picture_url": "" if name in UNCOVERED else picture_url(name, chosen, **parameters),
        "csv_url": download_url(name, "csv", chosen, **parameters),
        "xlsx_url": download_url(name, "xlsx", chosen, **parameters),
        "link": page_url(chosen, view, name),
        "notes": [text for note in answer.notes if (text := note_text(note))],
    }


def months_chart(answer: Answer, chosen: Selection) -> Chart:
    """Draw cases and seizures by month, last year's cases and who reported."""
    rows = answer.rows
    dated = [row for row in rows if row[0] is not None]
    has_years = len({row[0].year for row in dated}) > 1
    years = {row[0].year for row in dated}
    last = _("cases %(year)s") % {"year": min(years) - 1} if len(years) == 1 else _("cases a year earlier")
    gap = next((note_text(note) for note in answer.notes if note.code == "reporting.gap"), "")
    return {
        "kind": "months",
        "title": _("Cases and seizures by month"),
        "series": [
            {"name": _("cases"), "values": [row[1] for row in rows]},
            {"name": _("seizures"), "values": [row[2] for row in rows]},
        ],
        "last": {"name": last, "values": [row[3] for row in rows]},
        "categories": [
            {"label": month_name(row[0], with_year=has_years), "url": list_url(chosen, link)}
            for row, link in zip(rows, answer.links, strict=True)
        ],
        "open": {"months": [row[0] is not None and is_open(row[0]) for row in rows], "words": _("month still open")},
        "has_open": any(is_open(row[0]) for row in dated),
        "reported": {
            "values": [row[4] for row in rows],
            "in_time": [row[6] for row in rows],
            "of": max((row[5] for row in rows), default=0),
            "words": _("%(reported)s of %(all)s offices reported, %(in_time)s in time"),
            "in_time_word": _("Offices in time"),
            "late_word": _("after the 15th"),
            "missing_word": _("not reported"),
        },
        "warning": gap,
    }


def section_rows(answer: Answer, chosen: Selection, language: str) -> list[dict[str, Any]]:
    """Lay the sections out with their change on the year before."""
    return [
        {
            "label": label_member(answer.columns[0], row[0], language),
            "url": list_url(chosen, link),
            "silent": is_silent(row[0]),
            "cases": row[1],
            "seizures": row[2],
            "change": change_text(row[3]),
        }
        for row, link in zip(answer.rows, answer.links, strict=True)
    ]


def corridor_chart(answer: Answer, chosen: Selection, language: str, home: str, inset: Chart | None) -> Chart:
    """Draw the corridors to and from the home country, with the table of the largest."""
    country, goods = answer.columns[0], answer.columns[3]
    pairs = list(zip(answer.rows, answer.links, strict=True))
    rows = []
    for (departure, destination, count, mostly), link in pairs[:ROWS_SHOWN]:
        names = [label_member(country, code, language) for code in (departure, destination)]
        cells = [" – ".join(names), count, label_member(goods, mostly, language)]
        rows.append({"cells": cells, "url": list_url(chosen, link)})
    homeward = [
        (row, link)
        for row, link in pairs
        if home in row[:2] and row[0] != row[1] and not is_silent(row[0]) and not is_silent(row[1])
    ]
    flows = [
        {
            "from": row[0],
            "to": row[1],
            "value": row[2],
            "label": label_member(country, row[1] if row[0] == home else row[0], language),
            "url": list_url(chosen, link),
        }
        for row, link in homeward[:_FLOWS_DRAWN]
    ]
    own = label_code("country", home, language)
    chart: Chart = {
        "kind": "flow",
        "title": _("Corridors"),
        "note": known_text(answer.notes[0]),
        "home": home,
        "flows": flows,
        "shares": {code: count for code, count in answer.details["countries"].items() if code != home},
        "legend": {
            "to": _("to %(country)s") % {"country": own},
            "from": _("from %(country)s") % {"country": own},
            "width": _("width: seizures"),
        },
        "table": _table(rows, [(_("Corridor"), False), (_("Seizures"), True), (_("Mostly"), False)]),
    }
    return {**chart, "inset": inset} if inset else chart


def legs_chart(answer: Answer, chosen: Selection, language: str, home: str, inset: Chart | None) -> Chart:
    """Draw the legs of routes, from each country of the way to the next."""
    column = answer.columns[0]
    shares: dict[str, int] = {}
    for first, second, count in answer.rows:
        for code in {first, second} - {home}:
            if not is_silent(code):
                shares[code] = shares.get(code, 0) + count
    named = [row for row in answer.rows if not is_silent(row[0]) and not is_silent(row[1])]
    chart: Chart = {
        "kind": "flow",
        "title": _("Corridors"),
        "note": _("cases by leg of their route; a case counts once on each"),
        "home": home,
        "flows": [
            {
                "from": row[0],
                "to": row[1],
                "value": row[2],
                "label": _leg_words(column, row, language),
                "url": _way(answer, chosen, row),
            }
            for row in named[:_LEGS_DRAWN]
        ],
        "shares": shares,
        "legend": {
            "to": _("leg of a route"),
            "from": _("leg out of %(country)s") % {"country": label_code("country", home, language)},
            "width": _("width: cases"),
        },
        "table": _table(
            [
                {"cells": [_leg_words(column, row, language), row[2]], "url": _way(answer, chosen, row)}
                for row in answer.rows[:ROWS_SHOWN]
            ],
            [(_("Leg"), False), (_("Cases"), True)],
        ),
    }
    return {**chart, "inset": inset} if inset else chart


def _leg_words(country: Column, row: tuple[Any, ...], language: str) -> str:
    return " – ".join(label_member(country, code, language) for code in row[:2])


def involvement_chart(answer: Answer, chosen: Selection, language: str, home: str) -> Chart:
    """Shade the countries by the cases that name them."""
    column = answer.columns[0]
    rows = [
        {"cells": [label_member(column, row[0], language), *row[1:5]], "url": _way(answer, chosen, row)}
        for row in answer.rows[:ROWS_SHOWN]
    ]
    heads = [
        (_("Country"), False),
        (_("Cases"), True),
        (_("Departure"), True),
        (_("Transit"), True),
        (_("Destination"), True),
    ]
    return {
        "kind": "flow",
        "title": _("Corridors"),
        "note": _("a country can count several times"),
        "home": home,
        "flows": [],
        "shares": {row[0]: row[1] for row in answer.rows if not is_silent(row[0])},
        "table": _table(rows, heads),
    }


def points_chart(answer: Answer, points: list[Chart]) -> Chart:
    """Draw the places where goods were found."""
    rows = [{"cells": [point["label"], point["value"]], "url": point["url"]} for point in points[:ROWS_SHOWN]]
    return {
        "kind": "points",
        "title": _("Corridors"),
        "note": known_text(answer.notes[0]),
        "points": [{**point, "label": f"{point['label']} {number(point['value'])}"} for point in points],
        "table": _table(rows, [(_("Place"), False), (_("Seizures"), True)]),
    }


def _way(answer: Answer, chosen: Selection, row: tuple[Any, ...]) -> str:
    return way_url(answer.question, chosen, row)


def _table(rows: list[Chart], columns: list[tuple[str, bool]]) -> Chart:
    return {"columns": [{"label": label, "num": num} for label, num in columns], "rows": rows}


def operational_charts(answer: Answer, chosen: Selection, language: str) -> list[Chart]:
    """Draw the four columns of the operational panel."""
    total = answer.totals["seizures"]
    charts = []
    for name, label in answer.details["dimensions"].items():
        member = Column(name, label, "code", name)
        rows = [
            {
                "label": label_member(member, row[1], language),
                "value": row[2],
                "url": list_url(chosen, link),
                "hatched": is_silent(row[1]),
            }
            for row, link in zip(answer.rows, answer.links, strict=True)
            if row[0] == name
        ]
        charts.append({"kind": "bars", "title": str(label), "total": total, "rows": rows})
    return charts


def section_picture(rows: list[Chart]) -> Chart:
    """Draw the seizures of the sections as bars, for saving."""
    bars = [{"label": row["label"], "value": row["seizures"], "hatched": row["silent"]} for row in rows]
    return {"kind": "bars", "title": _("By section"), "rows": bars}


def operational_picture(charts: list[Chart]) -> Chart:
    """Draw the four columns of the operational panel as one picture, for saving."""
    bars = [{**row, "label": f"{chart['title']}: {row['label']}"} for chart in charts for row in chart["rows"]]
    return {"kind": "bars", "title": _("Operational panel"), "rows": bars}


def location_grid(answer: Answer, chosen: Selection, language: str) -> Chart:
    """Draw the grid of sections and locations."""
    down, across = answer.details["rows"], answer.details["columns"]
    cells = {row[:2]: (row[2], link) for row, link in zip(answer.rows, answer.links, strict=True)}
    return {
        "kind": "grid",
        "title": _("Section by location"),
        "note": _("seizures"),
        "columns": [label_member(answer.columns[1], code, language) for code in across],
        "rows": [
            {
                "label": label_member(answer.columns[0], section, language),
                "values": [cells[section, location][0] for location in across],
                "urls": [list_url(chosen, cells[section, location][1]) for location in across],
            }
            for section in down
        ],
    }


def reporting_grid(answer: Answer, chosen: Selection, *, all_offices: bool) -> Chart:
    """Draw who reported for which month, the widest gaps first."""
    words = {standing: str(text) for standing, text in STANDINGS.items()}
    offices, months = answer.details["offices"], answer.details["months"]
    shown = offices if all_offices else offices[:OFFICES_SHOWN]
    cells = {row[:2]: (row[2], link) for row, link in zip(answer.rows, answer.links, strict=True)}
    rows = []
    for office in shown:
        found = [(*cells[office, month], month) for month in months]
        rows.append(
            {
                "label": label_office(office),
                "values": [STANDING_STEPS.get(standing) for standing, _link, _month in found],
                "texts": [words[standing] for standing, _link, _month in found],
                "urls": [list_url(chosen, link) for _standing, link, _month in found],
                "cells": [
                    {
                        "standing": standing,
                        "step": STANDING_STEPS.get(standing),
                        "url": list_url(chosen, link),
                        "word": f"{label_office(office)}, {long_month(month)}: {words[standing]}",
                    }
                    for standing, link, month in found
                ],
            }
        )
    has_years = len({month.year for month in months}) > 1
    count = {"shown": number(len(shown)), "all": number(len(offices))}
    return {
        "kind": "grid",
        "title": _("Reporting by office and month"),
        "note": _("%(shown)s of %(all)s, worst first") % count,
        "is_cut": len(shown) < len(offices),
        "columns": [month_name(month, with_year=has_years) for month in months],
        "rows": rows,
    }


def make_tiles(answer: Answer, chosen: Selection) -> list[dict[str, Any]]:
    """Write the key figures with what each of them rests on."""
    found = {row[0]: (row[1], row[2]) for row in answer.rows}
    compared = next((note.data for note in answer.notes if note.code == "comparison.cases"), None)
    days, days_before = found["days_to_validate"]
    unknown, unknown_before = found["unknown_share"]
    hits = {"cases": number(found["cases"][0]), "checks": number(found["checks"][0])}
    url = list_url(chosen)
    return [
        {"label": _("Cases"), "value": number(found["cases"][0]), "note": _compared_text(compared), "url": url},
        {"label": _("Seizures"), "value": number(found["seizures"][0]), "note": _("lines of contraband"), "url": url},
        {"label": _("Checks"), "value": number(found["checks"][0]), "note": _("with and without a find")},
        {
            "label": _("Hit rate"),
            "value": _share(found["hit_rate"][0]),
            "note": _("%(cases)s of %(checks)s") % hits,
        },
        {
            "label": _("Days to validate"),
            "value": "–" if days is None else number(round(days, 1)),
            "note": _was(_("median"), None if days_before is None else number(round(days_before, 1))),
        },
        {
            "label": _("Unknown"),
            "value": _share(unknown),
            "note": _was(_("of asked answers"), None if unknown_before is None else _share(unknown_before)),
        },
    ]


def _share(value: float | None) -> str:
    return "–" if value is None else percent(value, 1)


def _was(text: str, before: str | None) -> str:
    return _("%(text)s; was %(before)s") % {"text": text, "before": before} if before else text


def _compared_text(compared: Mapping[str, Any] | None) -> str:
    if not compared or not compared["count"]:
        return _("no year to compare with")
    text = ngettext(
        "%(change)s, %(count)s office in both years", "%(change)s, %(count)s offices in both years", compared["count"]
    )
    return text % {"change": change_text(compared["share"]), "count": number(compared["count"])}
