"""What the databases are called on pages, and which place of the rail they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Place:
    """One database on pages: its rail entry, its title, what a new record is called, and what an empty list says."""

    rail: str
    title: Words
    icon: str
    new: Words
    empty: Words
    first: Words
    key: str = "n"


PLACES = {
    "case": Place(
        "seizures", _("Seizures"), "package", _("New seizure"), _("No seizure is recorded here yet."),
        _("Record the first one"),
    ),
    "control": Place(
        "controls", _("Checks"), "clipboard-check", _("Log a check"), _("No check is logged here yet."),
        _("Log the first one"), "c",
    ),
    "suspect": Place(
        "suspects", _("Suspects"), "user-search", _("New suspect"), _("No suspect is recorded here yet."),
        _("Record the first one"),
    ),
    "company": Place(
        "companies", _("Companies"), "building", _("New company"), _("No company is recorded here yet."),
        _("Record the first one"),
    ),
    "conveyance": Place(
        "conveyances", _("Conveyances"), "ship", _("New conveyance"), _("No conveyance is recorded here yet."),
        _("Record the first one"),
    ),
    "investigation": Place(
        "investigations", _("Investigations"), "folders", _("Open an investigation"), _("You are in no team yet."),
        _("Open an investigation"),
    ),
}  # fmt: skip


def place_of(kind: str) -> Place:
    """Return a database's place; one without a place of its own belongs to Home."""
    return PLACES.get(kind) or Place("home", "", "home", "", "", "")
