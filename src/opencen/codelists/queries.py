"""Read what the database adds to the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import DatabaseError

from opencen.codelists.lists import Code, CodeList
from opencen.codelists.models import LoadedCode, LoadedList, NationalCode
from opencen.codelists.overlay import LaidOver, LoadedRow
from opencen.log.stamps import Stamped

STAMP = "codelists"


@dataclass(frozen=True)
class Additions:
    """Hold the national codes of every list, and which lists have loaded files, as of which day."""

    national: Mapping[str, tuple[Code, ...]] = field(default_factory=dict)
    loaded: Mapping[str, date] = field(default_factory=dict)


def read_additions() -> Additions:
    """Read the national codes and the newest version of every loaded list."""
    national: dict[str, list[Code]] = {}
    for row in NationalCode.objects.order_by("list_name", "code"):
        aliases = {language: tuple(texts) for language, texts in row.aliases.items()}
        code = Code(
            row.code, row.maps_to, row.labels, row.valid_from, row.valid_to, maps_to=row.maps_to, aliases=aliases
        )
        national.setdefault(row.list_name, []).append(code)
    loaded = dict(LoadedList.objects.order_by("version").values_list("list_name", "version"))
    return Additions({name: tuple(codes) for name, codes in national.items()}, loaded)


_additions = Stamped(STAMP, read_additions)


def national_codes(name: str) -> tuple[Code, ...]:
    """Return the national codes of a list, without reading the list itself, which may be very long."""
    additions = DatabaseExtensions().stamp()
    return additions.national.get(name, ()) if isinstance(additions, Additions) else ()


class DatabaseExtensions:
    """Give the catalogue what the database holds; nothing where the database cannot be read."""

    def stamp(self) -> object:
        """Return the additions themselves: they differ exactly when something was changed."""
        try:
            return _additions.get()
        except (DatabaseError, RuntimeError):  # not migrated yet; RuntimeError: a test without a database
            return None

    def names(self) -> Iterable[str]:
        """Name the lists that were loaded."""
        additions = self.stamp()
        return additions.loaded if isinstance(additions, Additions) else ()

    def extend(self, name: str, base: CodeList | None) -> CodeList | None:
        """Lay the loaded codes, then the national ones, over a list."""
        additions = self.stamp()
        if not isinstance(additions, Additions):
            return base
        if name in additions.loaded:
            base = _lay_over(name, additions.loaded[name], base)
        national = additions.national.get(name, ())
        if base is None or not national:
            return base
        return base.extended(_with_attributes(code, base) for code in national)


def list_versions(name: str) -> list[LoadedList]:
    """List the loadings of a list, the newest first."""
    return list(LoadedList.objects.filter(list_name=name).order_by("-loaded_at"))


def _lay_over(name: str, version: date, base: CodeList | None) -> CodeList:
    found = LoadedCode.objects.filter(list_name=name).values_list("code", "content", "valid_from", "valid_to")
    rows = [LoadedRow(*values) for values in found.iterator(chunk_size=5000)]
    if base is None:
        return CodeList(name, version.isoformat(), LaidOver(rows, {}))
    codes = LaidOver(rows, base.codes)
    return CodeList(name, max(version.isoformat(), base.version), codes, base.titles, base.source, base.prominent)


def _with_attributes(code: Code, base: CodeList) -> Code:
    """Give a national code the attributes of the standard one it maps to."""
    standard = base.get(code.maps_to)
    if standard is None:
        return code
    return replace(code, attributes=standard.attributes)
