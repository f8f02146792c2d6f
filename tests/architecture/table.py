"""The table of the endpoint matrix: what each entrance answers to whom. A new entrance needs a row.

Statuses stand in the order nobody, stranger, reader, officer, contact, administrator. The stranger holds every role
that works with records, but over another office; the reader is the auditor; the officer recorded what is asked for;
the contact is the National Contact Point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from opencen.kernel.clock import now
from tests import make
from tests.architecture.entrances import World


@dataclass(frozen=True)
class Row:
    """One entrance: its statuses, what is sent, and the database it belongs to.

    "" for none, "type" for the named; `a|b` needs one of several, `a+b` all of them.
    """

    entrance: str
    statuses: str
    database: str = ""
    body: Any = None
    query: str = ""
    values: tuple[tuple[str, str], ...] = ()
    is_form: bool = False

    @property
    def method(self) -> str:
        """Return the method."""
        return self.entrance.split(" ")[0]

    @property
    def route(self) -> str:
        """Return the route."""
        return self.entrance.split(" ")[1]

    def is_on(self, installed: tuple[str, ...]) -> bool:
        """Tell whether an installation has the databases that the entrance needs."""
        if "|" in self.database:
            return bool(set(self.database.split("|")) & set(installed))
        return not self.database or set(self.database.split("+")) <= set(installed)

    def content(self, world: World) -> Any:
        """Return what is sent."""
        return self.body(world) if callable(self.body) else self.body or {}

    def encode(self, content: Any) -> bytes:
        """Write what is sent as JSON."""
        return orjson.dumps(content, default=str)


def submission(world: World) -> dict[str, Any]:
    """Hand in another case about the same container."""
    return {"type": "case", "id": "01a203fb-c3f9-7dec-aa36-b1f6c1a1ef19", "document": make.case_document(office=None)}


def uploaded(world: World) -> dict[str, Any]:
    """Note a transfer of today: the day of the call, for a run may cross midnight."""
    return {"uploaded_on": now().date().isoformat(), "number": "CEN-1"}


READY = (("case_id", "ready_id"), ("record_id", "ready_id"))
