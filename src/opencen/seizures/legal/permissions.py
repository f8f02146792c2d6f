"""What may be granted on the legal follow-up of cases."""

from __future__ import annotations

from opencen.accounts.permissions import permission

READ = permission("legal:read", "See the legal follow-up of cases")
RECORD = permission("legal:record", "Record the legal follow-up of cases")
