"""What may be granted on exhibits."""

from __future__ import annotations

from opencen.accounts.permissions import permission

READ = permission("custody:read", "See the exhibits of cases and where they are")
RECORD = permission("custody:record", "Take exhibits in, weigh, move and hand them over")
DISPOSE = permission("custody:dispose", "Record how exhibits were disposed of")
CONFIGURE = permission("custody:configure", "Set the clocks and tolerances of custody")
