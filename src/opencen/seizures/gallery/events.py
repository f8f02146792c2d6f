"""The acts upon pictures that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

DERIVED_MADE = act("media.derived", "original", "kind", "marks")
