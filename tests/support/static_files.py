"""The list of static files, read once in a process: every test client would make it again at its first request."""

from __future__ import annotations

from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]  # has no types

_listed: dict[str, Any] = {}
_list_files = WhiteNoiseMiddleware.add_files_from_finders


def _take_listed(self: WhiteNoiseMiddleware) -> None:
    if not _listed:
        _list_files(self)
        _listed.update(self.files)
    self.files = dict(_listed)


def list_once() -> None:
    """Let every test client of this process share one list of static files, as the requests of one server do."""
    WhiteNoiseMiddleware.add_files_from_finders = _take_listed
