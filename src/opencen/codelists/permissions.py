"""What may be granted about code lists."""

from __future__ import annotations

from opencen.accounts.permissions import permission

MANAGE_CODELISTS = permission("codelists:manage", "Add national codes and load official lists")
