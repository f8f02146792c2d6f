"""Imports point one way, between rooms and inside them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path


def test_every_import_contract_is_kept(project: Path) -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", "pyproject.toml", "--no-cache"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True)  # in-process it turns off our loggers
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_layers_name_every_room(project: Path) -> None:
    contracts = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")
    assert layers["exhaustive"] is True
    named = {name.strip(" ()") for layer in layers["layers"] for name in layer.replace("|", ":").split(":")}
    rooms = {path.parent.name for path in (project / "src" / "opencen").glob("*/__init__.py")}
    assert rooms <= named
