"""Lay loaded codes over shipped ones without unfolding either."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from opencen.codelists.lists import NOTHING, Code


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """Hold one loaded code with its content still in JSON."""

    code: str
    content: str
    valid_from: date | None
    valid_to: date | None


def pack_content(
    labels: Mapping[str, str], parent: str | None, attributes: Mapping[str, Any], aliases: Sequence[str] = ()
) -> str:
    """Write what a loaded code says as JSON, the same for the same content."""
    content = {"labels": dict(labels), "parent": parent, "attributes": dict(attributes), "aliases": list(aliases)}
    return json.dumps({key: value for key, value in content.items() if value}, ensure_ascii=False, sort_keys=True)


def unpack_row(row: LoadedRow) -> Code:
    """Read a loaded code from its JSON."""
    content = json.loads(row.content)
    aliases = {"en": tuple(content["aliases"])} if content.get("aliases") else NOTHING
    return Code(
        code=row.code,
        parent=content.get("parent"),
        labels=content.get("labels", NOTHING),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        attributes=content.get("attributes", NOTHING),
        aliases=aliases,
    )


class LaidOver(Mapping[str, Code]):
    """Show loaded rows over shipped codes: what both have keeps its translations and gains what was loaded."""

    def __init__(self, rows: Sequence[LoadedRow], base: Mapping[str, Code]) -> None:
        self._rows = sorted(rows, key=lambda row: row.code)
        self._codes = [row.code for row in self._rows]
        self._base = base
        self._order = [*base, *(code for code in dict.fromkeys(self._codes) if code not in base)]

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __contains__(self, code: object) -> bool:
        return code in self._base or (isinstance(code, str) and self._found(code) is not None)

    def __getitem__(self, code: str) -> Code:
        found = self._found(code)
        shipped = self._base.get(code)
        if found is None:
            if shipped is None:
                raise KeyError(code)
            return shipped
        for row in found:
            shipped = _merge(unpack_row(row), shipped)
        if shipped is None:
            raise KeyError(code)
        return shipped

    def _found(self, code: str) -> list[LoadedRow] | None:
        at = bisect_left(self._codes, code)
        end = at
        while end < len(self._codes) and self._codes[end] == code:
            end += 1
        return self._rows[at:end] or None


def _merge(loaded: Code, shipped: Code | None) -> Code:
    """Merge a loaded code into a shipped one; labels that the project translated stay as they are."""
    if shipped is None:
        return loaded
    is_translated = len(shipped.labels) > 1
    labels = {**loaded.labels, **shipped.labels} if is_translated else {**shipped.labels, **loaded.labels}
    aliases = dict(shipped.aliases)
    for language, texts in loaded.aliases.items():
        aliases[language] = tuple(dict.fromkeys((*aliases.get(language, ()), *texts)))
    return replace(
        shipped,
        parent=loaded.parent or shipped.parent,
        labels=labels,
        valid_from=shipped.valid_from or loaded.valid_from,
        valid_to=loaded.valid_to or shipped.valid_to,
        attributes={**shipped.attributes, **loaded.attributes},
        aliases=aliases,
    )
