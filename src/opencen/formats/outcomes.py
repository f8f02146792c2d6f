"""What may become of a row, and the names of the tasks and reasons around taking an import back."""

from __future__ import annotations

OUTCOMES = ("stored", "unchanged", "refused", "waiting")
BACK = "back"
"""The task of taking an import back."""
TAKEN_BACK = "taken_back"
"""The outcome of a row whose record was cancelled, or has its former values again."""
STAYS = "import.stays_"
"""So begins the code of a reason for which a record stayed when its import was taken back."""
