"""Rows of investigations: pages and routes. The contact leads the one that is asked for; nobody else is in its team."""

from __future__ import annotations

from typing import Any

from opencen.kernel.ids import uuid7
from tests.architecture.entrances import World
from tests.architecture.table import Row

ONE = "/investigations/<uuid:investigation_id>"
V1 = "/api/v1/investigations"
API = f"{V1}/<uuidstr:investigation_id>"
KIND = "investigation"
ENTRY = (("name", "entry"),)
TASK = (("task_id", "investigation_task_id"),)
LINK = (("link_id", "investigation_link_id"),)
READS, WORKS, KEEPS = "200 403 403 200 403", "404 403 403 200 403", "403 403 403 403 200"
# What the form of a page, and what a route, is sent.
NEW = {"title": "Another", "template": "drugs"}


def task(world: World) -> dict[str, Any]:
    """Give the contact a task."""
    return {"title": "Ask", "assignee": world.people["contact"].id}


def rule(world: World) -> dict[str, Any]:
    """Set a rule that the contact leads by."""
    return {"name": "Drugs", "commodity": "drugs", "template": "drugs", "lead": world.people["contact"].id}


PAGES = [
    Row("GET /investigations", f"302 {READS}", KIND, query="view=list&state=all"),
    Row("GET /investigations/new", f"302 {READS}", KIND),
    Row("POST /investigations/new", "302 302 403 403 302 403", KIND, NEW),
    Row("GET /investigations/tasks.ics", f"302 {READS}", KIND),
    Row("POST /investigations/notices/seen", "302 302 403 403 302 403", KIND),
    Row(f"GET {ONE}", f"302 {WORKS}", KIND),
    Row(f"GET {ONE}/calendar.ics", f"302 {WORKS}", KIND),
    Row(f"GET {ONE}/file.pdf", f"302 {WORKS}", KIND),
    Row(f"POST {ONE}/act/<slug:name>", "302 404 403 403 302 403", KIND, {"kind": "note", "text": "x"}, values=ENTRY),
    Row("GET /administration/investigations", f"302 {KEEPS}", KIND),
    Row("POST /administration/investigations", "302 403 403 403 403 422", KIND, {"act": "template", "content": "["}),
]

ROUTES = [
    Row(f"GET {V1}", f"401 {READS}", KIND, query="state=all"),
    Row(f"POST {V1}", f"401 {READS}", KIND, NEW),
    Row(f"GET {V1}/tasks", f"401 {READS}", KIND),
    Row(f"GET {V1}/notices", f"401 {READS}", KIND),
    Row(f"POST {V1}/notices/seen", f"401 {READS}", KIND),
    Row(f"GET {API}", f"401 {WORKS}", KIND),
    Row(f"POST {API}/tasks", f"401 {WORKS}", KIND, task),
    Row(f"PATCH {API}/tasks/<uuidstr:task_id>", f"401 {WORKS}", KIND, {"due": "2999-01-01"}, values=TASK),
    Row(f"POST {API}/tasks/<uuidstr:task_id>/end", f"401 {WORKS}", KIND, {"state": "done", "result": "x"}, values=TASK),
    Row(f"POST {API}/log", f"401 {WORKS}", KIND, {"kind": "note", "text": "x"}),
    Row(f"POST {API}/links", "401 404 403 403 404 403", KIND, {"record": str(uuid7())}),
    Row(f"POST {API}/links/<uuidstr:link_id>/end", f"401 {WORKS}", KIND, {"reason": "x"}, values=LINK),
    Row(f"PUT {API}/team/<uuidstr:user_id>", "401 404 403 403 422 403", KIND, {"role": "officer"}),
    Row(f"DELETE {API}/team/<uuidstr:user_id>", "401 404 403 403 404 403", KIND),
    Row(f"POST {API}/stage", f"401 {WORKS}", KIND, {"stage": "plan", "before": "assess"}),
    Row(f"POST {API}/deadline", f"401 {WORKS}", KIND, {"due": "2999-01-01", "reason": "x"}),
    Row(f"POST {API}/close", "401 404 403 403 409 403", KIND, {"reason": "x"}),
    Row(f"POST {API}/reopen", "401 404 403 403 409 403", KIND, {"reason": "x"}),
    Row(f"GET {API}/calendar.ics", f"401 {WORKS}", KIND),
    Row(f"GET {API}/file.pdf", f"401 {WORKS}", KIND),
    Row(f"GET {V1}/rules", f"401 {KEEPS}", KIND),
    Row(f"POST {V1}/rules", f"401 {KEEPS}", KIND, rule),
    Row(f"POST {V1}/rules/<uuidstr:rule_id>", f"401 {KEEPS}", KIND, {"is_on": False}),
    Row(f"GET {V1}/rules/not-opened", f"401 {KEEPS}", KIND),
    Row(f"POST {V1}/rules/not-opened/<uuidstr:event_id>", "401 403 403 403 403 404", KIND),
    Row(f"GET {V1}/templates", "401 200 403 403 200 200", KIND),
    Row(f"POST {V1}/templates", "401 403 403 403 403 422", KIND, {"content": "["}),
]
