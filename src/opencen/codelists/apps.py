"""Registers the room with Django and lays what the database holds over the shipped lists."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from opencen.codelists.catalogue import set_extensions


class CodelistsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.codelists"
    label = "codelists"

    def ready(self) -> None:
        """Register acts and permissions, and connect the catalogue to the database; models can be imported only now."""
        import_module("opencen.codelists.services")
        set_extensions(import_module("opencen.codelists.queries").DatabaseExtensions())
