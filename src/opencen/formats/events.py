"""The acts of imports that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

UPLOADED = act("import.uploaded", "size", "type")
MAPPED = act("import.mapped", "mapping", "mode")
STARTED = act("import.started", "task", "rows")
STOPPED = act("import.stopped", "state")
ENDED = act("import.ended", "stored", "unchanged", "refused", "waiting", "state")
REPAIRED = act("import.row_repaired", "row", "column", "rows")
UNDONE = act("import.undone", "cancelled", "restored", "kept")
MAPPING_SAVED = act("import.mapping_saved", "mapping")
HANDED_BACK = act("import.workbook_read", "rows", reads=True)
REPORTED = act("report.made", "report", "format", "rows", "with_names", reads=True)
STATISTICS_KEPT = act("import.statistics_kept", "rows", "figures")
