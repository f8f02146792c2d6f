"""Rows of the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.kernel.keys import NodeKeys
from tests import make
from tests.architecture import rows_custody, rows_investigations
from tests.architecture.entrances import CONTAINER, World
from tests.architecture.table import READY, Row, uploaded
from tests.records.test_media import photo

V1 = "/api/v1"
YEAR = "from=2026-01-01&to=2026-12-31"
WEEKLY = (("name", "philippine_weekly"),)
SAVED = f"{V1}/searches/<uuidstr:search_id>"
RECORD = f"{V1}/records/<type>/<uuidstr:record_id>"


def submission(world: World) -> dict[str, Any]:
    """Hand in another case about the same container and the same parties."""
    return {"type": "case", "id": uuid7(), "document": make.case_document(office=None, lines=[make.line(id="x1")])}


def pair(world: World) -> dict[str, Any]:
    """Name two cases that are not there."""
    return {"first": uuid7(), "second": uuid7(), "reason": "two trucks"}


def zone(world: World) -> dict[str, Any]:
    """Read the specimen passport of ICAO."""
    return {"text": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L898902C36UTO7408122F1204159ZE184226B<<<<<10"}


def batch(world: World) -> list[dict[str, Any]]:
    """Hand in two."""
    return [submission(world), submission(world)]


def picture(world: World) -> dict[str, Any]:
    """Upload a photo."""
    return {"file": SimpleUploadedFile("a.jpg", photo(size=(64, 64)), "image/jpeg")}


def official(world: World) -> dict[str, Any]:
    """Load a file that is no official list."""
    return {"file": SimpleUploadedFile("a.csv", b"a,b\n1,2\n", "text/csv")}


def user(world: World) -> dict[str, Any]:
    """Add a user."""
    return {"username": "new.officer", "name": "New", "office_id": world.values["office_id"]}


def grant(world: World) -> dict[str, Any]:
    """Give a role."""
    return {"role": "analyst", "office_id": world.values["office_id"]}


def rows_file(world: World) -> dict[str, Any]:
    """Bring a file."""
    return {"file": SimpleUploadedFile("a.csv", b"office,date\nRDS,2026-01-01\n", "text/csv"), "type": "case"}


def hold(world: World) -> dict[str, Any]:
    """Hold for a day."""
    return {"kind": "clean", "authority": "Court", "reason": "Delivery", "until": now() + timedelta(days=300)}


def card(world: World) -> dict[str, Any]:
    """Hand over the card of another node."""
    keys = NodeKeys.generate()
    found = {"opencen_node": 1, "id": "LY", "name": "Libya", "kind": "national", "country": "LY", "url": ""}
    return {"card": {**found, "keys": keys.as_jwks(), "fingerprint": keys.fingerprint}}


ROWS = [
    Row(f"GET {V1}/openapi.json", "200 200 200 200 200 200"),
    Row(f"GET {V1}/reports", "401 200 403 403 200 403", "case"),
    Row(f"GET {V1}/reports/<name>", "401 200 403 403 200 403", "case", query=YEAR, values=WEEKLY),
    Row(f"GET {V1}/reports/<name>/file", "401 200 403 403 200 403", "case", query=YEAR, values=WEEKLY),
    Row(f"GET {V1}/quality", "401 200 200 200 200 403", "case"),
    Row(f"GET {V1}/doubles", "401 200 200 200 200 403", "case", query="since=2026-01-01"),
    Row(f"POST {V1}/doubles/relate", "401 404 403 404 404 403", "case", body=pair),
    Row(f"POST {V1}/doubles/apart", "401 404 403 404 404 403", "case", body=pair),
    Row(f"POST {V1}/records/batch", "401 200 403 200 200 403", "case", body=batch),
    Row(
        f"GET {V1}/records/<type>", "401 200 200 200 200 403", "case", query=f"q={CONTAINER}&facets=all&state=submitted"
    ),
    Row(f"GET {RECORD}", "401 404 200 200 200 404", "case"),
    Row(f"GET {RECORD}/revisions", "401 404 200 200 200 404", "case"),
    Row(f"GET {RECORD}/log", "401 404 200 403 403 404", "case"),
    Row(f"POST {RECORD}/validate", "401 404 403 403 200 404", "case", body={"revision": 1}),
    Row(f"POST {RECORD}/return", "401 404 403 403 200 404", "case", body={"revision": 1, "reasons": {"unit": "why"}}),
    Row(f"POST {RECORD}/cancel", "401 404 403 403 403 404", "case", body={"reason": "double"}),
    Row(f"POST {RECORD}/erasure", "401 404 403 403 403 404", "case", body={"items": ["p1"], "basis": "order"}),
    Row(f"GET {RECORD}/holds", "401 404 200 200 200 404", "case"),
    Row(f"POST {RECORD}/holds", "401 404 403 403 200 404", "case", body=hold),
    Row(f"POST {RECORD}/holds/<uuidstr:hold_id>/end", "401 404 403 403 200 404", "case"),
    Row(f"GET {RECORD}/releases", "401 404 200 200 200 404", "case", values=READY),
    Row(f"POST {RECORD}/releases", "401 404 403 403 200 404", "case", body={"revision": 1}, values=READY),
    Row(f"POST {RECORD}/releases/preview", "401 404 403 403 200 404", "case"),
    Row(f"GET {V1}/merges", "401 200 200 200 200 200"),
    Row(f"GET {V1}/merges/<uuidstr:task_id>", "401 404 403 200 200 404", "case"),
    Row(
        f"POST {V1}/merges/<uuidstr:task_id>/settle",
        "401 404 403 200 200 404",
        "case",
        body={"revision": 2, "choices": {"unit": "later"}},
    ),
    Row(f"GET {V1}/national-fields/<type>", "401 200 200 200 200 200", "case"),
    Row(
        f"POST {V1}/national-fields/<type>",
        "401 403 403 403 403 200",
        "case",
        body={"name": "risk", "kind": "text", "labels": {"en": "Risk"}},
    ),
    Row(f"POST {V1}/national-fields/<type>/retire", "401 403 403 403 403 404", "case", body={"name": "none"}),
    Row(f"POST {V1}/national-fields/<type>/restore", "401 403 403 403 403 404", "case", body={"name": "none"}),
    Row(f"GET {V1}/analysis", "401 200 200 200 200 403", "case"),
    Row(f"GET {V1}/analysis/<figure>", "401 200 200 200 200 403", "case"),
    Row(f"GET {V1}/analysis/<figure>/file", "401 200 200 200 200 403", "case"),
    Row(f"GET {V1}/exchange/card", "401 200 200 200 200 200"),
    Row(f"GET {V1}/exchange/partners", "401 200 200 403 200 200"),
    Row(f"POST {V1}/exchange/partners", "401 403 403 403 403 200", body=card),
    Row(f"PATCH {V1}/exchange/partners/<node>", "401 403 403 403 403 200", body={"url": "https://hub.example"}),
    Row(f"GET {V1}/exchange/outbox", "401 200 200 403 200 403"),
    Row(f"POST {V1}/exchange/outbox/<uuidstr:packet_id>/retry", "401 404 403 403 200 403"),
    Row(f"GET {V1}/exchange/inbox", "401 200 200 403 200 403"),
    Row(f"GET {V1}/exchange/reported", "401 200 200 403 200 403"),
    Row(f"GET {V1}/log", "401 200 200 403 403 200"),
    Row(f"POST {V1}/log/verify", "401 200 200 403 403 200"),
    Row(f"GET {V1}/log/entries", "401 403 200 403 403 200"),
    Row(f"GET {V1}/codelists", "401 200 200 200 200 200"),
    Row(f"GET {V1}/codelists/<name>", "401 200 200 200 200 200"),
    Row(f"GET {V1}/codelists/<name>/find", "401 200 200 200 200 200", query="q=imp"),
    Row(f"POST {V1}/codelists/load", "401 403 403 403 403 422", body=official, is_form=True),
    Row(
        f"POST {V1}/codelists/<name>/national",
        "401 403 403 403 403 200",
        body={"code": "tn:import.souk", "maps_to": "import", "labels": {"en": "Souk"}},
    ),
    Row(
        f"POST {V1}/codelists/<name>/national/retire",
        "401 403 403 403 403 404",
        body={"code": "tn:none", "until": "2027-01-01"},
    ),
    Row(f"POST {V1}/media", "401 200 403 200 200 403", body=picture, is_form=True),
    Row(f"GET {V1}/media/<sha256>/<size>", "401 404 200 200 200 404"),
    Row(f"GET {V1}/forms/<type>", "401 200 403 200 200 403", "case"),
    Row(f"POST {V1}/check", "401 200 403 200 200 403", "case", body=submission),
    Row(f"POST {V1}/mrz", "401 200 403 200 200 403", body=zone),
    Row(f"POST {V1}/known", "401 200 200 200 200 200", "case", body=submission),
    Row(f"POST {V1}/submissions", "401 200 403 200 200 403", "case", body=submission),
    Row(f"GET {V1}/capture/key", "401 200 200 200 200 200"),
    Row(f"GET {V1}/account", "401 200 200 200 200 200"),
    Row(f"PATCH {V1}/account", "401 200 200 200 200 200", body={"language": "fr"}),
    Row(f"GET {V1}/account/tokens", "401 200 200 200 200 200"),
    Row(f"POST {V1}/account/tokens", "401 200 200 200 200 200", body={"name": "x", "scopes": ["account:own"]}),
    Row(f"DELETE {V1}/account/tokens/<uuidstr:token_id>", "401 404 404 404 404 404"),
    Row(f"GET {V1}/roles", "401 200 200 200 200 200"),
    Row(f"GET {V1}/offices", "401 200 200 200 200 200"),
    Row(f"POST {V1}/offices", "401 403 403 403 403 200", body={"code": "GAB", "name": "Gabes", "country": "TN"}),
    Row(f"PUT {V1}/offices/<uuidstr:office_id>/names", "401 403 403 403 403 200", body={"name": "Gabes"}),
    Row(f"GET {V1}/users", "401 403 403 403 403 200"),
    Row(f"POST {V1}/users", "401 403 403 403 403 200", body=user),
    Row(f"PATCH {V1}/users/<uuidstr:user_id>", "401 403 403 403 403 200", body={"clearance": 2}),
    Row(f"POST {V1}/users/<uuidstr:user_id>/password", "401 403 403 403 403 200"),
    Row(f"POST {V1}/users/<uuidstr:user_id>/grants", "401 403 403 403 403 200", body=grant),
    Row(f"DELETE {V1}/grants/<uuidstr:grant_id>", "401 403 403 403 403 200"),
    Row(f"GET {V1}/schemas", "401 200 200 200 200 200"),
    Row(f"GET {V1}/schemas/<type>", "401 200 200 200 200 200", "case"),
    Row(f"GET {V1}/imports", "401 200 403 200 200 403"),
    Row(f"POST {V1}/imports", "401 200 403 200 200 403", body=rows_file, is_form=True),
    Row(f"GET {V1}/imports/statistics", "401 200 200 200 200 403"),
    Row(f"GET {V1}/imports/statistics/<source_id>", "401 404 404 404 404 403"),
    Row(f"DELETE {V1}/imports/statistics/<source_id>", "401 404 403 404 404 403"),
    Row(f"POST {V1}/imports/<batch_id>/statistics", "401 404 403 404 404 403", body={}),
    Row(f"GET {V1}/imports/mappings/<name>", "401 404 403 404 404 403"),
    Row(f"PUT {V1}/imports/mappings/<name>", "401 422 403 422 422 403", body={"text": "x"}),
    Row(f"GET {V1}/imports/<batch_id>", "401 404 403 404 404 403"),
    Row(f"GET {V1}/imports/<batch_id>/columns", "401 404 403 404 404 403"),
    Row(f"PUT {V1}/imports/<batch_id>/mapping", "401 404 403 404 404 403"),
    Row(f"POST {V1}/imports/<batch_id>/dry-run", "401 404 403 404 404 403"),
    Row(f"POST {V1}/imports/<batch_id>/run", "401 404 403 404 404 403"),
    Row(f"POST {V1}/imports/<batch_id>/pause", "401 404 403 404 404 403"),
    Row(f"POST {V1}/imports/<batch_id>/cancel", "401 404 403 404 404 403"),
    Row(f"POST {V1}/imports/<batch_id>/take-back", "401 404 403 404 404 403", body={"reason": "wrong"}),
    Row(f"GET {V1}/imports/<batch_id>/rows", "401 404 403 404 404 403"),
    Row(
        f"POST {V1}/imports/<batch_id>/rows/<number>/repair",
        "401 404 403 404 404 403",
        body={"column": 0, "value": "x"},
    ),
    Row(f"GET {V1}/imports/<batch_id>/workbook", "401 404 403 404 404 403"),
    Row(f"GET {V1}/cen", "401 200 403 403 200 403"),
    Row(f"POST {V1}/cen/workbook", "401 404 403 403 200 403", body=lambda world: {"ids": [world.values["ready_id"]]}),
    Row(f"POST {V1}/cen/uploads/<uuidstr:upload_id>", "401 404 403 403 200 403", body=uploaded),
    Row(f"GET {V1}/exports/formats/<type>", "401 200 403 403 200 403", "case"),
    Row(f"POST {V1}/exports", "401 200 403 403 200 403", "case", body={"type": "case", "format": "jsonl"}),
    Row(f"GET {V1}/searches", "401 200 200 200 200 200"),
    Row(f"POST {V1}/searches", "401 200 200 200 200 403", body={"type": "case", "name": "Gold", "query": "q=gold"}),
    Row(f"PATCH {SAVED}", "401 404 404 200 404 404", body={"audience": "office", "follows": True}),
    Row(f"DELETE {SAVED}", "401 404 404 200 404 404"),
    Row(f"GET {SAVED}/records", "401 404 404 200 404 404"),
    Row(f"POST {SAVED}/seen", "401 404 404 200 404 404"),
    Row(f"POST {V1}/exports/list", "401 200 403 403 200 403", "case", body={"type": "case", "format": "json"}),
    Row(f"GET {V1}/exports/template/<type>", "401 200 403 200 200 403", "case"),
    *rows_investigations.ROUTES,
    *rows_custody.ROUTES,
]
