"""What may be granted on watch entries."""

from __future__ import annotations

from opencen.accounts.permissions import permission

READ_WATCHES = permission("watch:read", "See watch entries on records that one may see")
SET_WATCHES = permission("watch:set", "Set, renew and end watch entries")
REPORT_HITS = permission("watch:hit", "Report hits on watch entries")
END_BY_STANDING = permission("watch:clear", "End watch entries when somebody is cleared: the node itself")
