"""Registers the room with Django and with the spine."""

from __future__ import annotations

from django.apps import AppConfig

from opencen.conveyances import permissions
from opencen.conveyances.domain import register


class ConveyancesConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.conveyances"
    label = "conveyances"
    permissions = permissions

    def ready(self) -> None:
        """Register the database of this room."""
        register()
