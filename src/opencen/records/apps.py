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
        """Let every installed room register the texts of its codes, and add the text search to the derived stores."""
        autodiscover_modules("texts")
        import_module("opencen.records.search.store")
