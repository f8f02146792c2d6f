"""Registers the legal follow-up with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LegalConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.seizures.legal"
    label = "legal"

    def ready(self) -> None:
        """Add the forgetting to every erasure."""
        import_module("opencen.seizures.legal.forgetting")
