"""Show code lists, find codes and load official files (`opencen codelists load FILE`)."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from opencen.codelists.catalogue import find, get_list, list_versions
from opencen.codelists.official import RefusedRow, read_file
from opencen.codelists.permissions import MANAGE_CODELISTS
from opencen.codelists.services import LoadedReport, load_file
from opencen.kernel.actor import system_actor

SHOWN_ROWS = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with lists here."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    acts.add_parser("list", help="name every list with its version")
    search = acts.add_parser("find", help="find codes of a list by typing in any language")
    search.add_argument("name", metavar="LIST")
    search.add_argument("query", metavar="TEXT")
    load = acts.add_parser("load", help="load official files, recognised by their header")
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="the day the files hold from; today")
    load.add_argument("--check", action="store_true", help="read and report, load nothing")
    load.add_argument("--accept-losses", action="store_true", help="even if many codes are gone from a file")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    if arguments.act == "list":
        return show_lists()
    if arguments.act == "find":
        return show_matches(arguments.name, arguments.query)
    actor = system_actor(MANAGE_CODELISTS)
    for path in arguments.files:
        if arguments.check:
            found = read_file(path)
            print(f"{path.name}: {found.format.name}, list {found.format.list_name}, {len(found.rows)} codes")
            show_rows("refused", found.refused)
            continue
        show_report(path, load_file(actor, path=path, version=arguments.as_of, accept_losses=arguments.accept_losses))
    return 0


def show_lists() -> int:
    """Print every list with its version."""
    for name, version in list_versions().items():
        print(f"{version}  {name}")
    return 0


def show_matches(name: str, query: str) -> int:
    """Print the codes that a text finds, with their place in the tree; nothing found is exit code 1."""
    matches = find(name, query)
    codes = get_list(name)
    for match in matches:
        print(f"{match.code}  {' > '.join(codes.path_labels(match.code))}")
    return 0 if matches else 1


def show_report(path: Path, report: LoadedReport) -> None:
    """Print what loading a file did."""
    if report.is_repeat:
        print(f"{path.name}: loaded before, as of {report.version}; nothing changed")
        return
    print(
        f"{path.name}: {report.format}, list {report.list_name} as of {report.version}: {report.total} codes, "
        f"{report.added} added, {report.changed} changed, {report.gone} gone"
    )
    show_rows("refused", report.refused)
    show_rows("taken in part", report.doubtful)


def show_rows(outcome: str, rows: tuple[RefusedRow, ...]) -> None:
    """Print the first rows that were not taken as they are, and how many more there are."""
    if rows:
        print(f"  rows {outcome}: {len(rows)}")
    for row in rows[:SHOWN_ROWS]:
        print(f"    line {row.line}: {row.reason} ({row.value})")
    if len(rows) > SHOWN_ROWS:
        print(f"    and {len(rows) - SHOWN_ROWS} more")
