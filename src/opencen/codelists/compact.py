"""Hold a list of many codes in columns; a code object is made when it is asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from opencen.codelists.lists import NOTHING, Code
from opencen.kernel.languages import SOURCE

Describe = Callable[[int], Mapping[str, Any]]
Labelled = Callable[[int], Mapping[str, str] | None]


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
        others: Mapping[str, Mapping[str, str]] = NOTHING,
        labelled: Labelled | None = None,
        spoken: Mapping[str, Mapping[str, tuple[str, ...]]] = NOTHING,
    ) -> None:
        self._codes = codes
        self._labels = labels
        self._describe = describe
        self._parent = parent
        self._aliases = aliases
        self._others = others
        self._labelled = labelled
        self._spoken = spoken

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
        return Code(
            code, self._parent(at), self._label(at, code), attributes=self._describe(at), aliases=self._call(code)
        )

    def searched(self) -> Iterator[Code]:
        """Yield every code with its words only: what an index asks for, without working out its attributes."""
        for at, code in enumerate(self._codes):
            yield Code(code, labels=self._label(at, code), aliases=self._call(code))

    def _label(self, at: int, code: str) -> Mapping[str, str]:
        """Return the labels of a code: composed ones where its list composes them."""
        composed = self._labelled(at) if self._labelled else None
        if composed is not None:
            return composed
        others = self._others.get(code)
        return {SOURCE: self._labels[at], **others} if others else {SOURCE: self._labels[at]}

    def _call(self, code: str) -> Mapping[str, tuple[str, ...]]:
        """Return the aliases of a code by language."""
        aliases, spoken = self._aliases.get(code), self._spoken.get(code, NOTHING)
        if not aliases:
            return spoken
        return {**spoken, SOURCE: aliases}

    def _find(self, code: str) -> int | None:
        at = bisect_left(self._codes, code)
        return at if at < len(self._codes) and self._codes[at] == code else None
