"""Registers links with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class LinksConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.records.links"
    label = "links"

    def ready(self) -> None:
        """Register texts, permissions and acts, the forgetting, and the graph among the derived stores."""
        for part in ("texts", "permissions", "events", "forgetting", "graph.store"):
            import_module(f"opencen.records.links.{part}")
