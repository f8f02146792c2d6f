"""Make the two homes of the demonstration, let their administrators exchange cards, and fill them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opencen.commands.protocol import CommandFailed

ENTRANCE = [sys.executable, "-m", "opencen.commands.main"]


@dataclass(frozen=True, slots=True)
class Node:
    """One of the two installations: its home, its port and what it is."""

    name: str
    home: Path
    port: int
    arguments: tuple[str, ...]

    @property
    def url(self) -> str:
        """Return the address of its pages."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of its processes; settings of the caller's own installation stay out of it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENCEN_")}
        more = {"OPENCEN_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "opencen.config.settings"}
        return kept | more | {"OPENCEN_WEB_PORT": str(self.port), "OPENCEN_WEB_WORKERS": "1"}

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a command of this node and take what it prints."""
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )


def plan_nodes(home: Path, port: int) -> tuple[Node, Node]:
    """Plan a national node and a hub in one folder, on two neighbouring ports."""
    national = ("--id", "tn-customs", "--country", "TN", "--name", "National Customs Service")
    hub = ("--id", "demo-hub", "--kind", "hub", "--name", "Demonstration hub")
    return (
        Node("national", home / "national", port, national),
        Node("hub", home / "hub", port + 1, hub),
    )


def make_nodes(nodes: tuple[Node, Node]) -> None:
    """Make both installations, side by side; those that are there are kept."""
    wait_for(
        [node.start(*ENTRANCE, "--home", str(node.home), "node", "init", *node.arguments) for node in nodes],
        "make the installations",
    )


def fill_nodes(nodes: tuple[Node, Node], cases: int, seed: int) -> list[dict[str, Any]]:
    """Hand each node the other's card and fill it; return who may sign in, and what took how long."""
    printed = wait_for(
        [node.start(*ENTRANCE, "--home", str(node.home), "node", "card", "--url", node.url) for node in nodes],
        "print the nodes' cards",
    )
    cards = [json.loads(text) for text in printed]
    children = []
    for node, other, card in zip(nodes, nodes[::-1], cards[::-1], strict=True):
        wanted = {"kind": node.name, "card": card, "url": other.url, "cases": cases, "seed": seed}
        children.append(node.start(sys.executable, "-m", "opencen.commands.demo.fill", json.dumps(wanted)))
    return [json.loads(text.splitlines()[-1]) for text in wait_for(children, "fill the installations")]


def wait_for(children: list[subprocess.Popen[str]], purpose: str) -> list[str]:
    """Wait for children and return what they printed; should one fail, end the others and say why."""
    printed = []
    try:
        for child in children:
            output, errors = child.communicate()
            if child.returncode:
                raise CommandFailed(f"could not {purpose}:\n{errors.strip()[-2000:]}")
            printed.append(output)
    finally:
        for child in children:
            if child.poll() is None:
                child.terminate()
                child.wait()
    return printed
