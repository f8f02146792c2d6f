"""Registers published watchlists with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class WatchlistsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.formats.watchlists"
    label = "watchlists"

    def ready(self) -> None:
        """Register the room's acts and sentences, and its loading with the worker's jobs."""
        for part in ("events", "texts", "working"):
            import_module(f"opencen.formats.watchlists.{part}")
