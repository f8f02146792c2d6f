"""What every page's template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the shell its names and the rail's entries."""
    return {"node_name": settings.NODE_NAME}
