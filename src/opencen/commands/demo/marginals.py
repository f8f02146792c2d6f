"""The figures that generated cases are drawn from: shares of sections, flows, kinds of goods, places and ways."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("marginals.json")


def seeded(seed: int | str) -> random.Random:
    """Return a source of chance that gives the same again for the same seed; nothing secret is drawn from it."""
    return random.Random(seed)  # noqa: S311 - invented data, repeatable


@cache
def read_marginals() -> dict[str, Any]:
    """Read the file of figures."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return found


def draw(rng: random.Random, shares: Mapping[str, float]) -> str:
    """Draw one code by its share."""
    return rng.choices(list(shares), weights=list(shares.values()))[0]


def longest(table: Mapping[str, Any], code: str) -> Any:
    """Return the entry under the longest code that is the given one or stands above it."""
    while code not in table:
        if "." not in code:
            raise KeyError(code)
        code = code.rpartition(".")[0]
    return table[code]


@cache
def flow_shares() -> dict[str, float]:
    """Return the share of each flow: its section's in the region, its own within the section in the world."""
    figures = read_marginals()
    flows = {**figures["flows"], **figures["national"]["flows"]}
    shares = {}
    for section, seizures in figures["sections"].items():
        of_section = {code: flow["seizures"] for code, flow in flows.items() if code.startswith(f"{section}.")}
        together = sum(of_section.values())
        shares.update({code: seizures * own / together for code, own in of_section.items()})
    return shares


@cache
def flow_figures(flow: str) -> dict[str, dict[str, float]]:
    """Return what is known of a flow, bent to what this country leans to."""
    figures = read_marginals()
    national = figures["national"]
    found = national["flows"].get(flow) or figures["flows"][flow]
    bent = {name: value for name, value in found.items() if isinstance(value, dict)}
    if flow not in national["flows"]:
        bent["location"] = _times(bent["location"], national["location"])
    bent["sub_types"] = _times(bent["sub_types"], national["sub_types"])
    bent["concealment"] = _times(bent["concealment"], {"unknown": national["unknown_concealment"]})
    return bent


def _times(shares: Mapping[str, float], factors: Mapping[str, float]) -> dict[str, float]:
    bent = {code: share * factors.get(code, 1.0) for code, share in shares.items()}
    return {code: share for code, share in bent.items() if share > 0}
