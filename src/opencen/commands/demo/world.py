"""Fill a home with the invented service, its people and its two years, and say how long each part took."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from opencen.accounts.queries import list_users
from opencen.accounts.services import reset_password
from opencen.commands.demo.country import HUB_MEMBERS, MEMBERS
from opencen.commands.demo.history import YEAR, Desk, draw_second_reports, draw_tallies, draw_year, work_through
from opencen.commands.demo.inquiries import add_investigations
from opencen.commands.demo.marginals import seeded
from opencen.commands.demo.pictures import Album
from opencen.commands.demo.settling import (
    Person,
    is_settled,
    keeper,
    settle_country,
    settle_field,
    settle_hub,
    settle_people,
)
from opencen.commands.demo.showcase import Showcase, add_showcase
from opencen.commands.demo.watches import add_watches
from opencen.exchange.partners import add_partner, partners
from opencen.kernel.clock import clock_at, now
from opencen.log.sealer import seal_all
from opencen.records.derived import DERIVED, catch_up

# Checks with and without a find in the present year, of which the cases are the finds; and the share a year before.
CHECKS_A_CASE = 84_210 / 2_196
YEAR_BEFORE = 0.93
SETTLED_ON = datetime(YEAR - 1, 1, 2, 7, tzinfo=UTC)


class Stopwatch:
    """Note how long each part took."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.parts: dict[str, float] = {}

    def note(self, part: str) -> None:
        """End a part."""
        ended = time.monotonic()
        self.parts[part] = round(ended - self.began, 1)
        self.began = ended


def fill(kind: str, card: dict[str, Any], url: str, cases: int, seed: int) -> dict[str, Any]:
    """Fill the home of a node, or give those who are there new passwords."""
    watch = Stopwatch()
    if is_settled():
        people = renew_passwords()
        watch.note("new passwords")
    elif kind == "hub":
        people = fill_hub()
        watch.note("hub: operator")
    else:
        people = fill_national(cases, seed, card["id"], watch)
    if card["id"] not in partners():
        add_partner(keeper(), card=card, accepts_by_itself=kind == "hub", url=url)
    seal_all()
    return {"users": [line for line in people if line[3]], "parts": watch.parts}


def describe(people: dict[str, Person]) -> list[tuple[str, str, str, bool]]:
    """List (role, user name, password, is shown) of everybody."""
    return [(person.member.role, name, person.password, person.member.is_shown) for name, person in people.items()]


def renew_passwords() -> list[tuple[str, str, str, bool]]:
    """Give the users whose passwords are printed new ones."""
    shown = {member.username: member for member in (*MEMBERS, *HUB_MEMBERS) if member.is_shown}
    lines = []
    for user in list_users(keeper()):
        if user.username not in shown:
            continue
        password = reset_password(keeper(), user_id=user.id, must_change=False)
        lines.append((shown[user.username].role, user.username, password, True))
    order = list(shown)
    return sorted(lines, key=lambda line: order.index(line[1]))


def fill_hub() -> list[tuple[str, str, str, bool]]:
    """Settle the hub's operator."""
    settle_hub()
    return describe(settle_people(HUB_MEMBERS))


def fill_national(cases: int, seed: int, hub: str, watch: Stopwatch) -> list[tuple[str, str, str, bool]]:
    """Settle the country, then let it work through this year and the one before."""
    rng = seeded(seed)
    with clock_at(SETTLED_ON):
        settle_country()
        people = settle_people(MEMBERS)
        settle_field()
    watch.note("offices and users")
    before = draw_year(rng, YEAR - 1, round(cases * YEAR_BEFORE))
    present = draw_year(rng, YEAR, cases)
    checks = round(cases * CHECKS_A_CASE)
    tallies = draw_tallies(rng, YEAR - 1, round((checks - cases) * 0.9), weekly=False)
    tallies += draw_tallies(rng, YEAR, checks - cases, weekly=True)
    watch.note("cases drawn")
    desk = Desk(people)
    album = Album(desk, rng)
    album.draw()
    album.illustrate(present)
    present += draw_second_reports(rng, present)
    watch.note("photos")
    work_through(desk, [*before, *present], tallies)
    watch.note("submitted and validated")
    add_showcase(Showcase(desk, album, rng, max(now(), datetime(YEAR, 11, 2, tzinfo=UTC)), hub), present)
    watch.note("holds, returns, corrections, releases")
    seal_all()
    for store in DERIVED:
        while catch_up(store):
            pass
    watch.note("text search and figures")
    add_investigations(people, max(now(), datetime(YEAR, 11, 12, 20, tzinfo=UTC)))
    watch.note("investigations")
    add_watches(people, max(now(), datetime(YEAR, 11, 12, 20, tzinfo=UTC)))
    watch.note("watch entries")
    return describe(people)
