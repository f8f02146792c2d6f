"""Files through the whole door: read, mapped, checked, stored, logged; against bare inserts, and as a large workbook."""

from __future__ import annotations

import io
import time

import xlsxwriter

from opencen.formats import services
from opencen.formats.handing_back import make_workbook
from opencen.formats.models import ImportBatch
from opencen.formats.queries import totals_of
from opencen.formats.running import run_now
from opencen.kernel.actor import Actor
from tests import make
from tests.bench.door import count_rows, write_bare
from tests.bench.framework import Context, Row

GOODS = ("Cannabis resin", "Cocaine", "Heroin", "Cigarettes", "Pangolin", "Résine de cannabis")
FROM = ("Morocco", "Ecuador", "Libye", "TUR", "China", "Nigeria")
MAPPING = """
name = "bench"
type = "case"
mode = "historical"
key = ["Number"]
constants = { kind = "seizure", form = "short", country = "TN", direction = "import", e_commerce = "no" }
items = { "lines[l1]" = { role = "contraband" }, "route[r1]" = { role = "departure" } }

[[column]]
header = "Number"
to = ["external_references[r1].number"]

[[column]]
header = "Date"
to = ["detected_at"]
order = "dmy"

[[column]]
header = "Where"
to = ["location_type"]

[[column]]
header = "Why"
to = ["detection_method"]

[[column]]
header = "Goods"
to = ["lines[l1].commodity"]

[[column]]
header = "Kilograms"
to = ["lines[l1].quantity"]
decimal = "comma"
beside = { unit = "kg", basis = "gross" }

[[column]]
header = "Hidden"
to = ["lines[l1].concealment.place"]

[[column]]
header = "Transport"
to = ["conveyances[v1].mode"]

[[column]]
header = "From"
to = ["route[r1].country"]

[[column]]
header = "What happened"
to = ["narrative"]
"""


def generate(number: int) -> bytes:
    """Generate a register of plausible rows."""
    lines = ["Number;Date;Where;Why;Goods;Kilograms;Hidden;Transport;From;What happened"]
    for n in range(number):
        day, month, year = n % 28 + 1, n % 12 + 1, 2012 + n % 10
        kilograms = f"{n % 90 + 1},{n % 100:02d}"
        goods, origin = GOODS[n % len(GOODS)], FROM[n % len(FROM)]
        lines.append(
            f"R{n};{day:02d}/{month:02d}/{year};Seaport;Risk profiling;{goods};{kilograms};In luggage;"
            f"By road;{origin};Found behind the seats of a van by the second team, entry {n}"
        )
    return "\n".join(lines).encode()


def generate_workbook(number: int, columns: int = 40) -> bytes:
    """Generate the same register as a workbook, with further columns that people keep and nobody maps."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Register")
        for place, line in enumerate(generate(number).decode().split("\n")):
            cells = line.split(";")
            spare = range(columns - len(cells))
            cells += [f"Note {n}" if not place else f"entry {place * n % 997}" if n % 3 else "" for n in spare]
            sheet.write_row(place, 0, cells)
    return stream.getvalue()


def run_workbook(context: Context) -> list[Row]:
    """Import a workbook of a hundred thousand rows and forty columns, and hand it back."""
    number = 2000 if context.is_quick else 100_000
    officer = make.actor("officer", "RDS")
    content = generate_workbook(number)
    start, worked = time.perf_counter(), time.process_time()
    batch = _import(officer, content, "register.xlsx")
    report = totals_of(batch)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    assert report.stored == number, report
    peak = context.peak_megabytes()
    start = time.perf_counter()
    make_workbook(officer, batch_id=batch.id)
    back = time.perf_counter() - start
    name = f"workbook of {number:,} rows x 40 columns"
    note = f"{worked:.1f} s of this process's own"
    return [
        Row(f"{name}, whole way with report", "<= 90 s", seconds, "s", context.database, note=note),
        Row(f"{name}: memory", "< 800 MB", peak, "MB", context.database),
        Row(f"{name}: the workbook handed back", "", back, "s", context.database),
    ]


def run(context: Context) -> list[Row]:
    """Import the file, then write the same rows bare, and import it again."""
    number = 1000 if context.is_quick else 10_000
    officer = make.actor("officer", "RDS")
    content = generate(number)
    before = context.peak_megabytes()
    start, worked = time.perf_counter(), time.process_time()
    batch = _import(officer, content)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = context.peak_megabytes()
    counts = totals_of(batch)
    assert counts.stored == number, counts
    counted = count_rows()
    floor, total = write_bare(10**9)
    start = time.perf_counter()
    again = totals_of(_import(officer, content))
    repeat = time.perf_counter() - start
    assert again.unchanged == number, again
    name = f"file of {number:,} rows through the whole door"
    note = (
        f"{number / seconds:,.0f} rows/s; {worked:.1f} s of this process's own; {total:,} rows in {len(counted)} tables"
    )
    return [
        Row(name, "<= 10 s", seconds, "s", context.database, floor=floor, note=note),
        Row(f"{name}: memory", "< 500 MB", peak, "MB", context.database, note=f"{before:.0f} MB before"),
        Row(f"{name}, again (nothing changes)", "", repeat, "s", context.database),
        *run_workbook(context),
    ]


def _import(officer: Actor, content: bytes, name: str = "register.csv") -> ImportBatch:
    batch = services.upload_file(officer, content=content, name=name)
    mapping = MAPPING if name.endswith(".csv") else MAPPING.replace('name = "bench"', 'name = "bench_workbook"')
    services.set_mapping(officer, batch_id=batch.id, mapping=mapping, reason="Generated for measuring")
    services.start_run(officer, batch_id=batch.id)
    return run_now(batch.id)
