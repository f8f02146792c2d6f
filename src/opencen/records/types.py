"""The installed databases: each domain registers its document type with what the spine asks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from opencen.kernel.errors import NotFound
from opencen.records.facets import Facet
from opencen.records.findings import FindingRule
from opencen.records.layout import Layout
from opencen.records.schema import DocumentType


@dataclass(slots=True)
class Columns:
    """A document's projection into the head: what lists show and sort by.

    `summary` holds public values only. What names somebody, such as the title of a person's record, goes into
    `nominal`: it stands in a column of its own that no other store reads, and an erasure empties it.
    """

    kind: str = ""
    occurred_on: date | None = None
    summary: dict[str, Any] = field(default_factory=dict)
    nominal: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Domain:
    """What a database brings to the spine.

    `title` names the function that says what a record is called, read when the first is asked for: it needs models.
    `address` is the plural that its pages go by, `label` their name in English. A record that is `whole_nominal` is
    about one person or business: it is erased as a whole. `exported_as` names the database whose right to export is
    asked.
    """

    document: DocumentType
    layout: Callable[[], Layout]
    project: Callable[[dict[str, Any]], Columns]
    event_date: Callable[[dict[str, Any]], date | None]
    rules: Callable[[], tuple[FindingRule, ...]]
    needs_validation: bool = True
    media_list: str = ""
    person_lists: tuple[str, ...] = ()
    facets: tuple[Facet, ...] = ()
    duty: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    address: str = ""
    label: str = ""
    whole_nominal: bool = False
    exported_as: str = ""


_domains: dict[str, Domain] = {}


def register_domain(found: Domain) -> None:
    """Add a database when its application starts."""
    _domains[found.document.name] = found


def all_domains() -> Mapping[str, Domain]:
    """Return every database the code holds, installed or not."""
    return _domains


def domain_names() -> list[str]:
    """List the databases that this installation runs."""
    return [name for name in _domains if name in settings.INSTALLED_DATABASES]


def export_permission(name: str) -> str:
    """Return what one must hold to take records of a database away as a file."""
    return f"{domain(name).exported_as or name}:export"


def address_of(name: str, record_id: object = "") -> str:
    """Return where a database's list, or one of its records, is found."""
    found = _domains.get(name)
    place = found.address if found and found.address else f"{name}s"
    return f"/{place}/{record_id}" if record_id else f"/{place}"


def database_at(place: str) -> str:
    """Return the installed database whose pages go by a plural, or raise NotFound."""
    found = next((name for name in domain_names() if address_of(name) == f"/{place}"), None)
    if found is None:
        raise NotFound("type.unknown", type=place)
    return found


def domain(name: str) -> Domain:
    """Return an installed database, or raise NotFound: what is off does not exist."""
    if name not in _domains or name not in settings.INSTALLED_DATABASES:
        raise NotFound("type.unknown", type=name)
    return _domains[name]
