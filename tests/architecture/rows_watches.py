"""Rows of watch entries and published watchlists: pages and routes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from tests.architecture.entrances import World
from tests.architecture.table import Row

KIND = "suspect"
ANY = "suspect|company|conveyance"
ALL = "suspect+company+conveyance"
V1 = "/api/v1/watches"
LISTS = "/api/v1/watchlists"
LATER = (now() + timedelta(days=20)).isoformat()
DAY = LATER[:10]
RENEW, END, HIT = (("name", "renew"),), (("name", "end"),), (("name", "hit"),)
OF_RECORD = (("record_id", "watched_id"),)
KEEPS = "200 403 403 200 200"


def wanted(world: World) -> dict[str, Any]:
    """Watch the planted person once more."""
    return {"record": world.values["watched_id"], "action": "sighting", "ends_at": LATER}


def list_file(world: World) -> dict[str, Any]:
    """Hand in a list that the worker will refuse."""
    return {"format": "ftm", "name": "other", "files": SimpleUploadedFile("a.json", b"{}", "application/json")}


PAGES = [
    Row("GET /watches", "302 200 403 200 200 403", ANY, query="show=all"),
    Row("GET /watches/print.pdf", "302 200 403 200 200 403", ANY),
    Row("GET /watches/new", "302 200 403 403 200 403", ANY),
    Row("POST /watches/new", "302 422 403 403 422 403", ANY, body={"record": str(uuid7()), "action": "sighting", "ends": DAY}),
    Row("GET /watches/<uuid:watch_id>", "302 404 403 200 200 403", KIND),
    Row("POST /watches/<uuid:watch_id>/<slug:name>", "302 404 403 403 302 403", ANY, body={"ends": DAY}, values=RENEW),
    Row("POST /watches/reviews/<uuid:review_id>", "302 404 404 404 302 404", KIND, body={"decision": "keep", "note": "x"}),
    Row("GET /records/<uuid:record_id>/watches", "302 404 403 200 200 403", KIND, values=OF_RECORD),
    Row("GET /administration/watchlists", f"302 {KEEPS}", ALL),
    Row("GET /administration/watchlists/part", f"302 {KEEPS}", ALL),
    Row("POST /administration/watchlists", "302 422 403 403 422 422", ALL, body={"act": "load", "format": "un"}),
]  # fmt: skip

ROUTES = [
    Row(f"GET {V1}", "401 200 403 200 200 403", ANY, query="show=all"),
    Row(f"POST {V1}", "401 404 403 403 200 403", ANY, body=wanted),
    Row(f"GET {V1}/<uuidstr:watch_id>", "401 404 403 200 200 403", KIND),
    Row(f"POST {V1}/<uuidstr:watch_id>/renew", "401 404 403 403 200 403", ANY, body={"ends_at": LATER}),
    Row(f"POST {V1}/<uuidstr:watch_id>/end", "401 404 403 403 200 403", ANY, body={"cause": "x"}),
    Row(f"POST {V1}/<uuidstr:watch_id>/hits", "401 404 403 200 200 403", ANY, body={"outcome": "reported"}),
    Row(
        f"POST {V1}/reviews/<uuidstr:review_id>",
        "401 404 404 404 200 404",
        KIND,
        body={"decision": "keep", "note": "x"},
    ),
    Row(f"GET {LISTS}", f"401 {KEEPS}", ALL),
    Row(f"POST {LISTS}", f"401 {KEEPS}", ALL, body=list_file, is_form=True),
    Row(f"GET {LISTS}/loads/<uuidstr:load_id>", f"401 {KEEPS}", ALL),
    Row(f"POST {LISTS}/loads/<uuidstr:load_id>/confirm", f"401 {KEEPS}", ALL),
    Row(f"POST {LISTS}/loads/<uuidstr:load_id>/drop", f"401 {KEEPS}", ALL),
]
