"""Words of the dashboard: periods, changes, and what a reader of a figure must know."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import format_date, format_skeleton
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opencen.analysis.answers import Note
from opencen.analysis.measures.selection import Selection
from opencen.web.templatetags.formatting import number, percent, reader_locale

WITHOUT_SHORT_MONTHS = ("ar",)
"""Languages that write months in full only: over a narrow column their number stands instead."""


def month_name(month: date | None, *, with_year: bool = False) -> str:
    """Write a month, with its year where months of several stand together."""
    if month is None:
        return _("Month not stated")
    if (get_language() or "") in WITHOUT_SHORT_MONTHS:
        return f"\u2068{month:%m/%y}\u2069" if with_year else f"{month:%m}"
    return str(format_skeleton("yMMM" if with_year else "MMM", month, locale=reader_locale()))


def long_month(month: date, *, with_year: bool = True) -> str:
    """Write a month in full."""
    return str(format_date(month, "LLLL y" if with_year else "LLLL", locale=reader_locale()))


def period_text(chosen: Selection, *, short: bool = False) -> str:
    """Write a period: January to October 2026."""
    since, until = chosen.since, chosen.until
    if since is None or until is None:
        return _("All time")
    write = month_name if short else long_month
    if since == until:
        return write(since, with_year=True)
    first = write(since, with_year=since.year != until.year)
    last = write(until, with_year=True)
    return f"{first} – {last}" if short else _("%(first)s to %(last)s") % {"first": first, "last": last}


def change_text(share: float | None) -> str:
    """Write a change with its sign; where a year earlier there were few, it says so."""
    if share is None:
        return _("few")
    sign = "+" if round(share, 3) > 0 else "−" if round(share, 3) < 0 else "±"
    return f"{sign}{percent(abs(share))}"


def note_text(note: Note) -> str:
    """Write a note; an unknown one is nothing to show."""
    data = dict(note.data)
    if note.code == "reporting.gap":
        return gap_text(data)
    if note.code == "cases.several_sections":
        text = ngettext(
            "Cases do not add up over sections: %(count)s case holds goods of several.",
            "Cases do not add up over sections: %(count)s cases hold goods of several.",
            data["count"],
        )
        return text % {"count": number(data["count"])}
    if note.code == "comparison.offices":
        text = ngettext(
            "* %(count)s office that reported in both years.",
            "* %(count)s offices that reported in both years.",
            data["count"],
        )
        return text % {"count": number(data["count"])}
    if note.code == "controls.not_narrowed":
        return _("Checks are not narrowed by what only a case answers.")
    if note.code in ("corridors.known", "points.known"):
        return known_text(note)
    return ""


def known_text(note: Note) -> str:
    """Say how many of the seizures a map can show."""
    shown = {"known": number(note.data["known"]), "total": number(note.data["total"])}
    if note.code == "corridors.known":
        text = _("seizures with a known departure or destination: %(known)s of %(total)s") % shown
        if note.data["shown"] == note.data["pairs"]:
            return text
        rows = {"shown": number(note.data["shown"]), "pairs": number(note.data["pairs"])}
        return f"{text} · {_('the %(shown)s largest of %(pairs)s corridors') % rows}"
    return _("seizures with a known place: %(known)s of %(total)s") % shown


def gap_text(data: dict[str, Any]) -> str:
    """Say who is missing in a month, and how those who reported stand against the year before."""
    shown = {
        "month": long_month(data["month"], with_year=False),
        "missing": number(data["missing"]),
        "reported": number(data["reported"]),
        "now": number(data["now"]),
        "before": number(data["before"]),
        "year": data["month"].year - 1,
    }
    first = ngettext(
        "%(month)s: %(missing)s office has not reported.",
        "%(month)s: %(missing)s offices have not reported.",
        data["missing"],
    )
    second = ngettext(
        "The one that did has %(now)s cases (%(year)s: %(before)s).",
        "The %(reported)s that did have %(now)s cases (%(year)s: %(before)s).",
        data["reported"],
    )
    return f"{first % shown} {second % shown}"
