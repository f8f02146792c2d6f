"""The acts upon figures that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

FIGURE_EXPORTED = act("figure.exported", "question", "format", "count", reads=True)
