"""Code lists: dated codes in a tree, with labels in several languages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from opencen.kernel.clock import now
from opencen.kernel.errors import NotFound

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Code:
    """Keep one value of a list: what it is called, what it belongs to, when it is in force, what it maps to."""

    code: str
    parent: str | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    valid_from: date | None = None
    valid_to: date | None = None
    maps_to: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)

    def label(self, language: str = "en") -> str:
        """Return the label in a language, else in English, else in any, else the code itself."""
        return self.labels.get(language) or self.labels.get("en") or next(iter(self.labels.values()), self.code)

    def is_valid(self, on: date | None = None) -> bool:
        """Tell whether the code is in force on a day, both ends included; without a day, today."""
        on = on or now().date()
        return not (self.valid_from and on < self.valid_from) and not (self.valid_to and on > self.valid_to)


class CodeList:
    """Keep the codes of one list at one version and answer what belongs to what."""

    def __init__(
        self,
        name: str,
        version: str,
        codes: Mapping[str, Code],
        titles: Mapping[str, str] = NOTHING,
        source: str = "",
        prominent: frozenset[str] = frozenset(),
    ) -> None:
        self.name = name
        self.version = version
        self.codes = codes
        self.titles = titles
        self.source = source
        self.prominent = prominent

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes.values())

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, code: str) -> Code:
        try:
            return self.codes[code]
        except KeyError:
            raise NotFound("code.unknown", list=self.name, value=code) from None

    def get(self, code: str | None) -> Code | None:
        """Return a code, or None."""
        return None if code is None else self.codes.get(code)

    def title(self, language: str = "en") -> str:
        """Return what the list is called in a language."""
        return self.titles.get(language) or self.titles.get("en") or self.name

    def label(self, code: str, lang: str = "en") -> str:
        """Return the label of a code; a code that is not in the list stands for itself."""
        found = self.codes.get(code)
        return found.label(lang) if found else code

    def path_labels(self, code: str, lang: str = "en") -> list[str]:
        """Return the labels from the top of the tree down to a code."""
        return [self.label(step, lang) for step in (*reversed(self.ancestors(code)), code)]

    def is_valid(self, code: str, on: date | None = None) -> bool:
        """Tell whether a code is in the list and in force on a day."""
        found = self.codes.get(code)
        return found is not None and found.is_valid(on)

    def ancestors(self, code: str) -> list[str]:
        """Return the codes above a code, the nearest first."""
        above: list[str] = []
        found = self.codes.get(code)
        while found is not None and found.parent and found.parent not in above:
            above.append(found.parent)
            found = self.codes.get(found.parent)
        return above

    def is_under(self, code: str, ancestor: str) -> bool:
        """Tell whether a code is an ancestor itself or lies anywhere below it; national codes lie where they map to."""
        if code == ancestor:
            return True
        found = self.codes.get(code)
        if found is None:
            return False
        if ancestor in self.ancestors(code):
            return True
        return bool(found.maps_to) and self.is_under(str(found.maps_to), ancestor)

    def children(self, code: str | None = None) -> list[str]:
        """Return the codes right below a code, or the top of the tree, in the order of the list."""
        return list(self._children.get(code, ()))

    def descendants(self, code: str) -> list[str]:
        """Return every code below a code."""
        found: list[str] = []
        waiting = self.children(code)
        while waiting:
            step = waiting.pop(0)
            found.append(step)
            waiting = self.children(step) + waiting
        return found

    def standard(self, code: str) -> str:
        """Return the standard code that a national one maps to; a standard code stands for itself."""
        found = self.codes.get(code)
        return found.maps_to if found is not None and found.maps_to else code

    def attribute(self, code: str, name: str, default: Any = None) -> Any:
        """Return an attribute of a code, of what it maps to, or a default."""
        found = self.codes.get(code)
        if found is None:
            return default
        if name not in found.attributes and found.maps_to:
            return self.attribute(found.maps_to, name, default)
        return found.attributes.get(name, default)

    def extended(self, additions: Iterable[Code], version: str | None = None) -> CodeList:
        """Return a list in which the additions stand beside the codes, or in place of those of the same name."""
        merged = dict(self.codes)
        merged.update((code.code, code) for code in additions)
        codes = MappingProxyType(merged)
        return CodeList(self.name, version or self.version, codes, self.titles, self.source, self.prominent)

    @cached_property
    def digest(self) -> str:
        """Return a short digest of all that a list says: it changes with a word, a language, a date."""
        every = [
            (
                *(code.code, code.parent, code.valid_from, code.valid_to, code.maps_to),
                *(sorted(code.labels.items()), sorted(code.aliases.items()), sorted(code.attributes.items(), key=str)),
            )
            for code in self.codes.values()
        ]
        return hashlib.blake2b(repr(every).encode(), digest_size=6).hexdigest()

    @cached_property
    def _children(self) -> dict[str | None, list[str]]:
        below: dict[str | None, list[str]] = {}
        for code in self.codes.values():
            below.setdefault(code.parent, []).append(code.code)
        return below
