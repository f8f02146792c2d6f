"""Bring the database to this program's version."""

from __future__ import annotations

import argparse

from opencen.config.migration import list_pending, migrate_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the dry run."""
    parser.add_argument("--dry-run", action="store_true", help="only name the steps; exit code 1 if there are any")


def run(arguments: argparse.Namespace) -> int:
    """Apply the pending steps, or name them."""
    steps = list_pending() if arguments.dry_run else migrate_database()
    for step in steps:
        print(("would apply " if arguments.dry_run else "applied ") + step)
    if not steps:
        print("the database is up to date")
    return 1 if arguments.dry_run and steps else 0
