"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.exchange"
    label = "exchange"
