"""Print this node's card, and add and list its partners."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from opencen.commands.protocol import CommandFailed
from opencen.exchange.partners import add_partner, own_card, partners
from opencen.kernel.actor import system_actor
from opencen.release.permissions import MANAGE_EXCHANGE

MAX_CARD = 64 * 1024


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked, Django being set up."""
    if arguments.act == "card":
        print(json.dumps(own_card(arguments.url), indent=2, ensure_ascii=False))
    elif arguments.act == "add":
        add_from_card(arguments.card, accepts=arguments.accepts, url=arguments.url)
    else:
        list_partners()
    return 0


def add_from_card(path: Path, *, accepts: bool, url: str) -> None:
    """Pin a partner's keys from its card."""
    partner = add_partner(system_actor(MANAGE_EXCHANGE), card=read_card(path), accepts_by_itself=accepts, url=url)
    print(f"added {partner.node} ({partner.name}), fingerprint {partner.fingerprint}")
    print("compare the fingerprint with the partner's administrator, over another line than the card came by")


def read_card(path: Path) -> dict[str, Any]:
    """Read a card from a file, or say why it is none."""
    try:
        with path.open("rb") as file:
            card = json.loads(file.read(MAX_CARD))
    except OSError as error:
        raise CommandFailed(f"cannot read {path}: {error.strerror}") from None
    except ValueError:
        raise CommandFailed(f"{path} is not a node's card") from None
    if not isinstance(card, dict):
        raise CommandFailed(f"{path} is not a node's card")
    return card


def list_partners() -> None:
    """Print one line a partner."""
    found = partners()
    for node, (partner, _keys) in sorted(found.items()):
        accepts = "taken in by itself" if partner.accepts_by_itself else "a person decides"
        print(f"{node}  {partner.kind}  {partner.country}  {partner.url or '-'}  {partner.fingerprint}  {accepts}")
    if not found:
        print("no partners yet")
