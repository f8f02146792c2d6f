"""Figures over 500,000 cases: every question, the whole dashboard, building, following a change, erasing.

A figure's time is that of its queries on files that were read before; answers are forgotten between runs. The floor
is the bare GROUP BY of the same numbers over a flat table of the same rows in the plain database, without lock.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client

from opencen.accounts.models import Grant, Office, User
from opencen.analysis.facts.engine import connect
from opencen.analysis.facts.manifest import Part, write_manifest
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
from tests.bench.framework import Context, Row, percentile
from tests.bench.world import World, load_world

COUNT = 500_000
COPIES = 13
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
    found = present_snapshot().connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM (SELECT *, occurred_month AS month FROM lines) "
        "WHERE role = 'contraband' OR line_id IS NULL"
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


def forgetting(work: Callable[[], object], *, rows: bool = False) -> Callable[[], object]:
    """Do something with the answers of before forgotten, and the rows that figures share where it is said."""

    def run() -> object:
        present_snapshot().forget(rows=rows)
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
        start, cpu, others = time.perf_counter(), time.process_time(), processor_seconds()
        count = rebuild(FACTS)
        took, cpu = time.perf_counter() - start, time.process_time() - cpu
        note = (
            f"{count / took:,.0f} cases/s; {cpu:.0f} s of one core, and {processor_seconds() - others:.0f} s of another"
        )
        self.keep("facts: built from all revisions", "< 60 s", took, "s", note=note)
        size = sum(path.stat().st_size for path in FACTS.folder.glob("*.parquet")) / 1e6
        self.keep("facts: size on disk", "", size, "MB", note=f"{FACTS.manifest().parts[0].rows:,} rows")

    def ask_questions(self, size: str, goal: str, repeat: int) -> None:
        """Time every question for a reader of the country, over ten years, on rows that were laid out before."""
        for question in list_questions():
            name = question.name
            start = time.perf_counter()
            ask(self.national, name, PERIOD)
            first = time.perf_counter() - start
            work = partial(self.ask_anew, name)
            times = self.context.times(forgetting(work), repeat)
            present_snapshot().forget(rows=False)
            cpu = time.process_time()
            work()
            cpu = (time.process_time() - cpu) * 1000
            again = self.context.median(work, 3) * 1000
            floor = None
            if (query := FLOORS.get(name)) and size == "":
                floor = self.context.median(lambda: run_bare(query), 2) * 1000
            note = f"p95 {percentile(times, 0.95) * 1000:.0f} ms; {cpu:.0f} ms of one core; {again:.0f} ms when asked again"
            note += f"; the first time {first:.1f} s"
            self.keep(f"figure {name}, ten years{size}", goal, statistics.median(times) * 1000, "ms", floor, note)

    def ask_anew(self, name: str) -> None:
        """Ask as a page does, of the present moment: figures held longer than a snapshot would not be forgotten."""
        open_figures(self.national).ask(name, PERIOD)

    def ask_first(self) -> None:
        """Time the first figure after a start, which lays the rows out, that of another period, and of a district."""
        figures = open_figures(self.national)
        took = self.context.median(forgetting(lambda: figures.ask("cases_by_section", PERIOD), rows=True), 3) * 1000
        self.keep("figure cases_by_section, the first after a start", "", took, "ms")
        took = self.context.times(lambda: figures.ask("cases_by_section", YEAR), 1)[0] * 1000
        self.keep("figure cases_by_section, the first of another period", "< 100 ms", took, "ms")
        ask(self.district, "cases_by_section", PERIOD)
        took = self.context.median(forgetting(lambda: ask(self.district, "cases_by_section", PERIOD)), 5) * 1000
        self.keep("figure cases_by_section, ten years, one district", "", took, "ms")

    def grow(self, times: int) -> None:
        """Lay the facts out many times over, each copy with records of its own, as one part."""
        manifest = FACTS.manifest()
        part = manifest.parts[0]
        connection = connect(FACTS.folder / "spill", "2GB")
        files = {}
        for name, table in (("lines", part.lines), ("controls", part.controls)):
            files[name] = f"part-900000-{name}.parquet"
            source, target = (str(FACTS.folder / file) for file in (table, files[name]))
            other = "CAST(md5(CAST(record_id AS VARCHAR) || copy.range) AS UUID)"
            connection.execute(
                f"COPY (SELECT rows.* REPLACE ({other} AS record_id) FROM read_parquet('{source}') AS rows, "
                f"range({times}) AS copy) TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
            )
        connection.close()
        grown = Part(900_000, files["lines"], files["controls"], "", part.rows * times, part.records * times)
        write_manifest(FACTS.folder, manifest.with_parts((grown,), manifest.cursor))
        drop_snapshot()

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
        took = self.context.median(forgetting(lambda: client.get(address), rows=True), 5) * 1000
        self.keep("dashboard of a year, country, answers forgotten", "", took, "ms")
        took = self.context.median(lambda: client.get(address), 5) * 1000
        self.keep("dashboard of a year, country, nothing changed since", "", took, "ms")

    def follow_changes(self) -> None:
        """Time from the receipt of a new case to the figure that counts it, live and in the store."""
        officer = replace(
            self.world.office(), permissions=frozenset({"records:submit", "case:record", "case:read"}), clearance=1
        )
        chosen = replace(YEAR, since=None, until=None, states=("submitted", "returned", "validated", "amended"))
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
        start = time.perf_counter()
        assert ask(self.national, "cases_by_month", chosen).totals["cases"] == after
        self.keep("the next figure after the store took a case in", "< 5 s", time.perf_counter() - start, "s")
        ids = list(Record.objects.values_list("pk", flat=True)[:1])
        took = self.context.times(lambda: FACTS.erase(ids), 1)[0]
        self.keep("one case erased physically from the facts", "", took, "s")


def processor_seconds() -> float:
    """Return how long the processes that this one started and that have ended computed."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


READER = """
import sys, time
from pathlib import Path
import django
django.setup()
import opencen.web.urls
from tests.bench.analysis import PERIOD, reader_of_everything
from opencen.analysis.asking.choosing import ask_figures_process
from opencen.analysis.queries import ask, list_questions
from opencen.config.home import open_home
def resident():
    return int(Path("/proc/self/status").read_text("ascii").split("VmRSS:")[1].split()[0]) / 1024
ask_figures_process(open_home().path)
before, start = resident(), time.perf_counter()
ask(reader_of_everything(), "tiles", PERIOD)
first = time.perf_counter() - start
for question in list_questions():
    ask(reader_of_everything(), question.name, PERIOD)
print(before, resident(), first)
"""


def memory_of_reader() -> tuple[float, float, float, float]:
    """Give a web process's megabytes before and after every question, its first answer's seconds, and the other's."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "opencen.config.settings"}
    figures = subprocess.Popen([sys.executable, "-m", "opencen.config.figures"], env=environment)
    try:
        command = [sys.executable, "-c", READER]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        status = Path(f"/proc/{figures.pid}/status").read_text("ascii")
    finally:
        figures.terminate()
        figures.wait()
    before, after, first = (float(part) for part in done.stdout.split())
    return before, after, first, int(status.split("VmHWM:")[1].split()[0]) / 1024


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
    bench.ask_questions("", "< 100 ms", 1 if context.is_quick else 12)
    bench.ask_first()
    bench.show_dashboard()
    before, after, first, figures = memory_of_reader()
    note = f"{before:.0f} MB before the first question, which took {first:.1f} s with the start of the figures process"
    bench.keep("memory of a web process that asked every question", "< 300 MB", after, "MB", note=note)
    bench.keep("most memory of the figures process meanwhile", "", figures, "MB")
    bench.follow_changes()
    bench.grow(2 if context.is_quick else COPIES)
    bench.ask_questions(", 10 million facts", "< 300 ms", 1 if context.is_quick else 5)
    return bench.rows
