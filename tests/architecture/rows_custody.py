"""Rows of custody and of the legal follow-up in the API."""

from __future__ import annotations

from typing import Any

from tests.architecture.entrances import World
from tests.architecture.table import Row

CUSTODY, LEGAL = "/api/v1/custody", "/api/v1/legal"
READS = "401 404 200 200 200 403"
LEGAL_PAPER = (("act_id", "legal_act_id"),)


def exhibit(world: World) -> dict[str, Any]:
    """Take another exhibit of the planted case in."""
    return {"case": world.values["case_id"], "answers": {"amount": "1", "unit": "kg"}}


def proceeding(world: World) -> dict[str, Any]:
    """Open another proceeding about the planted case."""
    return {"case": world.values["case_id"], "answers": {"stage": "referred"}}


ROUTES = [
    Row(f"GET {CUSTODY}/schema", "401 200 200 200 200 200", "case"),
    Row(f"GET {CUSTODY}/exhibits", "401 200 200 200 200 403", "case", query="show=held"),
    Row(f"POST {CUSTODY}/exhibits", "401 404 403 200 403 403", "case", body=exhibit),
    Row(f"GET {CUSTODY}/exhibits/<uuidstr:exhibit_id>", READS, "case"),
    Row(
        f"POST {CUSTODY}/exhibits/<uuidstr:exhibit_id>/acts",
        "401 404 403 200 403 403",
        "case",
        body={"kind": "weighed", "answers": {"amount": "86.42"}},
    ),
    Row(f"GET {CUSTODY}/cases/<uuidstr:case_id>", READS, "case"),
    Row(f"GET {CUSTODY}/cases/<uuidstr:case_id>/labels", READS, "case"),
    Row(f"GET {CUSTODY}/papers/<uuidstr:act_id>", READS, "case"),
    Row(f"PUT {CUSTODY}/clocks", "401 403 403 403 403 200", "case", body={"commodity": "drugs", "values": {}}),
    Row(f"GET {LEGAL}/schema", "401 200 200 200 200 200", "case"),
    Row(f"GET {LEGAL}/proceedings", "401 200 200 200 200 403", "case", query="show=open"),
    Row(f"POST {LEGAL}/proceedings", "401 404 403 403 403 403", "case", body=proceeding),
    Row(f"GET {LEGAL}/proceedings/<uuidstr:proceeding_id>", READS, "case"),
    Row(
        f"POST {LEGAL}/proceedings/<uuidstr:proceeding_id>/acts",
        "401 404 403 403 403 403",
        "case",
        body={"kind": "staged", "answers": {"stage": "appeal"}},
    ),
    Row(f"GET {LEGAL}/cases/<uuidstr:case_id>", READS, "case"),
    Row(f"GET {LEGAL}/papers/<uuidstr:act_id>", READS, "case", values=LEGAL_PAPER),
]
