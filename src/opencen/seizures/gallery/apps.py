"""Registers the gallery with Django, and its table with the derived stores."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class GalleryConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.seizures.gallery"
    label = "gallery"

    def ready(self) -> None:
        """Add the table of pictures to the derived stores."""
        import_module("opencen.seizures.gallery.store")
