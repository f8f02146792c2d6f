"""Lists, totals and facets equal a plain loop over all records: for any reader, and right after any change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.log.models import Entry, Unsealed
from opencen.log.sealer import seal_all
from opencen.records import events
from opencen.records.derived import catch_up, rebuild
from opencen.records.models import Record, Revision
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.search.store import SEARCH
from tests.bench.world import COMPARTMENTS, World, load_world
from tests.records.search import oracle

pytestmark = pytest.mark.django_db

FACETS = (
    "commodity", "concealment", "mode", "departure", "destination", "location_type", "direction", "year", "month",
    "state", "office", "batch",
)  # fmt: skip
SIZE = 70
Change = Callable[[Record, Random, World], str]


def move(record: Record, rng: Random, world: World) -> str:
    record.office_id = rng.choice(list(world.offices.values()))
    return events.STORED.name


def classify(record: Record, rng: Random, world: World) -> str:
    record.sensitivity = rng.randrange(4)
    record.compartment_id = rng.choice([None, *COMPARTMENTS])
    return events.CLASSIFIED.name


def cancel(record: Record, rng: Random, world: World) -> str:
    record.state = "cancelled"
    return events.CANCELLED.name


def validate(record: Record, rng: Random, world: World) -> str:
    record.state = "validated"
    return events.VALIDATED.name


def amend(record: Record, rng: Random, world: World) -> str:
    latest = Revision.objects.get(record=record, number=record.revision)
    public = orjson.loads(latest.public)
    public["direction"] = "transit"
    public.pop("route", None)
    latest.pk, latest.number, latest.public = uuid7(), record.revision + 1, orjson.dumps(public).decode()
    latest.save(force_insert=True)
    record.revision, record.state, record.quality = latest.number, "amended", rng.randrange(100)
    return events.STORED.name


def erase(record: Record, rng: Random, world: World) -> str:
    Revision.objects.filter(record=record).update(nominal='{"document": {}}', erased_at=now())
    return events.ERASED.name


CHANGES: tuple[Change, ...] = (move, classify, cancel, validate, amend, erase)


def change_world(world: World, rng: Random, count: int) -> None:
    """Change records as the acts of the house do, each with its entry in the log."""
    for record in rng.sample(list(Record.objects.order_by("pk")), count):
        act = rng.choice(CHANGES)(record, rng, world)
        record.changed_at = now()
        record.save()
        entry = Entry.objects.create(
            uid=uuid7(), at=now(), act=act, actor_id=record.author_id, actor_kind="user",
            subject_type="case", subject_id=str(record.id),
        )  # fmt: skip
        Unsealed.objects.create(entry=entry)


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """Draw a reader: of any offices, clearance, compartments and databases."""
    offices = draw(st.one_of(st.none(), st.frozensets(st.integers(1000, 1120).map(lambda n: UUID(int=n)), max_size=60)))
    return Actor(
        id=UUID(int=draw(st.integers(500, 699))),
        kind="user",
        name="Reader",
        office_ids=offices,
        permissions=draw(st.sampled_from([frozenset({"case:read"}), frozenset({"case:read"}), frozenset()])),
        clearance=draw(st.integers(0, 3)),
        compartments=draw(st.frozensets(st.sampled_from(COMPARTMENTS))),
    )


def requests(world: list[oracle.Known]) -> st.SearchStrategy[SearchRequest]:
    """Draw requests from what stands in the records, and from what does not."""
    words = sorted({word for known in world for word in known.words})
    plain = [word for word in words if word.isalpha()]
    plates = [found["plate"] for known in world for found in known.document["conveyances"] if "plate" in found]
    values = {name: sorted({v for known in world for v in known.facets[name]} | {"", "none.such"}) for name in FACETS}
    filters = st.dictionaries(st.sampled_from(FACETS), st.just([]), max_size=3).flatmap(
        lambda chosen: st.fixed_dictionaries(
            {name: st.lists(st.sampled_from(values[name]), max_size=3) for name in chosen}
        )
    )
    text = st.one_of(
        st.just(""),
        st.lists(st.sampled_from(plain), max_size=2).map("|".join),
        st.sampled_from(plates).map(lambda plate: plate.replace(" ", "")),
    )
    dates = st.one_of(st.none(), st.dates(date(2016, 1, 1), date(2026, 6, 1)))
    return st.builds(
        SearchRequest,
        type=st.sampled_from(["case", ""]),
        text=text,
        filters=filters,
        facets=st.just(FACETS),
        occurred_from=dates,
        occurred_to=dates,
        quality_below=st.one_of(st.none(), st.integers(0, 101)),
        mine=st.sampled_from([False, False, False, True]),
        has_photos=st.booleans(),
        waiting=st.sampled_from([False, False, True]),
        sort=st.sampled_from(["newest", "oldest", "changed", "quality", "reference", "relevance"]),
        limit=st.just(500),
    )


def compare(actor: Actor, asked: SearchRequest, world: list[oracle.Known]) -> int:
    """Compare one answer with the loop and return how many it found."""
    result = search(actor, replace(asked, text=asked.text.replace("|", " ")))
    if result.spelling_forgiven:
        assert oracle.find(actor, asked, world) == set()
        return 0
    expected = oracle.find(actor, asked, world)
    assert set(result.ids) == expected
    assert result.total == len(expected)
    if "case:read" in actor.permissions:
        assert {name: dict(found) for name, found in result.facets.items()} == oracle.count(actor, asked, world)
    return result.total


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_answers_equal_a_loop_over_all_records(seed: int) -> None:
    world, rng = load_world(SIZE, seed), Random(seed)
    rebuild(SEARCH)
    change_world(world, rng, 25)
    known = oracle.read_world()
    totals: list[int] = []

    @settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(actors(), requests(known))
    def check(actor: Actor, asked: SearchRequest) -> None:
        totals.append(compare(actor, asked, known))

    check()
    assert sum(total > 0 for total in totals) > 5


def every_record(known: list[oracle.Known]) -> Any:
    """Ask for everything, with every facet, as three readers."""
    may = frozenset({"case:read"})
    everyone = Actor(id=UUID(int=1), kind="user", name="", office_ids=None, permissions=may, clearance=3)
    readers = [
        replace(everyone, compartments=frozenset(COMPARTMENTS)),
        replace(everyone, clearance=0),
        replace(everyone, office_ids=frozenset(UUID(int=number) for number in range(1001, 1010))),
    ]
    return [compare(reader, SearchRequest(facets=FACETS, limit=500), known) for reader in readers]


@pytest.mark.parametrize("seed", [3, 4])
def test_every_stage_of_reading_in_answers_alike(seed: int) -> None:
    world, rng = load_world(SIZE, seed), Random(seed)
    rebuild(SEARCH)
    change_world(world, rng, 30)
    known = oracle.read_world()
    unsealed = every_record(known)
    seal_all()
    assert every_record(known) == unsealed
    catch_up(SEARCH)
    assert every_record(known) == unsealed
    assert SEARCH.verify() == []
    change_world(world, rng, 10)
    every_record(oracle.read_world())
    rebuild(SEARCH)
    every_record(oracle.read_world())
    assert min(unsealed) > 0
