"""Import a file: every row gets an outcome, a second time changes nothing; or take an import back as a whole."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from opencen.accounts.queries import actor_named
from opencen.commands.protocol import CommandFailed
from opencen.formats import services
from opencen.formats.handing_back import make_workbook, say
from opencen.formats.mapping import write_mapping
from opencen.formats.outcomes import OUTCOMES
from opencen.formats.proposing import propose
from opencen.formats.queries import batch_named, batch_of, find_mapping, reasons_of, totals_of
from opencen.formats.reading import WHOLE, open_sheet
from opencen.formats.running import run_now
from opencen.formats.statistics.services import keep_statistics
from opencen.formats.taking_back import take_back
from opencen.kernel.actor import Actor
from opencen.kernel.uploads.content import MAX_BYTES
from opencen.records.effective import effective_schema


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the file, its mapping and who imports it."""
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
    parser.add_argument("--mapping", default="", metavar="NAME", help="a saved or shipped mapping, or a TOML file")
    parser.add_argument("--type", default="case")
    parser.add_argument("--office", default="", metavar="CODE", help="whose records they become; your own without it")
    parser.add_argument("--as", dest="user", required=True, metavar="USER", help="user name of who imports")
    parser.add_argument("--historical", action="store_true", help="missing answers become warnings with one reason")
    parser.add_argument("--reason", default="", metavar="TEXT", help="the one reason of a historical import")
    parser.add_argument("--dry-run", action="store_true", help="say what would become of every row, store nothing")
    parser.add_argument("--statistics", default="", metavar="TITLE", help="keep sums as statistics, apart from cases")
    parser.add_argument("--first-month", type=int, default=0, metavar="1-12", help="first month of a fiscal year")
    parser.add_argument(
        "--take-back", default="", metavar="IMPORT", help="an import (B-2026-0012) to take back; --reason says why"
    )
    parser.add_argument("--workbook", type=Path, metavar="OUT", help="write the workbook with its red cells here")


def run(arguments: argparse.Namespace) -> int:
    """Import and print the sums; exit code 1 where rows were refused or wait."""
    actor = actor_named(arguments.user)
    if actor is None:
        raise CommandFailed(f"there is no active user {arguments.user!r}")
    if arguments.take_back:
        return undo(actor, arguments.take_back, arguments.reason)
    if arguments.file is None:
        raise CommandFailed("name the FILE to import, or --take-back IMPORT")
    content = read_content(arguments.file)
    batch = services.upload_file(
        actor, content=content, name=arguments.file.name, type=arguments.type, office=arguments.office
    )
    if arguments.statistics:
        first = arguments.first_month
        keep_statistics(actor, batch_id=batch.id, title=arguments.statistics, first_month=first)
        return report(actor, batch.id, False)
    if batch.mapping_name != WHOLE:
        mode = "historical" if arguments.historical else ""
        services.set_mapping(
            actor, batch_id=batch.id, mapping=choose_mapping(actor, batch, arguments.mapping), mode=mode,
            reason=arguments.reason,
        )  # fmt: skip
    if arguments.dry_run:
        services.start_dry_run(actor, batch_id=batch.id)
    else:
        services.start_run(actor, batch_id=batch.id)
    run_now(batch.id)
    if arguments.workbook:
        arguments.workbook.write_bytes(make_workbook(actor, batch_id=batch.id))
    return report(actor, batch.id, arguments.dry_run)


def undo(actor: Actor, wanted: str, reason: str) -> int:
    """Take an import back and print what stays; exit code 1 where something does."""
    batch = take_back(actor, batch_id=batch_named(actor, wanted).id, reason=reason)
    run_now(batch.id)
    totals = totals_of(batch)
    print(f"{totals.rows} rows: {totals.taken_back} taken back, {totals.stored} stay")
    for found in reasons_of(batch):
        if found.level == "stays":
            print(f"  {found.level:8} {found.rows:6}  {found.code}")
    return 1 if totals.stays else 0


def read_content(path: Path) -> bytes:
    """Read a file, no more of it than an upload may have."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandFailed(f"{path}: {error.strerror}") from None


def choose_mapping(actor: Actor, batch: Any, wanted: str) -> str:
    """Return the mapping's text."""
    if wanted.endswith(".toml"):
        return read_content(Path(wanted)).decode("utf-8", "replace")
    if wanted:
        return write_mapping(find_mapping(actor, wanted))
    mapping, _ = propose(actor, open_sheet(batch.sha256), effective_schema(batch.type))
    return write_mapping(mapping)


def report(actor: Actor, batch_id: UUID, is_dry: bool) -> int:
    """Print what became of the rows."""
    batch = batch_of(actor, batch_id)
    if batch.error:
        found = {"level": "error", **orjson.loads(batch.error)}
        print(f"stopped: {say(found, 'en', batch.type)}", file=sys.stderr)
        return 1
    totals = totals_of(batch)
    counts = asdict(totals)
    parts = " + ".join(f"{counts[name]} {name}" for name in OUTCOMES)
    print(f"{'dry run, nothing is stored: ' if is_dry else ''}{totals.rows} rows = {parts}")
    for reason in reasons_of(batch):
        print(f"  {reason.level:8} {reason.rows:6}  {reason.code}")
    return 1 if totals.refused or totals.waiting else 0
