"""The entry application's own words in a language."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from django.utils import translation


@cache
def message_ids() -> tuple[str, ...]:
    """Return every sentence that the application shows, in English."""
    file = resources.files("opencen.capture").joinpath("messages.json")
    return tuple(json.loads(file.read_text("utf-8"))) if file.is_file() else ()


def messages_in(language: str) -> dict[str, str]:
    """Map every sentence to its translation."""
    with translation.override(language):
        return {text: translation.gettext(text) for text in message_ids()}
