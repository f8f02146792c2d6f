"""Every entrance of the product on one screen."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from opencen.api.main import api
from opencen.api.routes.schemas import published_schema
from opencen.config.health import healthz, readyz
from opencen.exchange.carrier import hand_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", api.urls),
    path("api/schemas/<slug:type>.json", published_schema, name="published_schema"),
    path("exchange/v1/packets", hand_in, name="packets"),
    path("", include("opencen.web.urls")),
]

handler404 = "opencen.web.errors.not_found"
handler403 = "opencen.web.errors.refused"
handler500 = "opencen.web.errors.failed"
