"""The numbers that tell one event or one journey from another, as they stand in the typed index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.text import identifier_key

# Numbers that hardly two events of the same days share.
EVENT_PATHS = (
    "consignments.containers.number",
    "consignments.bill_of_lading",
    "consignments.house_bill",
    "consignments.air_waybill",
    "consignments.parcel_number",
    "consignments.declaration_number",
    "conveyances.plate",
    "conveyances.vin",
    "persons.documents.number",
)


def event_numbers(case: Any) -> Iterator[tuple[str, str]]:
    """Yield (index path, key) of every number of a case model that marks its event."""
    for consignment in case.consignments:
        for name in ("bill_of_lading", "house_bill", "air_waybill", "parcel_number", "declaration_number"):
            if value := getattr(consignment, name):
                yield f"consignments.{name}", identifier_key(value)
        for container in consignment.containers:
            if container.number:
                yield "consignments.containers.number", identifier_key(container.number)
    for conveyance in case.conveyances:
        for name in ("plate", "vin"):
            if value := getattr(conveyance, name):
                yield f"conveyances.{name}", identifier_key(value)
    for person in case.persons:
        for document in person.documents:
            if document.number:
                yield "persons.documents.number", identifier_key(document.number)
