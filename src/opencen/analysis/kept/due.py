"""When a scheduled figure is made next."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

SCHEDULES = ("", "daily", "weekly", "monthly")


def next_time(schedule: str, hour: int, after: datetime, zone: str = "UTC") -> datetime | None:
    """Return the next moment of a schedule behind another: daily, on Monday, or on the first, at an hour of a zone."""
    if not schedule:
        return None
    local = after.astimezone(ZoneInfo(zone))
    found = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    if found <= local:
        found += timedelta(days=1)
    while (schedule == "weekly" and found.weekday() != 0) or (schedule == "monthly" and found.day != 1):
        found += timedelta(days=1)
    return found
