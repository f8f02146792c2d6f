"""Rows of links and charts, pages and API."""

from __future__ import annotations

from typing import Any

from tests.architecture.entrances import World
from tests.architecture.table import Row

V1 = "/api/v1"
ALL = "302 200 200 200 200 200"
EVERYBODY = "401 200 200 200 200 200"


def pair(world: World, **more: Any) -> dict[str, Any]:
    """Name the two linked cases."""
    return {"first": str(world.values["case_id"]), "second": str(world.values["ready_id"]), **more}


def nodes(world: World, **more: Any) -> dict[str, Any]:
    """Name the two cases as nodes of a chart."""
    return {"nodes": list(pair(world).values()), **more}


def suggested(world: World) -> dict[str, Any]:
    """Decide on a link that is not suggested."""
    return pair(world, kind="container", verdict="no")


def new_link(world: World) -> dict[str, Any]:
    """Link the record to another."""
    return {"other": str(world.values["ready_id"]), "role": "connected"}


def placed(world: World) -> dict[str, Any]:
    """Save a chart of a case."""
    return {"name": "Reef", "audience": "all", "nodes": [{"id": str(world.values["case_id"])}]}


ROWS = [
    Row("GET /chart", ALL),
    Row("POST /chart/judge", "302 404 403 404 404 403", "case", suggested),
    Row("POST /chart/<uuid:chart_id>/rename", "302 404 404 302 404 404", body={"name": "Another name"}),
    Row("POST /chart/<uuid:chart_id>/remove", "302 404 404 302 404 404"),
    Row("GET /records/<uuid:record_id>/links", "302 404 200 200 200 404", "case"),
    Row("POST /records/<uuid:record_id>/links/add", "302 404 403 302 302 404", "case", new_link),
    Row(
        "POST /records/<uuid:record_id>/links/judge",
        "302 404 403 302 302 404",
        "case",
        lambda world: {"link": str(world.values["link_id"]), "verdict": "unsure"},
    ),
    Row(f"GET {V1}/linkable", EVERYBODY),
    Row(f"GET {V1}/links/<uuidstr:record_id>", "401 404 200 200 200 404", "case"),
    Row(f"POST {V1}/links", "401 404 403 200 200 403", "case", lambda world: pair(world, role="connected")),
    Row(f"POST {V1}/links/<uuidstr:link_id>/judgements", "401 404 403 200 200 403", "case", {"verdict": "unsure"}),
    Row(f"POST {V1}/suggested-links", "401 404 403 404 404 403", "case", suggested),
    Row(f"GET {V1}/graph/<uuidstr:record_id>", "401 404 200 200 200 404", "case"),
    Row(f"POST {V1}/graph", EVERYBODY, body=nodes),
    Row(f"POST {V1}/graph/paths", "401 404 200 200 200 404", "case", pair),
    Row(f"POST {V1}/graph/exports", EVERYBODY, body=lambda world: nodes(world, format="graphml")),
    Row(f"GET {V1}/charts", EVERYBODY),
    Row(f"POST {V1}/charts", EVERYBODY, body=placed),
    Row(f"GET {V1}/charts/<uuidstr:chart_id>", "401 404 404 200 404 404"),
    Row(f"POST {V1}/charts/<uuidstr:chart_id>/name", "401 404 404 200 404 404", body={"name": "Another name"}),
    Row(f"DELETE {V1}/charts/<uuidstr:chart_id>", "401 404 404 200 404 404"),
]
