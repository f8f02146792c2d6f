"""Acts upon watch entries that the log knows."""

from __future__ import annotations

from opencen.log.acts import act

WATCH_SET = act("watch.set", "watch", "action", "until")
WATCH_RENEWED = act("watch.renewed", "watch", "until")
WATCH_ENDED = act("watch.ended", "watch", "cause")
WATCH_HIT = act("watch.hit", "watch", "hit", "outcome")
WATCHES_PRINTED = act("watches.printed", "count", reads=True)
CLEARED = act("standing.cleared", "watches", "review")
REVIEWED = act("standing.reviewed", "review", "decision")
