"""The permission catalogue: rooms register what may be granted, roles hold selections of it."""

from __future__ import annotations

from dataclasses import dataclass

from opencen.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Permission:
    """Name one thing that may be granted, as `domain:verb`, with the sentence an administrator reads."""

    code: str
    label: str


PERMISSIONS: Registry[Permission] = Registry("permission")


def permission(code: str, label: str) -> str:
    """Register a permission and return its code."""
    return PERMISSIONS.add(code, Permission(code, label)).code


MANAGE_ACCOUNTS = permission("accounts:manage", "Manage users, offices and roles")
OWN_ACCOUNT = permission("account:own", "Change one's own password, language and tokens")
READ_LOG = permission("log:read", "Read and verify the log")
