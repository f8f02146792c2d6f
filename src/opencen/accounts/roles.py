"""Roles: named selections of the permission catalogue."""

from __future__ import annotations

from functools import cache

SUBJECTS = ("suspect", "company", "conveyance")
"""Records of interest: who works with cases reads and records them; the auditor reads the log, not the people."""


def _over_subjects(*verbs: str) -> tuple[str, ...]:
    return tuple(f"{name}:{verb}" for name in SUBJECTS for verb in verbs)


_READ = ("case:read", "control:read", "analysis:read")
_RECORD = (
    "records:submit",
    "case:record",
    "control:record",
    "media:upload",
    "import:run",
    "link:make",
    *_over_subjects("read", "record"),
)

ROLES: dict[str, tuple[str, ...]] = {
    "officer": (*_READ, *_RECORD),
    "validator": (*_READ, *_RECORD, "case:validate", "case:hold", "case:export", *_over_subjects("validate", "export")),
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
        *_over_subjects("validate", "export"),
    ),
    "analyst": (
        *_READ,
        "case:export",
        "records:submit",
        "case:record",
        "import:run",
        "link:make",
        *_over_subjects("read", "record", "export"),
    ),
    "legal": (
        *_READ,
        "case:hold",
        "case:erase",
        "case:cancel",
        "records:submit",
        "media:original",
        *_over_subjects("read", "cancel", "erase"),
    ),
    "administrator": ("accounts:manage", "codelists:manage", "fields:manage", "exchange:manage", "log:read"),
    "auditor": (*_READ, "log:read", "exchange:read"),
    "hub_operator": ("case:read", "analysis:read", "exchange:read", "exchange:manage", "case:export"),
}


# What becomes of the goods and of the case: custody in the hands of who keeps the store, the courts in those of the
# legal staff.
_KEEPING = ("custody:read", "custody:record")
_AFTERWARDS: dict[str, tuple[str, ...]] = {
    "officer": (*_KEEPING, "legal:read"),
    "validator": (*_KEEPING, "custody:dispose", "legal:read"),
    "national_contact_point": ("custody:read", "legal:read"),
    "analyst": ("legal:read",),
    "legal": ("custody:read", "legal:read", "legal:record", "media:upload"),
    "custodian": ("case:read", "media:upload", *_KEEPING, "custody:dispose"),
    "administrator": ("custody:configure",),
    "auditor": ("custody:read", "legal:read"),
}
for _role, _more in _AFTERWARDS.items():
    ROLES[_role] = (*ROLES.get(_role, ()), *_more)


# Investigations are seen by their teams alone; a role only opens the room. Officers who join a team are granted the
# role.
_INVESTIGATING = ("investigation:read", "investigation:record")
_TEAMS: dict[str, tuple[str, ...]] = {
    "investigator": (*_READ, *_RECORD, "case:export", "custody:read", "legal:read", *_INVESTIGATING),
    "validator": _INVESTIGATING,
    "national_contact_point": _INVESTIGATING,
    "analyst": _INVESTIGATING,
    "legal": ("investigation:read",),
    "administrator": ("investigation:manage",),
}
for _role, _more in _TEAMS.items():
    ROLES[_role] = (*ROLES.get(_role, ()), *_more)

# Published lists are loaded by whoever runs the installation; watch entries are set by those who lead, hit by all.
_WATCHING: dict[str, tuple[str, ...]] = {
    "officer": ("watch:read", "watch:hit"),
    "validator": ("watch:read", "watch:hit", "watch:set"),
    "national_contact_point": ("watch:read", "watch:hit", "watch:set", "watchlist:load"),
    "analyst": ("watch:read", "watch:set"),
    "investigator": ("watch:read", "watch:hit", "watch:set"),
    "legal": ("watch:read",),
    "administrator": ("watchlist:load",),
}
for _role, _more in _WATCHING.items():
    ROLES[_role] = (*ROLES.get(_role, ()), *_more)


@cache
def permissions_of(role: str) -> frozenset[str]:
    """Return the permissions that a role holds; an unknown role holds none."""
    held = ROLES.get(role, ())
    return frozenset((*held, "account:own")) if held else frozenset()
