"""Runs benchmarks, each on each database in a process of its own, and writes docs/benchmarks.md.

script/bench                    all of them
script/bench write_path         one
script/bench --quick            smaller sizes, to see that they run; writes nothing
script/bench --database sqlite  on one database only
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

from tests.bench.framework import Context, Row, describe_machine
from tests.support import homes
from tests.support.postgres import Cluster

PROJECT = Path(__file__).resolve().parents[2]
REPORT = PROJECT / "docs" / "benchmarks.md"
NOT_BENCHMARKS = ("__main__", "framework", "test_", "world")


def find_benchmarks() -> list[str]:
    """List the benchmarks: every module of this folder that runs on a context."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return [path.stem for path in modules if "\ndef run(context" in path.read_text("utf-8")]


def run_here(name: str, database: str, home: Path, is_quick: bool) -> None:
    """Run one benchmark in this process and print its rows as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "opencen.config.settings"
    django.setup()
    module = importlib.import_module(f"tests.bench.{name}")
    for row in module.run(Context(database, home, is_quick)):
        print("ROW " + json.dumps(row.as_dict()), flush=True)


def run_apart(name: str, database: str, cluster: Cluster | None, is_quick: bool) -> list[Row]:
    """Run one benchmark in a new process on a new installation."""
    home = homes.make_empty_home()
    environment = os.environ | {"OPENCEN_HOME": str(home), "PYTHONPATH": f"{PROJECT}:{PROJECT / 'src'}"}
    environment.pop("OPENCEN_DATABASE_URL", None)
    if cluster is not None:
        environment["OPENCEN_DATABASE_URL"] = cluster.create(f"bench_{name}_{int(time.time())}")
    subprocess.run(
        [sys.executable, "-m", "opencen.commands.main", "init"], env=environment, check=True, stdout=subprocess.DEVNULL
    )
    command = [sys.executable, "-m", "tests.bench", name, "--here", database, str(home)]
    output = subprocess.run(
        command + (["--quick"] if is_quick else []), env=environment, cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    homes.remove(home)
    rows = [Row(**json.loads(line[4:])) for line in output.stdout.splitlines() if line.startswith("ROW ")]
    if output.returncode:
        print(f"!! {name} on {database} ended with code {output.returncode}", file=sys.stderr)
    return rows


def format_number(value: float | None) -> str:
    """Write a figure with as many digits as it deserves."""
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def make_table(rows: list[Row]) -> str:
    """Lay the rows out as a Markdown table."""
    lines = ["| what | goal | measured | database | bare floor | ratio | note |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        cells = (
            row.name,
            row.goal,
            f"{format_number(row.value)} {row.unit}",
            row.database,
            f"{format_number(row.floor)} {row.unit}" if row.floor else "",
            f"{row.ratio:.2f}" if row.ratio else "",
            row.note,
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def describe_run(entry: dict[str, Any]) -> str:
    """Say when a benchmark ran and how busy the machine was; above the number of cores others worked on it too."""
    return f"Measured on {entry['on']}; load of the machine over the last quarter of an hour: {entry['load']}."


def write_report(rows: dict[str, list[Row]]) -> None:
    """Write the figures of this run over those of an earlier one, by benchmark and database."""
    kept_file = PROJECT / "docs" / "benchmarks.json"
    kept = json.loads(kept_file.read_text("utf-8")) if kept_file.exists() else {}
    for name, found in rows.items():
        load = f"{os.getloadavg()[2]:.1f}"
        run = {row.database for row in found}
        others = [row for row in kept.get(name, {}).get("rows", ()) if row["database"] not in run]
        kept[name] = {
            "on": datetime.now(UTC).date().isoformat(),
            "load": load,
            "rows": [*others, *(row.as_dict() for row in found)],
        }
    kept_file.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
    machine = "\n".join(f"- {name}: {text}" for name, text in describe_machine().items())
    parts = [
        f"## {name}\n\n{describe_run(entry)}\n\n{make_table([Row(**row) for row in entry['rows']])}"
        for name, entry in sorted(kept.items())
    ]
    head = (
        "# Benchmarks\n\nWritten by `script/bench`. Medians; the bare floor is the same work without the product, "
        f"measured in the same run; the load generator shares the machine.\n\n{machine}\n\n"
    )
    REPORT.write_text(head + "\n\n".join(parts) + "\n", "utf-8")


def main() -> int:
    """Run what was asked for, print the table, write the report."""
    parser = argparse.ArgumentParser(
        prog="script/bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="*")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--here", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        run_here(chosen.names[0], chosen.here[0], Path(chosen.here[1]), chosen.quick)
        return 0
    known = find_benchmarks()
    if unknown := set(chosen.names) - set(known):
        parser.error(f"no benchmark called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    wants_postgres = chosen.database != "sqlite" and Cluster.is_installed()
    cluster = Cluster.start(durable=True) if wants_postgres else None
    databases = [name for name in ("sqlite", "postgresql") if chosen.database in (None, name)]
    if cluster is None:
        databases = [name for name in databases if name == "sqlite"]
    found: dict[str, list[Row]] = {}
    try:
        for name in chosen.names or known:
            for database in databases:
                print(f"== {name} on {database}", flush=True)
                rows = run_apart(name, database, cluster if database == "postgresql" else None, chosen.quick)
                found.setdefault(name, []).extend(rows)
                print(make_table(rows), flush=True)
    finally:
        if cluster is not None:
            cluster.stop()
    if not chosen.quick:
        write_report(found)
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
