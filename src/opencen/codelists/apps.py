"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class CodelistsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.codelists"
    label = "codelists"
