"""Every entrance of the product on one screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from opencen.config.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
