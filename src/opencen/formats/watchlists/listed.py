"""What a watchlist says of one person, company or means of transport, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Literal

ListedKind = Literal["person", "company", "vessel", "aircraft"]


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name: how it is used, its parts where they are told apart, and how good the list holds it to be."""

    text: str
    use: Literal["main", "alias", "former", "now", "original_script"] = "alias"
    family: str = ""
    given: str = ""
    quality: Literal["", "good", "low"] = ""
    note: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A place or an address as written."""

    key: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """Return what is known on one line."""
        parts = (self.street, self.city, self.region, self.postcode, self.country)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ListedBirth:
    """A date of birth as exact as it is stated; `until` ends a span."""

    at: str
    until: str = ""
    is_about: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A number that identifies: a passport, a tax number, a registration; the label is the list's own word."""

    label: str
    number: str
    country: str = ""
    issued: str = ""
    expires: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Craft:
    """What a list says of a vessel or an aircraft."""

    imo: str = ""
    mmsi: str = ""
    call_sign: str = ""
    type: str = ""
    tonnage: str = ""
    gross_tonnage: str = ""
    flag: str = ""
    former_flags: tuple[str, ...] = ()
    owner: str = ""
    operator: str = ""
    model: str = ""
    serial: str = ""
    construction_number: str = ""
    manufactured: str = ""
    tail_number: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a list with everything the file says of it."""

    key: str
    kind: ListedKind
    names: tuple[ListedName, ...]
    reference: str = ""
    programmes: tuple[str, ...] = ()
    listed_on: str = ""
    updated_on: str = ""
    sex: Literal["", "male", "female"] = ""
    titles: tuple[str, ...] = ()
    births: tuple[ListedBirth, ...] = ()
    birth_places: tuple[ListedPlace, ...] = ()
    nationalities: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    documents: tuple[ListedDocument, ...] = ()
    addresses: tuple[ListedPlace, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    established: str = ""
    linked_to: tuple[str, ...] = ()
    craft: Craft | None = None
    remarks: str = ""
    unread: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return a digest of the whole entry: it changes when the list changes anything in it."""
        return sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ParsedList:
    """A whole file, or the files of one list: its entries, its date, and how many rows of each kind it held."""

    format: str
    entries: tuple[Listed, ...]
    dated: date | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def by_kind(self) -> dict[str, int]:
        """Count the entries by what they are."""
        found: dict[str, int] = {}
        for entry in self.entries:
            found[entry.kind] = found.get(entry.kind, 0) + 1
        return found
