"""Fills one home of the demonstration: `python -m opencen.commands.demo.fill national|hub`, as a child of the demo."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

import django


def main(arguments: list[str]) -> int:
    """Set Django up on the home that the environment names, then fill it."""
    django.setup()
    world: Any = importlib.import_module("opencen.commands.demo.world")
    result = world.fill(**json.loads(arguments[0]))
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
