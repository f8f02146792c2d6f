"""Registers downloads with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class DownloadsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.formats.downloads"
    label = "downloads"

    def ready(self) -> None:
        """Add the writing to the worker's jobs, and the forgetting to every erasure."""
        for part in ("working", "forgetting"):
            import_module(f"opencen.formats.downloads.{part}")
