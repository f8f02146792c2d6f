"""What may be granted on import and export."""

from __future__ import annotations

from opencen.accounts.permissions import permission

RUN_IMPORT = permission("import:run", "Import records from files")
