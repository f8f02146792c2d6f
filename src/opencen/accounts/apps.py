"""Registers the room with Django."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Name the Django application."""

    name = "opencen.accounts"
    label = "accounts"
