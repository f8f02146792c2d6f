"""Build tables and derived stores anew from revisions and the log."""

from __future__ import annotations

import argparse
import sys

from opencen.commands.protocol import CommandFailed
from opencen.records.derived import DERIVED, rebuild
from opencen.records.rebuilding import rebuild_projection

TABLES = "tables"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare which stores."""
    names = ", ".join([TABLES, *DERIVED.names()])
    parser.add_argument("stores", nargs="*", metavar="STORE", help=f"{names}; all of them when none is named")
    parser.add_argument("--verify", action="store_true", help="compare derived stores with the records instead")


def run(arguments: argparse.Namespace) -> int:
    """Rebuild or compare what was named."""
    known = [TABLES, *DERIVED.names()]
    if unknown := sorted(set(arguments.stores) - set(known)):
        raise CommandFailed(f"there is no store {', '.join(unknown)}; there are {', '.join(known)}")
    chosen = [name for name in known if name in arguments.stores or not arguments.stores]
    return compare(chosen) if arguments.verify else build(chosen)


def build(names: list[str]) -> int:
    """Rebuild stores and say how many records went in."""
    for name in names:
        count = rebuild_projection(show) if name == TABLES else rebuild(DERIVED.get(name), show)
        print(f"\r{name}: {count} records")
    return 0


def compare(names: list[str]) -> int:
    """Compare derived stores with the records and name what differs."""
    differing = 0
    for name in names:
        if name == TABLES:
            continue
        differences = DERIVED.get(name).verify()
        differing += len(differences)
        print(f"{name}: {'agrees' if not differences else 'DIFFERS'}")
        print("".join(f"  {line}\n" for line in differences), end="")
    return 1 if differing else 0


def show(done: int, total: int) -> None:
    """Show progress on a terminal."""
    if sys.stderr.isatty():
        print(f"\r{done} of {total}", end="", file=sys.stderr, flush=True)
