"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class LogConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.log"
    label = "log"
