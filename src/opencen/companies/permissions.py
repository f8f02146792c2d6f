"""What may be granted on companies of interest."""

from __future__ import annotations

from opencen.accounts.permissions import permission

READ_COMPANIES = permission("company:read", "See companies of interest of one's offices")
RECORD_COMPANIES = permission("company:record", "Record and amend companies of interest")
VALIDATE_COMPANIES = permission("company:validate", "Validate or return companies of interest recorded by others")
CANCEL_COMPANIES = permission("company:cancel", "Cancel a company of interest")
EXPORT_COMPANIES = permission("company:export", "Export companies of interest to a file")
ERASE_COMPANIES = permission("company:erase", "Erase a company of interest for good")
