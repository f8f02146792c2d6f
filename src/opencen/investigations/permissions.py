"""What may be granted on investigations; which ones one sees is decided by their teams."""

from __future__ import annotations

from opencen.accounts.permissions import permission

READ_INVESTIGATIONS = permission("investigation:read", "See the investigations of one's teams")
RECORD_INVESTIGATIONS = permission("investigation:record", "Open investigations and work on those of one's teams")
MANAGE_INVESTIGATIONS = permission("investigation:manage", "Set templates and opening rules of investigations")
