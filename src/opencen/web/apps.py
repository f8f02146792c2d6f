"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.web"
    label = "web"
