"""Lists, searches and record pages over 1,000,000 persons, 200,000 companies, 100,000 means of transport, 500,000 cases.

The time is that of the whole page on the server: sign-in, lock, search, rows and template. The world is kept below
.cache/world and made the first time, which takes the better part of an hour; `OPENCEN_BENCH_SUBJECTS=100000` asks for
a smaller one.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import count, islice

from django.test import Client

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from opencen.kernel.actor import Actor
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up
from opencen.records.links.graph.store import GRAPH
from opencen.records.lock import visible_to
from opencen.records.search import files
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.search.store import SEARCH
from tests.bench.framework import Context, Row
from tests.bench.search import Pages
from tests.bench.subject_documents import HEAVY, Size, passport_number, record_of
from tests.bench.subject_loading import READERS
from tests.bench.subject_names import misspelt, mixed, name_company, name_person
from tests.bench.subject_world import PROJECT, folder_of, prepare

SUSPECTS, QUICK = 1_000_000, 5000
PLACES = {"suspect": "/suspects", "company": "/companies", "conveyance": "/conveyances"}
ASKED = 40


class KeptPages(Pages):
    """Ask for pages while seals and derived stores are kept up, as the worker does beside the pages."""

    def add(
        self, name: str, client: Client, addresses: Sequence[str], floor: float | None = None, note: str = ""
    ) -> None:
        """Seal what was read so far, then measure one kind of page."""
        seal_all()
        for store in (SEARCH, GRAPH):
            catch_up(store)
        super().add(name, client, addresses, floor, note)


def run(context: Context) -> list[Row]:
    """Make the world ready, then measure in a process of its own installation."""
    suspects = QUICK if context.is_quick else int(os.environ.get("OPENCEN_BENCH_SUBJECTS", SUSPECTS))
    command = [sys.executable, "-m", "tests.bench.aside", "tests.bench.subjects", "measure", context.database]
    with prepare(suspects, context.database) as environment:
        given = [str(suspects), "quick" if context.is_quick else ""]
        done = subprocess.run([*command, *given], env=environment, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise RuntimeError(f"measuring ended with code {done.returncode}")
    return [Row(**json.loads(line[4:])) for line in done.stdout.splitlines() if line.startswith("ROW ")]


def measure(database: str, suspects: str, quick: str) -> None:
    """Ask for every kind of page and print what each took."""
    logging.disable(logging.INFO)
    size = Size.of(int(suspects))
    pages = KeptPages(Context(database, folder_of(size.suspect), bool(quick)))
    clients = {name: _sign_in(name) for name in READERS}
    actors = {name: actor_of(User.objects.get(username=name.replace(" ", "-"))) for name in READERS}
    _tell_stores(pages, size)
    clients["country"].get("/suspects")
    gc.collect()
    gc.freeze()  # as the server does with what it has loaded before it answers
    measure_lists(pages, clients, actors)
    measure_searches(pages, clients, actors, size)
    measure_records(pages, clients, actors, size)
    for row in pages.rows:
        print("ROW " + json.dumps(row.as_dict()), flush=True)


def _sign_in(name: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    user = User.objects.get(username=name.replace(" ", "-"))
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def _tell_stores(pages: Pages, size: Size) -> None:
    """Tell how long the product took to build what is derived, and how large it is."""
    database = pages.context.database
    for name, folder in (("search", files.folder()), ("graph", files.folder().parent / "graph")):
        seconds, processor = (folder_of(size.suspect) / f"built-{name}").read_text().split()
        megabytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        note = f"{size.total:,} records; {processor} s on the processor; {megabytes:,.0f} MB on disk; built on sqlite"
        pages.keep(Row(f"{name} built from all records", "", float(seconds), "s", database, note=note))


def measure_lists(pages: Pages, clients: dict[str, Client], actors: dict[str, Actor]) -> None:
    """Ask for the lists: first page with facets, narrowed, sorted, deep, by the API."""
    for reader, client in clients.items():
        total = search(actors[reader], SearchRequest(type="suspect")).total
        pages.add(f"persons, reader of the {reader}", client, ["/suspects"], note=f"; {total:,} persons")
    for kind in ("company", "conveyance"):
        for reader in ("district", "country"):
            total = search(actors[reader], SearchRequest(type=kind)).total
            name = f"{PLACES[kind][1:]}, reader of the {reader}"
            pages.add(name, clients[reader], [PLACES[kind]], note=f"; {total:,} records")
    asked = {
        "narrowed by standing and offence": "?kind=suspected&offence=smuggling",
        "narrowed by nationality and sex": "?nationality=TN&sex=male",
        "sorted by last change": "?sort=changed",
        "sorted by completeness": "?sort=quality",
        "sorted by reference": "?sort=reference",
        "oldest first": "?sort=oldest",
        "page 100": "?page=100",
        "page 200, the deepest": "?page=200",
    }
    for reader in ("district", "country"):
        for name, query in asked.items():
            pages.add(f"persons, {reader}: {name}", clients[reader], [f"/suspects{query}"])
    api = "/api/v1/records/suspect?limit=50"
    pages.add("persons by the API, country", clients["country"], [api])
    pages.add("persons by the API with facets, country", clients["country"], [f"{api}&facets=kind,nationality,offence"])


def measure_searches(pages: Pages, clients: dict[str, Client], actors: dict[str, Actor], size: Size) -> None:
    """Search by what people type: names in three scripts, with a slip, numbers, aliases."""
    for name, texts in texts_to_type(size).items():
        for reader in ("district", "country"):
            asked = list(islice(texts(), ASKED))
            found = sum(search(actors[reader], SearchRequest(type="suspect", text=text)).total for text in asked)
            note = f"; {found / len(asked):,.1f} found each"
            addresses = [f"/suspects?q={text}" for text in asked]
            pages.add(f"search, {reader}: {name}", clients[reader], addresses, note=note)
    companies = [name_company(number)[0] for number in _numbers(size.company, ASKED)]
    addresses = [f"/companies?q={name}" for name in companies]
    pages.add("search, country: name of a company", clients["country"], addresses)


def texts_to_type(size: Size) -> dict[str, Callable[[], Iterator[str]]]:
    """Return what is typed, by what it is; each asks for other persons."""

    def people(script: str = "") -> Iterator[int]:
        drawn = (mixed(place, 77) % size.suspect for place in count())
        return (number for number in drawn if not script or name_person(number).script == script)

    def latin(number: int) -> str:
        return name_person(number).latin

    def own(number: int) -> str:
        return name_person(number).text

    return {
        "a whole name in Latin letters": lambda: map(latin, people()),
        "a family name alone": lambda: (latin(number).split()[-1] for number in people()),
        "a common given name": lambda: iter(["Mohamed"] * ASKED),
        "a misspelt name": lambda: (misspelt(latin(number), mixed(number, 78)) for number in people()),
        "a name in Arabic letters": lambda: map(own, people("arab")),
        "a name in Cyrillic letters": lambda: map(own, people("cyrl")),
        "a name in Chinese letters": lambda: map(own, people("hans")),
        "a document number": lambda: map(passport_number, people()),
        "an alias": lambda: (_alias(number) for number in people() if mixed(number, 4) // 10 % 10 < 2),
        "name and year of birth": lambda: (f"{latin(number)} birth:{_born(number)}" for number in people()),
        "no such name": lambda: iter(["xqzwvk"] * ASKED),
    }


def _born(number: int) -> int:
    """Return the year in which a person of the bench was born."""
    return (date(1950, 1, 1) + timedelta(days=mixed(number, 5) % (56 * 365))).year


def _alias(number: int) -> str:
    return misspelt(name_person(number).latin, mixed(number, 4) // 100)


def measure_records(pages: Pages, clients: dict[str, Client], actors: dict[str, Actor], size: Size) -> None:
    """Ask for the pages of records: ordinary ones, and those that a thousand cases and links name."""
    for kind, place in PLACES.items():
        for reader in ("district", "country"):
            seen = list(visible_to(actors[reader]).filter(type=kind).values_list("pk", flat=True)[:2000])
            chosen = random.Random(5).sample(seen, min(ASKED, len(seen)))
            pages.add(f"page of a {kind}, {reader}", clients[reader], [f"{place}/{key}" for key in chosen])
            panels = [f"/records/{key}/links" for key in chosen]
            pages.add(f"links beside a {kind}, {reader}", clients[reader], panels)
        heavy = record_of(kind, HEAVY, size)
        pages.add(f"page of a {kind} that 1,000 cases name", clients["country"], [f"{place}/{heavy}"])
    heavy = record_of("suspect", HEAVY, size)
    pages.add("links beside a person with 1,000 links", clients["country"], [f"/records/{heavy}/links"])
    pages.add("link chart of a person with 1,000 links", clients["country"], [f"/chart?record={heavy}"])
    seen = list(visible_to(actors["district"]).filter(type="case").values_list("pk", flat=True)[:2000])
    chosen = random.Random(5).sample(seen, min(ASKED, len(seen)))
    pages.add("page of a case with linked records", clients["district"], [f"/cases/{key}" for key in chosen])


def _numbers(most: int, many: int) -> list[int]:
    return [mixed(place, 79) % most for place in range(many)]
