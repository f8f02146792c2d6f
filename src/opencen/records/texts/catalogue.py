"""The catalogue of texts: every code of a finding or an error with its English template.

Other languages come from the message catalogues. A room adds its own with `texts({...})` when it starts;
the sentences of plausibility rules stand with the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from opencen.records.texts.generic import GENERIC
from opencen.records.texts.rooms import ROOMS
from opencen.records.texts.zones import ZONES
from opencen.records.types import all_domains

Template = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """The English templates of one code: what is wrong, and what would be right."""

    message: str
    right: str = ""


_texts: dict[str, Text] = {}


def texts(entries: Mapping[str, Template]) -> None:
    """Add the texts of a room: a message, or a message with what would be right."""
    for code, entry in entries.items():
        message, right = (entry, "") if isinstance(entry, str) else entry
        known = _texts.setdefault(code, Text(message, right))
        if known != Text(message, right):
            raise ValueError(f"text {code!r} is registered twice")


def text_of(code: str) -> Text:
    """Return the text of a code; a code nobody has worded says so, and names itself."""
    found = _texts.get(code) or _rule_texts().get(code)
    return found or Text("Something is not right here ({code}).".replace("{code}", code))


def known_texts() -> dict[str, Text]:
    """Return every text there is, those of plausibility rules included."""
    return {**_texts, **_rule_texts()}


def _rule_texts() -> dict[str, Text]:
    return {rule.code: Text(rule.message, rule.right) for found in all_domains().values() for rule in found.rules()}


texts(GENERIC)
texts(ROOMS)
texts(ZONES)
