"""Registers the room with Django and with the spine."""

from __future__ import annotations

from django.apps import AppConfig

from opencen.suspects import permissions
from opencen.suspects.domain import register


class SuspectsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.suspects"
    label = "suspects"
    permissions = permissions

    def ready(self) -> None:
        """Register the database of this room."""
        register()
