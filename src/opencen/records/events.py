"""The acts upon records that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

STORED = act("record.stored", "outcome", "submission", "batch", "state", "office")
REFUSED = act("record.refused", "outcome", "codes")
VALIDATED = act("record.validated", "state", "sample_of")
RETURNED = act("record.returned", "state", "notes")
CANCELLED = act("record.cancelled", "state")
SETTLED = act("record.merge_settled", "task")
CLASSIFIED = act("record.classified", "sensitivity", "compartment")
ERASED = act("record.erased", "items", "media", "revisions", "basis")
ERASED_WHOLE = act("record.erased_whole", "media", "revisions", "basis", "state")
HOLD_SET = act("hold.set", "hold", "until")
HOLD_ENDED = act("hold.ended", "hold")
LINKED = act("record.linked", "link", "other")
LINK_JUDGED = act("record.link_judged", "link", "other", "verdict")
MEDIA_STORED = act("media.stored", "kind", "size")
MEDIA_READ = act("media.original_read", reads=True)
NOMINAL_READ = act("record.nominal_read", "revision", reads=True)
EXPORTED = act("records.exported", "format", "count", "type", reads=True)
FIELD_ADDED = act("national_field.added", "type", "path", "kind")
FIELD_RETIRED = act("national_field.retired", "type", "path")
FIELD_RESTORED = act("national_field.restored", "type", "path")
