"""Loads what the first visitor would wait for, once, before the web processes fork and share it."""

from __future__ import annotations

from django.urls import get_resolver

from opencen.codelists.catalogue import get_index
from opencen.kernel.actor import system_actor
from opencen.records.forms import form_of
from opencen.records.search.codes import vocabulary
from opencen.records.types import domain_names


def warm_up() -> None:
    """Read every route, the forms of all databases with schemas and code lists, the words of those, the places."""
    get_resolver().url_patterns  # noqa: B018 - reading it loads the pages
    for name in domain_names():
        form_of(system_actor(f"{name}:record", f"{name}:read"), name)
    vocabulary()
    get_index("place")
