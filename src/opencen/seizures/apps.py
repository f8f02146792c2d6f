"""Registers the room with Django and with the spine."""

from __future__ import annotations

from django.apps import AppConfig

from opencen.seizures import events, permissions
from opencen.seizures.domain import register


class SeizuresConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.seizures"
    label = "seizures"
    permissions = permissions
    events = events

    def ready(self) -> None:
        """Register the databases of this room."""
        register()
