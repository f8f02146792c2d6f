"""Registers the room with Django and lays what the database holds over the shipped lists."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from opencen.codelists.catalogue import set_extensions
from opencen.codelists.kept import set_folder


class CodelistsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.codelists"
    label = "codelists"

    def ready(self) -> None:
        """Register acts and permissions, and connect the catalogue to the database; models can be imported only now."""
        import_module("opencen.codelists.services")
        set_folder(Path(settings.HOME.path) / "derived" / "codelists")
        set_extensions(import_module("opencen.codelists.queries").DatabaseExtensions())
