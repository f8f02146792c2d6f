"""Registers the room with Django and its work with the worker."""

from __future__ import annotations

import importlib

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Register the outbox with the worker once models are there."""
        importlib.import_module("opencen.exchange.jobs")
