"""Rows of the pages of suspects, companies and conveyances."""

from __future__ import annotations

from tests.architecture.table import Row

PLACES = {"suspect": "suspects", "company": "companies", "conveyance": "conveyances"}


def _rows(kind: str, place: str) -> list[Row]:
    record, own = f"/{place}/<uuid:record_id>", (("record_id", f"{kind}_id"),)
    acted, seen = (*own, ("name", "validate")), "302 404 403 200 200 403"
    return [
        Row(f"GET /{place}", "302 200 403 200 200 403", kind, query="q=testudo"),
        Row(f"GET {record}", seen, kind, values=own),
        Row(f"GET {record}/compare", seen, kind, query="before=1&after=1", values=own),
        Row(f"POST {record}/acts/<slug:name>", "302 404 403 403 302 403", kind, {"revision": "1"}, values=acted),
    ]


ROWS = [
    *(row for kind, place in PLACES.items() for row in _rows(kind, place)),
    Row("POST /cases/<uuid:case_id>/promote", "302 404 403 302 302 403", "case", {"item": "p1"}),
]
