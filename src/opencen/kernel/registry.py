"""Find the members of an extension kind by scanning a package: one file, one member."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Generic, TypeVar

from opencen.kernel.errors import NotFound

Member = TypeVar("Member")


def scan_modules(package: str) -> Iterator[ModuleType]:
    """Import and yield every public module below a package, in name order."""
    root = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(root.__path__))
    for name in names:
        if not name.startswith("_"):
            yield importlib.import_module(f"{package}.{name}")


class Registry(Generic[Member]):
    """Keep the named members of one kind; a repeated name is an error."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._members: dict[str, Member] = {}

    def add(self, name: str, member: Member) -> Member:
        """Register a member under a name that is still free."""
        if name in self._members:
            raise ValueError(f"{self.kind} {name!r} is registered twice")
        self._members[name] = member
        return member

    def get(self, name: str) -> Member:
        """Return a member, or raise NotFound."""
        try:
            return self._members[name]
        except KeyError:
            raise NotFound(f"{self.kind}.unknown", name=name) from None

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members.values())

    def names(self) -> list[str]:
        """List the names in order of registration."""
        return list(self._members)
