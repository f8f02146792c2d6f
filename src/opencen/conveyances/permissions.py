"""What may be granted on means of transport of interest."""

from __future__ import annotations

from opencen.accounts.permissions import permission

READ_CONVEYANCES = permission("conveyance:read", "See means of transport of interest of one's offices")
RECORD_CONVEYANCES = permission("conveyance:record", "Record and amend means of transport of interest")
VALIDATE_CONVEYANCES = permission(
    "conveyance:validate", "Validate or return means of transport of interest recorded by others"
)
CANCEL_CONVEYANCES = permission("conveyance:cancel", "Cancel a means of transport of interest")
EXPORT_CONVEYANCES = permission("conveyance:export", "Export means of transport of interest to a file")
ERASE_CONVEYANCES = permission("conveyance:erase", "Erase a means of transport of interest for good")
