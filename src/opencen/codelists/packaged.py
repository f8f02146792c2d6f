"""Gather the loaders of the lists that come from packages."""

from __future__ import annotations

from collections.abc import Callable

from opencen.codelists.lists import CodeList
from opencen.kernel.registry import Registry, scan_modules

PACKAGED: Registry[Callable[[], CodeList]] = Registry("packaged list")

for _module in scan_modules("opencen.codelists.packages"):
    for _name, _load in _module.LISTS.items():
        PACKAGED.add(_name, _load)
