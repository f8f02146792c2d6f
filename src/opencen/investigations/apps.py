"""Registers the room with Django, with the spine and with the worker."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from opencen.investigations import events, permissions


class InvestigationsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.investigations"
    label = "investigations"
    permissions = permissions
    events = events

    def ready(self) -> None:
        """Register the database, the readers of the log and what an erasure reaches."""
        import_module("opencen.investigations.domain").register()
        for part in ("texts", "deconfliction", "rule_reader", "reminders", "forgetting", "edges"):
            import_module(f"opencen.investigations.{part}")
