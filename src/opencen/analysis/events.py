"""The acts upon figures that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

FIGURE_EXPORTED = act("figure.exported", "question", "format", "count", reads=True)
FIGURE_SAVED = act("figure.saved", "audience", "schedule")
FIGURE_REMOVED = act("figure.removed")
FIGURE_MADE = act("figure.made", "format", "count", reads=True)
FIGURE_FROZEN = act("figure.frozen", "question", "cut_off")
SOURCE_LOADED = act("source.loaded", "count")
SOURCE_REMOVED = act("source.removed")
