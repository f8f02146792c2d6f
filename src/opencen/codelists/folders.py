"""Find the folder of an installed package without importing it, so that its own imports cost nothing."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def package_folder(name: str) -> Path:
    """Return where an installed package keeps its files."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"the package {name} is not installed", name=name)
    return Path(spec.submodule_search_locations[0])
