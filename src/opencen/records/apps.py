"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RecordsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.records"
    label = "records"

    def ready(self) -> None:
        """Let every room register its texts and permissions, and add the text search to the derived stores."""
        autodiscover_modules("texts")
        autodiscover_modules("permissions")
        import_module("opencen.records.search.store")
