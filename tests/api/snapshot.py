"""Writes the API's description as the snapshot keeps it: sorted, without what depends on the installation."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"


def describe_api() -> dict[str, Any]:
    """Return the API's description; the session cookie carries the node's id in its name."""
    from django.conf import settings  # noqa: PLC0415 - settings are set up by then

    from opencen.api.main import api  # noqa: PLC0415 - as above

    text = json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str)
    found: dict[str, Any] = json.loads(text.replace(settings.SESSION_COOKIE_NAME, "opencen_NODE"))
    return found


def write(found: dict[str, Any]) -> str:
    """Write a description as the snapshot holds it."""
    return json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(OPENCEN_HOME=home, DJANGO_SETTINGS_MODULE="opencen.config.settings")
        import django

        django.setup()
        PATH.write_text(write(describe_api()), "utf-8")
        print(f"wrote {PATH.name}")
