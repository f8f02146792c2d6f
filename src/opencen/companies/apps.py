"""Registers the room with Django and with the spine."""

from __future__ import annotations

from django.apps import AppConfig

from opencen.companies import permissions
from opencen.companies.domain import register


class CompaniesConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.companies"
    label = "companies"
    permissions = permissions

    def ready(self) -> None:
        """Register the database of this room."""
        register()
