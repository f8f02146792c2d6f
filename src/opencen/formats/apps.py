"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class FormatsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.formats"
    label = "formats"
