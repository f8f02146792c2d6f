"""What may be granted on suspects of interest."""

from __future__ import annotations

from opencen.accounts.permissions import permission

READ_SUSPECTS = permission("suspect:read", "See suspects of interest of one's offices")
RECORD_SUSPECTS = permission("suspect:record", "Record and amend suspects of interest")
VALIDATE_SUSPECTS = permission("suspect:validate", "Validate or return suspects of interest recorded by others")
CANCEL_SUSPECTS = permission("suspect:cancel", "Cancel a suspect of interest")
EXPORT_SUSPECTS = permission("suspect:export", "Export suspects of interest to a file")
ERASE_SUSPECTS = permission("suspect:erase", "Erase a suspect of interest for good")
