"""The acts of this room that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

TOLD_APART = act("case.told_apart", "other")
