"""Lists with facets, text search and the case page over 500,000 cases, for readers of an office, a district, the country.

The time is that of the whole page on the server: sign-in, lock, search, rows and template. The floor is the same
question put to the plain database: GROUP BY for facets, LIKE for words.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opencen.accounts.models import Grant, Office, User
from opencen.accounts.queries import actor_of
from opencen.kernel.actor import Actor
from opencen.kernel.ids import uuid7
from opencen.records.derived import CHUNK, load_current, rebuild
from opencen.records.lock import visible_to
from opencen.records.models import Record
from opencen.records.search import files
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.search.store import SEARCH
from tests.bench.counting import count_asked
from tests.bench.framework import Context, Row, percentile
from tests.bench.subject_names import misspelt, mixed
from tests.bench.world import load_world
from tests.support.server import Server

GOAL = "p95 < 200 ms"
COUNT = 500_000
READERS = {"office": ("officer", "D01O03"), "district": ("validator", "D01"), "country": ("analyst", "HQ")}
TEXTS = {
    "common word": "bags",
    "three words": "driver stated goods",
    "phrase": '"wrapped in plastic"',
    "code in French": "résine",
    "misspelt word": "cocane",
    "no such word": "xqzwvk",
}
NATIONAL = {
    "common word": "bags",
    "misspelt word": "cocane",
    "two misspelt words": "wraped plastc",
    "name in Cyrillic letters": "Карим",
    "name in Arabic letters": "كريم",
    "misspelt name in its field": "person:pavvel",
    "code in Arabic": "كوكايين",
    "year and word": "date:2024 bags",
    "no such word": "xqzwvk",
}
CYRILLIC = str.maketrans("abdefghijklmnoprstuvyz", "абдефгхижклмнопрстувйз")
HEAD_FACETS = ("state", "kind", "office_id")
JSON_FACETS = (
    "commodity",
    "concealment",
    "location_type",
    "direction",
    "detection",
    "mode",
    "departure",
    "destination",
)


def make_readers() -> dict[str, Client]:
    """Sign a reader of each scope in."""
    clients = {}
    for scope, (role, code) in READERS.items():
        office = Office.objects.get(code=code)
        user = User.objects.create(username=scope, name=scope.title(), office=office)
        Grant.objects.create(user=user, role=role, office=office)
        clients[scope] = Client(SERVER_NAME="localhost")
        clients[scope].force_login(user, "django.contrib.auth.backends.ModelBackend")
    return clients


def measure(work: Callable[[], object], times: int) -> tuple[list[float], list[float]]:
    """Give the milliseconds of each of several runs, the first one aside: by the clock, and on the processor."""
    work()
    clock, processor = [], []
    for _ in range(times):
        start, busy = time.perf_counter(), time.process_time()
        work()
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - busy) * 1000)
    return clock, processor


class Pages:
    """Ask for pages and make rows of what they took."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.times = 5 if context.is_quick else 40
        self.rows: list[Row] = []

    def add(
        self, name: str, client: Client, addresses: Sequence[str], floor: float | None = None, note: str = ""
    ) -> None:
        """Measure one kind of page over its addresses in turn."""
        turn = iter(addresses * (self.times + 2))

        def ask() -> None:
            response = client.get(next(turn))
            if response.status_code != 200:
                raise RuntimeError(f"{name}: {response.status_code}")

        took, busy = measure(ask, self.times)
        with CaptureQueriesContext(connection) as captured:
            ask()
        cost = f"p50 {percentile(took, 0.5):.0f} ms, processor p95 {percentile(busy, 0.95):.0f} ms"
        told = f"{cost}; {count_asked(captured)} SQL statements{note}"
        self.keep(Row(name, GOAL, percentile(took, 0.95), "ms", self.context.database, floor, told))

    def keep(self, row: Row) -> None:
        """Keep a row and show it at once."""
        self.rows.append(row)
        print(f"{row.name}: {row.value:.0f} {row.unit} {row.note}", file=sys.stderr, flush=True)


def ask_plainly(actor: Actor, text: str = "") -> None:
    """Put a list to the database alone: the lock, a LIKE for each word, the count, a page and a GROUP BY a facet."""
    rows = visible_to(actor).filter(type="case")
    for word in text.strip('"').split():
        like = f"%{word}%"
        rows = rows.extra(
            where=[
                "EXISTS (SELECT 1 FROM records_revision r WHERE r.record_id = records_record.id "
                "AND r.number = records_record.revision AND (lower(r.public) LIKE %s OR lower(r.nominal) LIKE %s))"
            ],
            params=[like, like],
        )
    rows.count()
    list(rows.order_by("-occurred_on", "-id")[:50])
    for name in HEAD_FACETS:
        list(rows.order_by().values_list(name).annotate(Count("id")))
    sql, params = rows.order_by().values_list("summary").query.sql_with_params()
    with connection.cursor() as cursor:
        for name in JSON_FACETS:
            value = f"summary::json->>'{name}'" if connection.vendor == "postgresql" else f"summary->>'{name}'"
            cursor.execute(f"SELECT {value}, count(*) FROM ({sql}) AS found GROUP BY 1", params)
            cursor.fetchall()


def measure_memory(context: Context, pages: Pages, client: Client, addresses: Sequence[str]) -> None:
    """Ask the web processes of a server for pages, each several times, and tell what the largest of them holds."""
    cookie = "; ".join(f"{name}={found.value}" for name, found in client.cookies.items())
    server = Server.start(context.home, database_url=os.environ.get("OPENCEN_DATABASE_URL", ""), web_only=True)
    try:
        for address in [*addresses] * 4:
            status, _ = server.get(quote(address, safe="/?=&"), timeout=60, cookie=cookie)
            if status != 200:
                raise RuntimeError(f"{address}: {status}")
        held = [process.memory_full_info() for process in server.web_processes()]
    finally:
        server.stop()
    largest = max(held, key=lambda found: found.rss)
    note = (
        f"resident, of {len(held)} processes the largest; {largest.uss / 2**20:.0f} MB its own, "
        f"{largest.pss / 2**20:.0f} MB with shared pages parted; the rest libraries and files of the index mapped in"
    )
    name, size = "memory of a web process after these pages", largest.rss / 2**20
    pages.keep(Row(name, "< 300 MB", size, "MB", context.database, note=note))


def build_store(context: Context, pages: Pages, kept: Path) -> None:
    """Build the store, or take it from an earlier run over the same world, and tell its size."""
    built = kept / "built.json"
    if built.exists() and json.loads(built.read_text("utf-8"))["version"] == files.VERSION:
        shutil.copytree(kept / "store", files.folder(), dirs_exist_ok=True)
    else:
        start, busy = time.perf_counter(), time.process_time()
        rebuild(SEARCH)
        told = {
            "version": files.VERSION,
            "seconds": time.perf_counter() - start,
            "processor": time.process_time() - busy,
            "database": context.database,
        }
        shutil.copytree(files.folder(), kept / "store", dirs_exist_ok=True)
        built.write_text(json.dumps(told), "utf-8")
    told = json.loads(built.read_text("utf-8"))
    note = f"{told['processor']:.0f} s on the processor; built on {told['database']}"
    pages.keep(Row("text search: built from all revisions", "", told["seconds"], "s", context.database, note=note))
    size = sum(path.stat().st_size for path in files.folder().rglob("*") if path.is_file()) / 1e6
    parts = f"{len(files.read_manifest().parts)} parts"
    pages.keep(Row("text search: size on disk", "", size, "MB", context.database, note=parts))


def change_store(context: Context, pages: Pages) -> None:
    """Tell how long a burst of changes and an erasure take."""
    ids = list(Record.objects.values_list("pk", flat=True)[:CHUNK])
    current = load_current(ids)
    took = min(context.times(lambda: SEARCH.apply(current[:1000], [], SEARCH.cursor()), 3))
    pages.keep(Row("text search: 1,000 changed cases read in", "", took, "s", context.database))
    took = context.times(lambda: SEARCH.erase(ids[:1]), 1)[0]
    pages.keep(Row("text search: one case erased physically", "", took, "s", context.database))


def run(context: Context) -> list[Row]:
    """Load the world, build the store, ask for every kind of page."""
    world = load_world(5000 if context.is_quick else COUNT)
    pages = Pages(context)
    build_store(context, pages, world.folder)
    clients = make_readers()
    actors = {scope: actor_of(User.objects.get(username=scope)) for scope in READERS}
    for scope, client in clients.items():
        total = search(actors[scope], SearchRequest(type="case")).total
        floor = percentile(context.times(lambda: ask_plainly(actors[scope]), 2), 0.5) * 1000  # noqa: B023 - run at once
        pages.add(f"list with facets, reader of the {scope}", client, ["/cases"], floor, f"; {total:,} cases")
    pages.add("list narrowed by two facets, district", clients["district"], ["/cases?commodity=drugs&direction=import"])
    for name, text in TEXTS.items():
        found = search(actors["district"], SearchRequest(type="case", text=text)).total
        floor = percentile(context.times(lambda: ask_plainly(actors["district"], text), 1), 0.5) * 1000  # noqa: B023
        pages.add(
            f"text search, district: {name}", clients["district"], [f"/cases?q={text}"], floor, f"; {found:,} found"
        )
    for name, text in NATIONAL.items():
        found = search(actors["country"], SearchRequest(type="case", text=text)).total
        if not found and name != "no such word":
            raise RuntimeError(f"{name}: {text} finds nothing in this world")
        pages.add(f"text search, country: {name}", clients["country"], [f"/cases?q={text}"], note=f"; {found:,} found")
    _add_names(pages, clients["country"], actors["country"], rare_names(actors["country"]))
    rare = rare_names(actors["district"])
    pages.add("text search, district: a person's name", clients["district"], [f"/cases?q={name}" for name in rare])
    ids = list(visible_to(actors["district"]).values_list("pk", flat=True)[:2000])
    chosen = random.Random(5).sample(ids, min(60, len(ids)))
    pages.add("case page", clients["district"], [f"/cases/{key}" for key in chosen])
    measure_known(context, pages, clients, chosen)
    addresses = ["/cases", *(f"/cases?q={text}" for text in TEXTS.values()), *(f"/cases/{key}" for key in chosen)]
    measure_memory(context, pages, clients["district"], addresses)
    change_store(context, pages)
    return pages.rows


def _add_names(pages: Pages, client: Client, actor: Actor, names: Sequence[str]) -> None:
    """Ask for whole names of persons as another hand writes them: misspelt, in its field, in Cyrillic letters."""
    slips = [misspelt(name, mixed(at, 78)) for at, name in enumerate(names)]
    forms = {
        "a whole name, misspelt": slips,
        "a whole name, misspelt, in its field": [f'person:"{name}"' for name in slips],
        "a whole name in Cyrillic letters": [name.lower().translate(CYRILLIC) for name in names],
    }
    for name, texts in forms.items():
        met = sum(search(actor, SearchRequest(type="case", text=text)).total > 0 for text in texts)
        addresses = [f"/cases?q={quote(text)}" for text in texts]
        pages.add(f"text search, country: {name}", client, addresses, note=f"; {met} of {len(texts)} find something")


def measure_known(context: Context, pages: Pages, clients: dict[str, Client], ids: Sequence[UUID]) -> None:
    """Ask what is known already of new entries that share consignee, container, plate, route and concealment."""
    documents = [found.document for found in load_current(list(ids))]
    with_goods = [document for document in documents if document.get("consignments")] or documents
    for scope in ("office", "country"):
        turn = iter(with_goods * (pages.times + 2))

        def ask() -> None:
            body = {"type": "case", "id": str(uuid7()), "document": next(turn)}  # noqa: B023 - run at once
            response = clients[scope].post("/api/v1/known", body, content_type="application/json")  # noqa: B023
            if response.status_code != 200:
                raise RuntimeError(f"what is known: {response.status_code}")

        took, busy = measure(ask, pages.times)
        note = f"p50 {percentile(took, 0.5):.0f} ms, processor p95 {percentile(busy, 0.95):.0f} ms"
        name = f"what is known already beside an entry, reader of the {scope}"
        pages.keep(Row(name, "< 100 ms", percentile(took, 0.95), "ms", context.database, note=note))


def rare_names(actor: Actor) -> list[str]:
    """Take some persons' names out of the cases that an actor sees."""
    ids = list(visible_to(actor).values_list("pk", flat=True)[:400])
    people = [person for found in load_current(ids) for person in found.document.get("persons", ())]
    return [person["name"] for person in people][:40]
