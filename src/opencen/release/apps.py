"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.release"
    label = "release"

    def ready(self) -> None:
        """Add the queue of corrections to the worker's jobs."""
        import_module("opencen.release.corrections")
