"""Acts upon published watchlists that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

ASKED = act("watchlist.asked", "source", "format")
STOPPED = act("watchlist.stopped", "source", "gone", "of")
CONFIRMED = act("watchlist.confirmed", "source")
DROPPED = act("watchlist.dropped", "source")
REFUSED = act("watchlist.refused", "source", "code")
LOADED = act("watchlist.loaded", "source", "added", "changed", "gone", "unchanged", "refused")
