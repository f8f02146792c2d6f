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
    """A document's projection into the head: what lists show and sort by. Public values only."""

    kind: str = ""
    occurred_on: date | None = None
    summary: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Domain:
    """What a database brings to the spine."""

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


def domain(name: str) -> Domain:
    """Return an installed database, or raise NotFound: what is off does not exist."""
    if name not in _domains or name not in settings.INSTALLED_DATABASES:
        raise NotFound("type.unknown", type=name)
    return _domains[name]
