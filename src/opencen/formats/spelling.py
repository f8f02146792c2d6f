"""What registers write beside the labels of fields and lists: heads of columns, and values that may mean a code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def heads() -> Mapping[str, tuple[str, ...]]:
    """Return the words that stand over a column, by the path of the field."""
    return {path: tuple(words) for path, words in _read("heads.toml").items()}


@cache
def written_for(name: str) -> Mapping[str, tuple[str, ...]]:
    """Return what registers write for the codes of a list, by code."""
    return {code: tuple(words) for code, words in _read("values.toml").get(name, {}).items()}


def _read(name: str) -> dict[str, Any]:
    folder = resources.files("opencen.formats").joinpath("spellings")
    return tomllib.loads(folder.joinpath(name).read_text("utf-8"))
