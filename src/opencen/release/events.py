"""The acts of release that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

RELEASED = act("record.released", "release", "profile", "version", "recipient", "fields", "photos", "purpose")
RELEASE_REFUSED = act("release.refused", "reason", "recipient")
RELEASE_CHANGED = act("release.changed", "release", "state", "packet")
WORKBOOK_MADE = act("release.workbook_made", "format", "count")
CORRECTION_DUE = act("release.correction_due", "correction")
UPLOADED = act("record.uploaded", "system", "upload")
