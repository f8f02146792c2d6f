"""Imports point one way, between rooms and inside them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_every_import_contract_is_kept(project: Path) -> None:
    assert lint_imports(config_filename=str(project / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_the_layers_name_every_room(project: Path) -> None:
    contracts = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")
    assert layers["exhaustive"] is True
    named = {name.strip(" ()") for layer in layers["layers"] for name in layer.replace("|", ":").split(":")}
    rooms = {path.parent.name for path in (project / "src" / "opencen").glob("*/__init__.py")}
    assert rooms <= named
