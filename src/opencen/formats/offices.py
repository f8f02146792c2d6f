"""Offices as registers write them: by code or by name, in any case, with or without accents."""

from __future__ import annotations

from functools import lru_cache

from opencen.accounts.queries import OfficeTree, office_tree
from opencen.kernel.text import fold


def office_code(text: str) -> str:
    """Return the code of the only office that is written so; empty where there is none or more than one."""
    tree = office_tree()
    return text if text in tree.by_code else _written(tree).get(fold(text), "")


def office_label(code: str, language: str) -> str:
    """Return an office's name in a language; a code that no office has stands for itself."""
    found = office_tree().by_code.get(code)
    return found.label(language) if found else code


def office_names() -> list[str]:
    """Return the names to choose an office by."""
    return sorted({office.name for office in office_tree().by_id.values()})


@lru_cache(maxsize=2)
def _written(tree: OfficeTree) -> dict[str, str]:
    found: dict[str, str] = {}
    for office in tree.by_id.values():
        for text in {fold(office.code), *map(fold, office.names)}:
            found[text] = "" if text in found else office.code
    return found
