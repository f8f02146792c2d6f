"""Identifiers with a shape and mostly a check digit: one file per kind, found by scan."""

from __future__ import annotations

from functools import cache

from opencen.kernel.check_digits._base import Identifier, IdentifierProblem, Suggestion
from opencen.kernel.registry import Registry, scan_modules

__all__ = ["Identifier", "IdentifierProblem", "Suggestion", "identifier", "identifier_names"]


@cache
def _members() -> Registry[Identifier]:
    registry: Registry[Identifier] = Registry("identifier")
    for module in scan_modules(__name__):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Identifier) and value.__module__ == module.__name__:
                registry.add(value.name, value())
    return registry


def identifier(name: str) -> Identifier:
    """Return the identifier kind of that name, or raise NotFound."""
    return _members().get(name)


def identifier_names() -> list[str]:
    """List the identifier kinds there are."""
    return _members().names()
