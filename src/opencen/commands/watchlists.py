"""Load published watchlists (`opencen watchlists load FORMAT FILE…`) and show what stands of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import orjson

from opencen.formats.watchlists.formats import FORMATS
from opencen.formats.watchlists.queries import list_sources
from opencen.formats.watchlists.services import ask_load
from opencen.formats.watchlists.working import work_off
from opencen.kernel.actor import system_actor
from opencen.kernel.errors import OpenCenError
from opencen.records.permissions import LOAD_LISTS
from opencen.records.texts import error_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with published lists here."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    acts.add_parser("list", help="name every list with its date and counts")
    load = acts.add_parser("load", help="load or refresh a list from its files")
    load.add_argument("format", choices=sorted(FORMATS), metavar="FORMAT", help="one of " + ", ".join(sorted(FORMATS)))
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--name", default="", metavar="NAME", help="the list's name here; the format's without it")
    load.add_argument("--title", default="", metavar="TEXT", help="what the list is called")
    load.add_argument("--confirm", action="store_true", help="even if half of the list is gone from the file")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    actor = system_actor(LOAD_LISTS)
    if arguments.act == "list":
        for source in list_sources(actor):
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(source.present.items()))
            print(f"{source.name}: {source.title}, of {source.dated}: {kinds or 'nothing'}; {source.gone} gone")
        return 0
    load = work_off(
        ask_load(
            actor,
            format=arguments.format,
            files={path.name: path.read_bytes() for path in arguments.files},
            name=arguments.name,
            title=arguments.title,
            confirmed=arguments.confirm,
        )
    )
    counts: dict[str, Any] = orjson.loads(load.counts)
    if load.state == "done":
        file = ", ".join(f"{count} {name}" for name, count in counts["file"].items())
        print(f"read {file}")
        print(", ".join(f"{counts[name]} {name}" for name in ("added", "changed", "gone", "unchanged", "refused")))
        print(f"{load.seconds:.1f} seconds")
        return 1 if counts["refused"] else 0
    stored = orjson.loads(load.error)
    print(error_text(OpenCenError(stored["code"], path=stored["path"], **stored["data"]), "en"))
    if load.state == "stopped":
        print("Nothing was changed; --confirm loads it all the same.")
    return 1
