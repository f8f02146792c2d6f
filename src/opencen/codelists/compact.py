"""Hold a list of many codes in columns; a code object is made when it is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from opencen.codelists.lists import NOTHING, Code

Describe = Callable[[int], Mapping[str, Any]]


class CompactCodes(Mapping[str, Code]):
    """Keep sorted codes beside their labels; parents, aliases and attributes are worked out when asked for."""

    def __init__(
        self,
        codes: Sequence[str],
        labels: Sequence[str],
        *,
        describe: Describe,
        parent: Callable[[int], str | None] = lambda _: None,
        aliases: Mapping[str, tuple[str, ...]] = NOTHING,
        language: str = "en",
        others: Mapping[str, Mapping[str, str]] = NOTHING,
    ) -> None:
        self._codes = codes
        self._labels = labels
        self._describe = describe
        self._parent = parent
        self._aliases = aliases
        self._language = language
        self._others = others

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._find(code) is not None

    def __getitem__(self, code: str) -> Code:
        at = self._find(code)
        if at is None:
            raise KeyError(code)
        aliases = self._aliases.get(code)
        return Code(
            code=code,
            parent=self._parent(at),
            labels={self._language: self._labels[at], **self._others.get(code, NOTHING)},
            attributes=self._describe(at),
            aliases={self._language: aliases} if aliases else NOTHING,
        )

    def _find(self, code: str) -> int | None:
        at = bisect_left(self._codes, code)
        return at if at < len(self._codes) and self._codes[at] == code else None
