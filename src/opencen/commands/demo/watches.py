"""Watch entries of the demonstration: on the people, the company and the vessel behind the reefer, one ending soon."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import cycle

from opencen.commands.demo.settling import Person
from opencen.kernel.clock import clock_at
from opencen.records.lock import visible_to
from opencen.records.watches.services import NewHit, NewWatch, report_hit, set_watch

# What is wanted, for how many days from the day it is set, how many days ago that was, where, and what to do.
WANTED = (
    (
        "specific_check",
        60,
        6,
        "Radès, La Goulette",
        "Search the luggage; ask for the telephone. Call before letting go.",
    ),
    ("discreet_check", 30, 24, "Radès", "Note containers, seals and who collects them. The company must not notice."),
    ("sighting", 90, 20, "", "Report port of call and draught."),
    ("sighting", 20, 40, "Ras Jedir", "Report with whom it travels."),
    ("stop", 45, 2, "All border posts", "Hand over to the police of the port."),
)
CONTACT = "Duty officer of the directorate, +216 71 000 147"


def add_watches(people: Mapping[str, Person], today: datetime) -> int:
    """Set watch entries on the newest records of interest of each kind; one has ended by itself, one had a hit."""
    contact = people["contact"].actor
    rows = [
        row
        for kind in ("suspect", "company", "conveyance")
        for row in visible_to(contact).filter(type=kind).order_by("-created_at")[:2]
        if row.kind != "cleared"
    ]
    subjects = cycle(rows)
    made = 0
    for action, days, ago, places, instructions in WANTED if rows else ():
        at = today - timedelta(days=ago)
        is_stop = action == "stop"
        with clock_at(at):
            watch = set_watch(
                contact,
                record_id=next(subjects).id,
                watch=NewWatch(
                    action=action,
                    ends_at=at + timedelta(days=days),
                    authority="Court of first instance of Tunis" if is_stop else "",
                    order_number="2026/1147" if is_stop else "",
                    places=places,
                    instructions=instructions,
                    contact=CONTACT,
                ),
            )
        made += 1
        if action == "discreet_check":
            with clock_at(at + timedelta(days=3)):
                hit = NewHit("reported", at + timedelta(days=3), "Gate 4", "Two reefers collected by the usual lorry.")
                report_hit(contact, watch_id=watch.id, hit=hit)
    return made
