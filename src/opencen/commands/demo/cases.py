"""One plausible case after another: everything in it is invented, and no rule finds fault with it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from opencen.commands.demo import names
from opencen.commands.demo.country import LATE, UNIT_OF
from opencen.commands.demo.goods import add_assessments, cover_load, draw_commodity, make_line
from opencen.commands.demo.marginals import draw, flow_shares
from opencen.commands.demo.movement import COUNTRY, Scene, add_movement, draw_scene
from opencen.commands.demo.narratives import write_narrative

Part = dict[str, Any]
LINES = ((1, 0.83), (2, 0.12), (3, 0.04), (4, 0.01))
ROLES = {"airport": "traveller", "land_boundary": "driver", "seaport": "importer", "inland": "driver"}
AGES = (19, 64)
DUE_DAY = 15


@dataclass(slots=True)
class Drawn:
    """A case as it will be handed in: its document, its office, when it was found and when recorded."""

    id: UUID
    office: str
    found: datetime
    recorded: datetime
    document: Part


def make_id(rng: random.Random, moment: datetime) -> UUID:
    """Make a UUIDv7 of a moment whose random bits come from the seed."""
    value = (int(moment.timestamp() * 1000) & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | rng.getrandbits(12) << 64
    value |= 0b10 << 62 | rng.getrandbits(62)
    return UUID(int=value)


def draw_case(rng: random.Random, when: datetime, *, is_detailed: bool) -> Drawn:
    """Draw one case found at a moment."""
    flow = draw(rng, flow_shares())
    scene = draw_scene(rng, flow, when, recorded_at)
    add_movement(scene)
    parts = scene.parts
    parts |= {"kind": "seizure", "form": "full" if is_detailed else "short", "detected_at": write_moment(when)}
    if unit := UNIT_OF.get(scene.post.code):
        parts["unit"] = unit
    parts["lines"] = _lines(scene)
    if parts.get("consignments") and scene.is_freight:
        parts["lines"][0]["consignment"] = "s1"
        if is_detailed and rng.random() < 0.5:
            parts["lines"].append(cover_load(rng, "s1"))
    if is_detailed:
        _add_detail(scene)
    return Drawn(make_id(rng, when), scene.post.code, when, scene.recorded, parts)


def recorded_at(rng: random.Random, office: str, found: datetime) -> datetime:
    """Draw when an office records a find: within days, or after the day it was due."""
    lag = timedelta(hours=2 + rng.expovariate(1 / 30))
    if found.month in LATE.get(office, ()) and found.year == 2026:
        after = (found.replace(day=1) + timedelta(days=32)).replace(day=DUE_DAY + 2, hour=8)
        return after + lag
    return found + min(lag, timedelta(days=9))


def write_moment(when: datetime) -> str:
    """Write a moment as an officer states it, in the country's time."""
    return f"{when + timedelta(hours=1):%Y-%m-%dT%H:%M}+01:00"


def _lines(scene: Scene) -> list[Part]:
    rng = scene.rng
    count = rng.choices([number for number, _ in LINES], weights=[share for _, share in LINES])[0]
    if scene.flow.startswith(("ipr", "security")) and rng.random() < 0.25:
        count += 1
    taken: set[str] = set()
    lines = []
    for number in range(1, count + 1):
        flow = scene.flow if number == 1 or rng.random() < 0.6 else draw(rng, flow_shares())
        commodity = draw_commodity(rng, flow, taken)
        if not commodity:
            continue
        taken.add(commodity)
        lines.append(make_line(rng, f"l{number}", commodity, scene.mode, scene.concealment))
    return lines


def _add_detail(scene: Scene) -> None:
    """Add what a full record tells: people, companies, assessments, an account, an assessment of it."""
    rng, parts = scene.rng, scene.parts
    if scene.location not in ("mail_centre", "express_courier", "unknown") and rng.random() < 0.75:
        parts["persons"] = _persons(scene)
        parts["lines"][0]["persons"] = ["p1"]
    if scene.is_freight:
        consignee = parts["consignments"][0]["consignee"]
        parts["companies"] = [
            {"id": "k1", "role": "consignee", "standing": "suspected", "name": consignee, "country": COUNTRY}
        ]
    if parts["lines"][0]["commodity"].startswith("drugs"):
        days = (scene.when, min(scene.when + timedelta(days=1), scene.recorded), scene.recorded)
        add_assessments(rng, parts["lines"][0], days)
    if rng.random() < 0.7:
        parts["narrative"] = write_narrative(scene)
    if rng.random() < 0.3:
        parts["intelligence"] = {
            "modus_operandi": "The same way of hiding was seen at this office before.",
            "source_reliability": rng.choice("123"),
            "information_credibility": rng.choice("ABC"),
            "handling": "P",
        }
    if rng.random() < 0.5:
        parts["offences"] = [{"id": "o1", "kind": "smuggling", "provision": "Customs code, art. 391", "lines": ["l1"]}]


def _persons(scene: Scene) -> list[Part]:
    rng = scene.rng
    country = scene.departure if scene.departure in names.ABROAD and rng.random() < 0.45 else COUNTRY
    people = []
    for number in range(1, rng.choice((1, 1, 1, 2)) + 1):
        sex = "female" if rng.random() < 0.18 else "male"
        person: Part = {
            "id": f"p{number}",
            "role": ROLES.get(scene.location, "owner") if number == 1 else "accomplice",
            "standing": rng.choice(("suspected", "suspected", "charged", "mentioned")),
            "name": names.person_name(rng, country, sex),
            "sex": sex,
            "nationality": country,
            "birth_year": scene.when.year - rng.randint(*AGES) - 1,
        }
        if number == 1 and rng.random() < 0.5:
            kind = "identity_card" if country == COUNTRY else "passport"
            person["documents"] = [{"id": "d1", "kind": kind, "number": names.passport(rng), "country": country}]
        if rng.random() < 0.2:
            person["phones"] = [names.phone(rng)]
        if person["standing"] == "charged":
            at = write_moment(scene.when + timedelta(hours=1))
            person["arrest"] = {"at": at, "authority": "Public prosecutor"}
        people.append(person)
    return people


def draw_moments(rng: random.Random, year: int, months: tuple[int, ...], total: int) -> list[datetime]:
    """Draw when things are found: so many a month, more by day than by night."""
    together = sum(months)
    counts = [round(total * count / together) for count in months]
    counts[-1] += total - sum(counts)
    moments = []
    for month, count in enumerate(counts, 1):
        first = datetime(year, month, 1, tzinfo=UTC)
        length = ((first + timedelta(days=32)).replace(day=1) - first).days
        for _ in range(count):
            hour = int(min(22, max(1, rng.gauss(12, 5))))
            day = timedelta(days=rng.randrange(length), hours=hour, minutes=rng.randrange(60))
            moments.append(first + day)
    return sorted(moments)
