"""Registers custody with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.seizures.custody"
    label = "custody"

    def ready(self) -> None:
        """Add the forgetting to every erasure."""
        import_module("opencen.seizures.custody.forgetting")
