"""The acts of downloads that the log knows; the export itself is logged when the file is written."""

from __future__ import annotations

from opencen.log.acts import act

ASKED = act("download.asked", "type", "format")
CANCELLED = act("download.cancelled")
