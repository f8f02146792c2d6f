"""Registers saved searches with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SavedSearchesConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.records.saved"
    label = "saved_searches"

    def ready(self) -> None:
        """Add the watching to the worker's jobs, and the forgetting to every erasure."""
        for part in ("watching", "forgetting"):
            import_module(f"opencen.records.saved.{part}")
