"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.release"
    label = "release"
