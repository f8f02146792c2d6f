"""The acts upon exhibits that the log knows; who was present and what papers say stands in no entry."""

from __future__ import annotations

from opencen.log.acts import act

TAKEN_IN = act("custody.taken_in", "exhibit", "number")
RECORDED = act("custody.recorded", "exhibit", "number", "kind", "corrects")
READ_PAPER = act("custody.paper_read", "exhibit", reads=True)
CLOCKS_SET = act("custody.clocks_set", "commodity")
