"""The catalogue: every list by its name, with national codes and loaded official files laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from threading import Lock
from typing import Protocol

from opencen.codelists.datafile import list_files, read_list
from opencen.codelists.entries import Favour, alike
from opencen.codelists.kept import remember, take_state, waits_for_index
from opencen.codelists.lists import Code, CodeList
from opencen.codelists.packaged import PACKAGED
from opencen.codelists.search import Match, SearchIndex
from opencen.codelists.translations import translate_list
from opencen.kernel.errors import NotFound
from opencen.kernel.languages import LANGUAGES


class Extensions(Protocol):
    """Give what an installation adds to the lists; the database's part registers itself here."""

    def stamp(self) -> object:
        """Return a value that changes with every change of what is added."""

    def names(self) -> Iterable[str]:
        """Name the lists that exist only through what was added."""

    def extend(self, name: str, base: CodeList | None) -> CodeList | None:
        """Return a list with what was added; None where there is nothing of that name."""


_extensions: Extensions | None = None
_lock = Lock()
_stamp: object = None
_lists: dict[str, CodeList] = {}
_indexes: dict[str, SearchIndex] = {}
MOST_KEPT = 3000
"""A list of more codes is searched on the server and kept nowhere."""


def set_extensions(extensions: Extensions | None) -> None:
    """Lay the additions of an installation over the shipped lists."""
    global _extensions
    _extensions = extensions
    drop_cache()


def drop_cache() -> None:
    """Forget the extended lists of this process; the shipped ones stay."""
    _lists.clear()
    _indexes.clear()


def list_names() -> list[str]:
    """Name every list."""
    _refresh()
    added = _extensions.names() if _extensions else ()
    return sorted({*shipped_names(), *added})


def list_versions() -> dict[str, str]:
    """Tell the version of every list without loading the big ones."""
    return {name: _version(name) for name in list_names()}


def kept_version(name: str) -> str:
    """Tell under which version others may keep a list: its date, and a digest of every word that it says.

    A list too big to be kept whole, which is searched here instead, has its date alone.
    """
    found = get_list(name)
    return f"{found.version}.{found.digest}" if len(found) <= MOST_KEPT else found.version


def get_list(name: str) -> CodeList:
    """Return a list as this installation has it; raise NotFound for an unknown name."""
    _refresh()
    found = _lists.get(name)
    if found is None:
        found = _build(name)
        if found is None:
            raise NotFound("codelist.unknown", name=name)
        _lists[name] = found
    return found


def resolve(
    name: str, text: str, langs: Sequence[str] = LANGUAGES, on: date | None = None, under: str | None = None
) -> Code | None:
    """Find the one code that a text names: by code, label or alias, accents, case and punctuation aside.

    `under` looks only below a code. A text that names several codes equally well names none.
    """
    codes = get_list(name)
    candidates = get_index(name).candidates(text, langs)
    for level in candidates:
        kept = [code for code in level if under is None or (code != under and codes.is_under(code, under))]
        if on is not None:
            kept = [code for code in kept if codes.is_valid(code, on)]
        if kept:
            return codes[kept[0]] if len(kept) == 1 else None
    return None


def find(
    name: str,
    query: str,
    langs: Sequence[str] = LANGUAGES,
    on: date | None = None,
    limit: int = 20,
    favour: Favour = alike,
) -> list[Match]:
    """Find the codes whose label or alias the query begins, in whole or word by word, or nearly spells."""
    codes = get_list(name)
    return get_index(name).find(query, langs, limit, lambda code: codes.is_valid(code, on), favour)


def get_shipped(name: str) -> CodeList | None:
    """Return a list as it is shipped, without what the installation added."""
    return _shipped(name)


def shipped_names() -> list[str]:
    """Name the lists that are shipped."""
    return sorted({*list_files(), *PACKAGED.names()})


def get_index(name: str) -> SearchIndex:
    """Return the search index of a list, built at its first use."""
    codes = get_list(name)
    found = _indexes.get(name)
    if found is None or found.codes is not codes:
        found = _shipped_index(name) if codes is _shipped(name) else SearchIndex(codes)
        _indexes[name] = found
    return found


def _version(name: str) -> str:
    """Tell a list's version; a big shipped one that nothing was added to is not loaded for it."""
    is_extended = _extensions is not None and name in _extensions.names()
    if name in PACKAGED and not is_extended:
        return PACKAGED.get(name).version
    return get_list(name).version


def _refresh() -> None:
    """Drop what is kept when the installation's additions have changed."""
    global _stamp
    if _extensions is None:
        return
    stamp = _extensions.stamp()
    if stamp is not _stamp and stamp != _stamp:
        with _lock:
            drop_cache()
            _stamp = stamp


def _build(name: str) -> CodeList | None:
    base = _shipped(name)
    return _extensions.extend(name, base) if _extensions else base


@cache
def _shipped(name: str) -> CodeList | None:
    if path := list_files().get(name):
        return translate_list(read_list(path))
    return translate_list(PACKAGED.get(name).load()) if name in PACKAGED else None


@cache
def _shipped_index(name: str) -> SearchIndex:
    shipped = _shipped(name)
    if shipped is None:
        raise NotFound("codelist.unknown", name=name)
    state = take_state(name)
    index = SearchIndex(shipped, state)
    if state is None and waits_for_index(name):
        remember(name, index.state())
    return index
