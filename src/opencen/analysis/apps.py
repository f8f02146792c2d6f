"""Registers the room with Django, its permission with the catalogue and its store with the spine."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from opencen.analysis import events, permissions

# What registers itself needs the tables of other rooms, so it is imported once those are known.
REGISTERING = ("opencen.analysis.facts.store", "opencen.analysis.texts", "opencen.analysis.kept.jobs")


class AnalysisConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.analysis"
    label = "analysis"
    permissions = permissions
    events = events

    def ready(self) -> None:
        """Add the facts to the derived stores and the words of this room's errors."""
        for module in REGISTERING:
            import_module(module)
