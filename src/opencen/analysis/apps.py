"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.analysis"
    label = "analysis"
