"""Run a demonstration on this machine: a national node and a hub with invented people and cases.

Everything is kept in one folder; run again, it starts what is there and prints new passwords.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from pathlib import Path
from typing import Any

from opencen.commands.demo.homes import Node, fill_nodes, make_nodes, plan_nodes
from opencen.commands.demo.serving import Served, is_ready, open_first_page
from opencen.commands.protocol import CommandFailed
from opencen.config.home import CONFIG_NAME

CASES = 2196
SEED = 2026
# What script/demo has spent before this command: "seconds what" lines, and when it began.
EARLIER, BEGAN = "OPENCEN_DEMO_TIMES", "OPENCEN_DEMO_BEGAN"
MARK = "demonstration"

STEPS = """What to click first:
  1. {national}/  sign in as officer: the home page has two returned cases; fix one, or press N for a new seizure.
  2. Sign in as validator: Review holds what waits for a second person. Validate one, return another with a reason.
  3. Sign in as analyst: Analysis shows ten months of 2026 beside 2025; every figure leads to its cases.
  4. Sign in as contact: in the case "Cocaine, 78.17 kg" a correction waits; preview what goes, and send it.
  5. Sign in as investigator: a task is overdue, and another team holds the same telephone.
  6. {hub}/  sign in as hub: the same case, without any name, and the hub's own figures.
Everybody and every company is invented. These accounts keep the printed password: only a demonstration allows that."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare size, place and port of the demonstration."""
    parser.add_argument("--port", type=int, default=8000, help="port of the national node; the hub has the next one")
    parser.add_argument("--cases", type=int, default=CASES, help="cases of the present year")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed makes another country")
    parser.add_argument("--no-serve", action="store_true", help="make everything and stop")
    parser.add_argument("--fresh", action="store_true", help="throw away an earlier demonstration, and start over")


def run(arguments: argparse.Namespace) -> int:
    """Make or keep the two nodes, say who may sign in, and serve them."""
    home = Path(os.environ["OPENCEN_HOME"])
    times = read_earlier_times()
    nodes = plan_nodes(home, arguments.port)
    prepare(home, nodes, is_fresh=arguments.fresh)
    began = time.monotonic()
    make_nodes(nodes)
    times.append((time.monotonic() - began, "two installations with their keys"))
    began = time.monotonic()
    found = fill_nodes(nodes, arguments.cases, arguments.seed)
    parts = sum(found[0]["parts"].values())
    times += [(seconds, name) for name, seconds in found[0]["parts"].items()]
    times.append((max(0.0, time.monotonic() - began - parts), "cards, start of programs"))
    if arguments.no_serve:
        say(nodes, found, times)
        return 0
    began = time.monotonic()
    served = Served(nodes)
    served.start()
    if served.is_stopping:
        served.stop()
        return 0
    open_first_page(arguments.port)
    times.append((time.monotonic() - began, "both nodes served, first page"))
    say(nodes, found, times)
    print("\nCtrl-C stops both.", flush=True)
    return served.wait()


def prepare(home: Path, nodes: tuple[Node, Node], *, is_fresh: bool) -> None:
    """Make the folder; throw an earlier demonstration away only where it is one and is not running."""
    for node in nodes:
        if is_ready(node.port):
            raise CommandFailed(f"something answers on port {node.port} already; stop it, or give another --port")
    if (home / CONFIG_NAME).exists():
        raise CommandFailed(f"{home} is an installation of its own; give the demonstration another --home")
    if is_fresh and (home / MARK).exists():
        for node in nodes:
            shutil.rmtree(node.home, ignore_errors=True)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / MARK).touch()


def read_earlier_times() -> list[tuple[float, str]]:
    """Read what script/demo has spent before this command."""
    lines = os.environ.pop(EARLIER, "").splitlines()
    parts = [line.strip().partition(" ") for line in lines if line.strip()]
    return [(float(seconds), what.strip()) for seconds, _space, what in parts]


def say(nodes: tuple[Node, Node], found: list[dict[str, Any]], times: list[tuple[float, str]]) -> None:
    """Print where the time went, who may sign in and what to click first."""
    print("\nWhere the time went:")
    for seconds, what in times:
        print(f"  {seconds:6.1f} s  {what}")
    began = os.environ.get(BEGAN)
    together = time.time() - float(began) if began else sum(seconds for seconds, _what in times)
    print(f"  {together:6.1f} s  together")
    for node, filled in zip(nodes, found, strict=True):
        print(f"\n{node.name}: {node.url}/")
        for role, username, password, _shown in filled["users"]:
            print(f"  {username:<14} {password}   {role.replace('_', ' ')}")
    print("\n" + STEPS.format(national=nodes[0].url, hub=nodes[1].url), flush=True)
