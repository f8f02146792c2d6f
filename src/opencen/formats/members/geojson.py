"""GeoJSON: one feature a record at its stated place, whole as the schema publishes it (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import orjson

from opencen.formats.format import Exported
from opencen.records.effective import EffectiveSchema
from opencen.seizures.geography import position_of

COUNTRY = "country"


class GeoJson:
    """Write whole records as features; the middle of a country is no place, and stays without a point."""

    name = "geojson"
    title = "GeoJSON"
    extension = "geojson"
    content_type = "application/geo+json"
    types: tuple[str, ...] = ()

    def write(self, stream: BinaryIO, records: Iterable[Exported], schema: EffectiveSchema, language: str) -> int:
        """Write one feature after the other."""
        stream.write(b'{"type":"FeatureCollection","features":[')
        count = 0
        for record in records:
            stream.write((b",\n" if count else b"\n") + orjson.dumps(_feature(record, schema)))
            count += 1
        stream.write(b"\n]}\n")
        return count


def _feature(record: Exported, schema: EffectiveSchema) -> dict[str, Any]:
    place = record.document.get("place")
    at = position_of(place) if isinstance(place, dict) else None
    if at is not None and at.precision == COUNTRY:
        at = None
    properties = {
        "type": schema.type.name,
        "schema_version": schema.type.version,
        "reference": record.reference,
        "state": record.state,
        "revision": record.revision,
        "precision": at.precision if at else None,
        "document": record.document,
    }
    geometry = {"type": "Point", "coordinates": [at.longitude, at.latitude]} if at else None
    return {"type": "Feature", "id": record.id, "geometry": geometry, "properties": properties}


FORMAT = GeoJson()
