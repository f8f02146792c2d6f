"""Registers watch entries with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class WatchesConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.records.watches"
    label = "watches"

    def ready(self) -> None:
        """Register texts, permissions and acts, the forgetting, and what follows from a standing."""
        for part in ("texts", "permissions", "events", "forgetting", "clearing"):
            import_module(f"opencen.records.watches.{part}")
