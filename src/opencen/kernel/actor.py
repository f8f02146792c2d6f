"""Who acts: the one value that every read and every act takes first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

from opencen.kernel.errors import Forbidden

ActorKind = Literal["user", "device", "partner", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Name a person, device, partner or system with what it may do and see.

    `office_ids` None means every office (national scope); an empty set means none.
    """

    id: UUID
    kind: ActorKind
    name: str
    office_id: UUID | None = None
    office_ids: frozenset[UUID] | None = frozenset()
    permissions: frozenset[str] = frozenset()
    clearance: int = 0
    compartments: frozenset[UUID] = frozenset()
    language: str = "en"
    time_zone: str = "UTC"
    roles: frozenset[str] = field(default=frozenset())

    def may(self, permission: str) -> bool:
        """Tell whether the actor holds a permission."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raise Forbidden unless the actor holds a permission."""
        if permission not in self.permissions:
            raise Forbidden("permission.missing", permission=permission)

    def require_any(self, verb: str) -> None:
        """Raise Forbidden unless the actor holds a verb for at least one database."""
        if not any(permission.endswith(f":{verb}") for permission in self.permissions):
            raise Forbidden("permission.missing", permission=verb)

    def speaking(self, language: str) -> Actor:
        """Return the same actor with another language."""
        return replace(self, language=language)


SYSTEM_ID = UUID("00000000-0000-7000-8000-000000000000")


def system_actor(*permissions: str) -> Actor:
    """Make the actor for work that no person asked for, with just the permissions it needs."""
    return Actor(
        id=SYSTEM_ID,
        kind="system",
        name="system",
        office_ids=None,
        permissions=frozenset(permissions),
        clearance=9,
    )
