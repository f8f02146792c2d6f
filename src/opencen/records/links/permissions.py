"""What may be granted on links."""

from __future__ import annotations

from opencen.accounts.permissions import permission

LINK = permission("link:make", "Link records, and decide on suggested links")
