"""Cases that share what a test needs, and nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from opencen.kernel.actor import Actor
from tests import make

PHONE = "+216 20 555 014"
BARE = [{"id": "v1", "mode": "vessel"}]


def person(name: str, *phones: str, **changes: Any) -> dict[str, Any]:
    """State a person with phones."""
    return {"id": "p1", "role": "courier", "standing": "suspected", "name": name, "phones": list(phones), **changes}


def state(by: Actor, *, persons: list[dict[str, Any]] | None = None, **changes: Any) -> UUID:
    """Submit a case without a consignment or a conveyance, with the persons given."""
    given = {"consignments": None, "conveyances": BARE, "persons": persons, **changes}
    return make.submit_case(by, **given).record_id
