"""Export records that a user may see to a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from opencen.accounts.queries import actor_named
from opencen.commands.protocol import CommandFailed
from opencen.formats.exporting import MAX_RECORDS, export_records, listed_ids
from opencen.formats.format import export_format
from opencen.records.search.request import SearchRequest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is exported, for whom, and where to."""
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--type", default="case")
    parser.add_argument("--format", default="xlsx")
    parser.add_argument("--text", default="", help="only records that a search for this finds")
    parser.add_argument("--as", dest="user", required=True, metavar="USER", help="user name of whose records they are")


def run(arguments: argparse.Namespace) -> int:
    """Write the file whole or not at all."""
    actor = actor_named(arguments.user)
    if actor is None:
        raise CommandFailed(f"there is no active user {arguments.user!r}")
    chosen = export_format(arguments.format, arguments.type)
    ids = listed_ids(actor, SearchRequest(type=arguments.type, text=arguments.text), most=MAX_RECORDS)
    draft = arguments.out.with_name(f".{arguments.out.name}.part")
    try:
        with draft.open("wb") as stream:
            count = export_records(actor, kind=arguments.type, record_ids=ids, format=chosen.name, stream=stream)
        draft.replace(arguments.out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise CommandFailed(f"{arguments.out}: {error.strerror}") from None
    print(f"{count} records written to {arguments.out}")
    return 0
