"""Gather the lists that come from packages: their versions are known before they are loaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from opencen.codelists.lists import CodeList
from opencen.kernel.registry import Registry, scan_modules


@dataclass(frozen=True, slots=True)
class Packaged:
    """Name the version of a list and how to load it."""

    version: str
    load: Callable[[], CodeList]


PACKAGED: Registry[Packaged] = Registry("packaged list")

for _module in scan_modules("opencen.codelists.packages"):
    for _name, (_version, _load) in _module.LISTS.items():
        PACKAGED.add(_name, Packaged(_version, _load))
