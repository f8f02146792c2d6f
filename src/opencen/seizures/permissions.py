"""What may be granted on cases and controls."""

from __future__ import annotations

from opencen.accounts.permissions import permission

READ_CASES = permission("case:read", "See cases of one's offices")
RECORD_CASES = permission("case:record", "Record and amend cases")
VALIDATE_CASES = permission("case:validate", "Validate or return cases of others")
CANCEL_CASES = permission("case:cancel", "Cancel a case")
HOLD_CASES = permission("case:hold", "Set and end an operational hold")
RELEASE_CASES = permission("case:release", "Release cases to the hub and partners")
EXPORT_CASES = permission("case:export", "Export cases to a file")
ERASE_CASES = permission("case:erase", "Erase a person from a case")
READ_CONTROLS = permission("control:read", "See controls of one's offices")
RECORD_CONTROLS = permission("control:record", "Record controls")
