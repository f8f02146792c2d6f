"""Roles: named selections of the permission catalogue."""

from __future__ import annotations

from functools import cache

_READ = ("case:read", "control:read", "analysis:read")
_RECORD = ("records:submit", "case:record", "control:record", "media:upload", "import:run")

ROLES: dict[str, tuple[str, ...]] = {
    "officer": (*_READ, *_RECORD),
    "validator": (*_READ, *_RECORD, "case:validate", "case:hold", "case:export"),
    "national_contact_point": (
        *_READ,
        *_RECORD,
        "case:validate",
        "case:hold",
        "case:release",
        "case:export",
        "exchange:read",
        "exchange:send",
        "media:release",
    ),
    "analyst": (*_READ, "case:export", "records:submit", "case:record", "import:run"),
    "legal": (*_READ, "case:hold", "case:erase", "case:cancel", "records:submit", "media:original"),
    "administrator": ("accounts:manage", "codelists:manage", "fields:manage", "exchange:manage", "log:read"),
    "auditor": (*_READ, "log:read", "exchange:read"),
    "hub_operator": ("case:read", "analysis:read", "exchange:read", "exchange:manage", "case:export"),
}


@cache
def permissions_of(role: str) -> frozenset[str]:
    """Return the permissions that a role holds; an unknown role holds none."""
    held = ROLES.get(role, ())
    return frozenset((*held, "account:own")) if held else frozenset()
