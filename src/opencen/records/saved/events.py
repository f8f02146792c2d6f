"""The acts upon saved searches that the log knows; what is searched for is content and stands in no entry."""

from __future__ import annotations

from opencen.log.acts import act

SAVED = act("search.saved", "type", "audience")
REMOVED = act("search.removed")
FOLLOWED = act("search.followed", "follows")
SEEN = act("search.alerts_seen", "count", reads=True)
