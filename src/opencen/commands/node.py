"""Make this installation a node, and show, add and list the nodes it exchanges with."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

import django

from opencen.commands import init
from opencen.commands.protocol import require_home
from opencen.config.home import open_home
from opencen.kernel.keys import NodeKeys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with nodes here."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    init.add_arguments(acts.add_parser("init", help="make the installation, with the keys that partners will pin"))
    card = acts.add_parser("card", help="print this node's card, to be handed to a partner's administrator")
    card.add_argument("--url", default="", help="address at which partners reach this node")
    add = acts.add_parser("add", help="add a partner from the card that its administrator handed over")
    add.add_argument("card", type=Path, metavar="CARD.json")
    add.add_argument("--accepts", action="store_true", help="take its records in by themselves, as a hub does")
    add.add_argument("--url", default="", help="address at which it is reached, if not the one on the card")
    acts.add_parser("list", help="list the partners with their fingerprints")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    if arguments.act == "init":
        return init_node(arguments)
    require_home()
    django.setup()
    done: int = importlib.import_module("opencen.commands._partners").run(arguments)
    return done


def init_node(arguments: argparse.Namespace) -> int:
    """Make the installation as `opencen init` does, and the node's keys with it."""
    arguments.id = arguments.id.lower()
    init.run(arguments)
    home = open_home()
    keys = NodeKeys.open(home.path / "secrets" / "node")
    print(f"node {home.value('node', 'id', '')}, fingerprint {keys.fingerprint}")
    print(f"hand partners its card: opencen --home {home.path} node card --url https://...")
    return 0
