"""The acts upon code lists that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

NATIONAL_CODE_ADDED = act("national_code.added", "list", "code", "maps_to")
NATIONAL_CODE_RETIRED = act("national_code.retired", "list", "code", "until")
LIST_LOADED = act("codelist.loaded", "list", "source", "version", "total", "added", "changed", "gone", "refused")
