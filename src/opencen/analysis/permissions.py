"""What may be granted on figures."""

from __future__ import annotations

from opencen.accounts.permissions import permission

READ_FIGURES = permission("analysis:read", "See figures over the cases and controls one may see")
