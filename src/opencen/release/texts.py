"""What this room's codes say, in English: what is wrong, and what would be right."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "profile.unknown": "There is no release profile “{name}”.",
    }
)
