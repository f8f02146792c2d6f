"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class SeizuresConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.seizures"
    label = "seizures"
