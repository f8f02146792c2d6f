"""Modules that are imported at their first use: a process that never uses a large one never holds it."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class LaterModule:
    """Stand for a module until something of it is asked for."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        """Import the module and return what it holds."""
        return getattr(import_module(self._name), attribute)


def load_later(name: str) -> Any:
    """Return a stand-in for a module, which is imported when it is first used."""
    return LaterModule(name)
