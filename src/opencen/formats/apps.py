"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class FormatsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.formats"
    label = "formats"

    def ready(self) -> None:
        """Register the room's permissions, acts, sentences and job."""
        for part in ("permissions", "events", "texts", "running", "watching", "forgetting"):
            import_module(f"opencen.formats.{part}")
