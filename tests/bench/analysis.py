"""Figures over 500,000 cases: every question, the whole dashboard, building, following a change, erasing.

A figure's time is that of its queries on files that were read before; answers are forgotten between runs. The floor
is the bare GROUP BY of the same numbers over a flat table of the same rows in the plain database, without lock.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client

from opencen.accounts.models import Grant, Office, User
from opencen.analysis.facts.snapshot import drop_snapshot, present_snapshot
from opencen.analysis.facts.store import FACTS
from opencen.analysis.measures.selection import Selection
from opencen.analysis.queries import ask, list_questions, open_figures
from opencen.kernel.actor import Actor
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up, rebuild
from opencen.records.intake import submit
from opencen.records.models import Record
from tests import make
from tests.bench.framework import Context, Row
from tests.bench.world import World, load_world

COUNT = 500_000
PERIOD = Selection(date(2016, 1, 1), date(2026, 5, 1))
YEAR = Selection(date(2025, 1, 1), date(2025, 12, 1))
_WHERE = "kind IN ('seizure', 'offence') AND state IN ('validated', 'amended') AND month >= '2016-01-01'"
FLOORS = {
    "cases_by_month": f"SELECT month, count(DISTINCT record_id), count(*) FROM flat WHERE {_WHERE} GROUP BY 1",
    "cases_by_section": f"SELECT section, count(DISTINCT record_id), count(*) FROM flat WHERE {_WHERE} GROUP BY 1",
    "corridors": f"SELECT departure, destination, flow, count(*) FROM flat WHERE {_WHERE} GROUP BY 1, 2, 3",
    "section_by_location": f"SELECT section, location_type, count(*) FROM flat WHERE {_WHERE} GROUP BY 1, 2",
}
COLUMNS = ("record_id", "month", "kind", "state", "section", "flow", "location_type", "departure", "destination")


def make_flat() -> None:
    """Lay the rows that figures count out as one flat table of the plain database."""
    found = (
        present_snapshot()
        .connection.cursor()
        .execute(
            f"SELECT {', '.join(COLUMNS)} FROM (SELECT *, occurred_month AS month FROM lines) "
            "WHERE role = 'contraband' OR line_id IS NULL"
        )
    )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE flat ({', '.join(f'{name} text' for name in COLUMNS)})")
        while rows := found.fetchmany(20_000):
            texts = [tuple(None if value is None else str(value) for value in row) for row in rows]
            _insert(cursor, texts)
        cursor.execute("ANALYZE")


def _insert(cursor: Any, rows: list[tuple[str | None, ...]]) -> None:
    if connection.vendor == "postgresql":
        with cursor.cursor.copy("COPY flat FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    places = ",".join("?" * len(COLUMNS))
    connection.connection.executemany(f"INSERT INTO flat VALUES ({places})", rows)


def run_bare(query: str) -> None:
    """Run a query of the floor."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        cursor.fetchall()


def forgetting(work: Callable[[], object]) -> Callable[[], object]:
    """Do something with the answers of before forgotten."""

    def run() -> object:
        present_snapshot().forget()
        return work()

    return run


class Bench:
    """Collect rows and say them as they come."""

    def __init__(self, context: Context, world: World) -> None:
        self.context, self.world, self.rows = context, world, list[Row]()
        reads = {"permissions": frozenset({"analysis:read", "case:read", "control:read"})}
        self.national = reader_of_everything()
        self.district: Actor = replace(world.district(), **reads)

    def keep(self, name: str, goal: str, value: float, unit: str, floor: float | None = None, note: str = "") -> None:
        """Keep a row."""
        self.rows.append(Row(name, goal, value, unit, self.context.database, floor, note))
        print(self.rows[-1], file=sys.stderr, flush=True)

    def build(self) -> None:
        """Build the store from all revisions."""
        start, cpu = time.perf_counter(), time.process_time()
        count = rebuild(FACTS)
        took, cpu = time.perf_counter() - start, time.process_time() - cpu
        note = f"{count / took:,.0f} cases/s; {cpu:.0f} s of one core"
        self.keep("facts: built from all revisions", "< 60 s", took, "s", note=note)
        size = sum(path.stat().st_size for path in FACTS.folder.glob("*.parquet")) / 1e6
        self.keep("facts: size on disk", "", size, "MB", note=f"{FACTS.manifest().parts[0].rows:,} rows")

    def ask_questions(self) -> None:
        """Time every question for a reader of the country, over ten years."""
        for question in list_questions():
            name = question.name
            ask(self.national, name, PERIOD)
            figures = open_figures(self.national)
            cpu = time.process_time()
            took = self.context.median(forgetting(lambda: figures.ask(name, PERIOD)), 5) * 1000  # noqa: B023 - run at once
            cpu = (time.process_time() - cpu) / 5 * 1000
            floor = None
            if query := FLOORS.get(name):
                floor = self.context.median(lambda: run_bare(query), 2) * 1000
            self.keep(f"figure {name}, ten years, country", "", took, "ms", floor, f"{cpu:.0f} ms of one core")
        took = self.context.median(forgetting(lambda: ask(self.district, "cases_by_section", PERIOD)), 5) * 1000
        self.keep("figure cases_by_section, ten years, one district", "", took, "ms")

    def show_dashboard(self) -> None:
        """Time the whole page of one year."""
        user = User.objects.create(
            username="analyst", name="Analyst", clearance=1, office=Office.objects.get(code="HQ")
        )
        Grant.objects.create(user=user, role="analyst", office=user.office)
        client = Client(HTTP_HOST="localhost")
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        address = "/analysis?from=2025-01&to=2025-12"
        assert client.get(address).status_code == 200
        took = self.context.median(forgetting(lambda: client.get(address)), 5) * 1000
        self.keep("dashboard of a year, country, answers forgotten", "", took, "ms")
        took = self.context.median(lambda: client.get(address), 5) * 1000
        self.keep("dashboard of a year, country, nothing changed since", "", took, "ms")

    def follow_changes(self) -> None:
        """Time from the receipt of a new case to the figure that counts it, live and in the store."""
        officer = replace(
            self.world.office(), permissions=frozenset({"records:submit", "case:record", "case:read"}), clearance=1
        )
        chosen = replace(YEAR, since=None, until=None, states=("submitted",))
        before = ask(self.national, "cases_by_month", chosen).totals["cases"]
        document = make.case_document(office="D01O03")
        make.taken(submit(officer, make.submission(document)))
        start = time.perf_counter()
        after = ask(self.national, "cases_by_month", chosen).totals["cases"]
        self.keep("a new case is in a figure, not yet sealed", "< 5 s", time.perf_counter() - start, "s")
        assert after == before + 1
        seal_all()
        start = time.perf_counter()
        catch_up(FACTS)
        self.keep("a new case is taken into the store", "< 5 s", time.perf_counter() - start, "s")
        assert ask(self.national, "cases_by_month", chosen).totals["cases"] == after
        ids = list(Record.objects.values_list("pk", flat=True)[:1])
        took = self.context.times(lambda: FACTS.erase(ids), 1)[0]
        self.keep("one case erased physically from the facts", "", took, "s")


READER = """
from pathlib import Path
import django
django.setup()
import opencen.web.urls
from tests.bench.analysis import PERIOD, reader_of_everything
from opencen.analysis.queries import ask, list_questions
def resident():
    return int(Path("/proc/self/status").read_text("ascii").split("VmRSS:")[1].split()[0]) / 1024
before = resident()
for question in list_questions():
    ask(reader_of_everything(), question.name, PERIOD)
print(before, resident())
"""


def memory_of_reader() -> tuple[float, float]:
    """Give the megabytes that a new process of pages holds before and after it answered every question."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "opencen.config.settings"}
    done = subprocess.run([sys.executable, "-c", READER], env=environment, capture_output=True, text=True, check=True)
    before, after = done.stdout.split()
    return float(before), float(after)


def reader_of_everything() -> Actor:
    """Return an analyst of the whole country."""
    reads = frozenset({"analysis:read", "case:read", "control:read"})
    return Actor(id=UUID(int=9), kind="user", name="Reader", office_ids=None, permissions=reads, clearance=1)


def run(context: Context) -> list[Row]:
    """Load the world, build the store, ask everything."""
    bench = Bench(context, load_world(3000 if context.is_quick else COUNT))
    bench.build()
    drop_snapshot()
    make_flat()
    bench.ask_questions()
    bench.show_dashboard()
    bench.follow_changes()
    before, after = memory_of_reader()
    note = f"{before:.0f} MB before the first question"
    bench.keep("memory of a process that answered every question", "< 300 MB", after, "MB", note=note)
    return bench.rows
