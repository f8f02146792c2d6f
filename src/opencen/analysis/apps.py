"""Registers the room with Django, its permission with the catalogue and its store with the spine."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from opencen.analysis import permissions


class AnalysisConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.analysis"
    label = "analysis"
    permissions = permissions

    def ready(self) -> None:
        """Add the facts to the derived stores, now that the tables they read are known."""
        import_module("opencen.analysis.facts.store")
