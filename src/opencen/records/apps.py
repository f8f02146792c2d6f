"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.records"
    label = "records"
