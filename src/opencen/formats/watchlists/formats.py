"""The formats of published lists: what each is called, which files it has, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from opencen.formats.watchlists import ftm, ofac, tabular, un
from opencen.formats.watchlists.listed import ParsedList
from opencen.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class ListFormat:
    """One format: the names of its files, and the title of the list where it holds just one."""

    name: str
    files: tuple[str, ...]
    parse: Callable[[Mapping[str, bytes]], ParsedList]
    title: str = ""


FORMATS = {
    found.name: found
    for found in (
        ListFormat(un.NAME, un.FILES, un.parse, "United Nations Security Council consolidated list"),
        ListFormat(ofac.NAME, ofac.FILES, ofac.parse, "OFAC list of specially designated nationals"),
        ListFormat(ftm.NAME, ftm.FILES, ftm.parse),
        ListFormat(tabular.NAME, tabular.FILES, tabular.parse),
    )
}


def format_named(name: str) -> ListFormat:
    """Return a format, or say which there are."""
    found = FORMATS.get(name)
    if found is None:
        raise Invalid("watchlist.format_unknown", path="format", found=name[:40], known=", ".join(FORMATS))
    return found


def tell_files_apart(name: str, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Say which of the files that were handed in is which, by what is in them; names do not matter."""
    found: dict[str, bytes] = {}
    for file_name, content in contents.items():
        found[_part(name, file_name, content)] = content
    return found


def _part(name: str, file_name: str, content: bytes) -> str:
    if name == "ofac":
        return ofac.kind_of_file(content) or re.sub(r"\W", "", file_name.lower())[:20]
    if name == "csv":
        return "mapping" if file_name.lower().endswith(".toml") else "csv"
    return format_named(name).files[0]
