"""Every answer is the one that the API's description gives, and the description changes nothing in it."""

from __future__ import annotations

import json

import pytest
from ninja.operation import Operation
from ninja.responses import NinjaJSONEncoder

from tests.api.snapshot import describe_api
from tests.architecture.entrances import make_world
from tests.architecture.rows_api import ROWS
from tests.architecture.test_entrances import call

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE = ("officer", "contact", "administrator", "reader")
# Answers that are files or documents with a schema of their own, or of the entry application alone.
WITHOUT = ("/file", "/workbook", "/exports", "/template", "/media/", "/imports/{batch_id}/workbook", "/schemas/", "/codelists/load",
           "/downloads", "/calendar.ics", "/labels", "/papers/")  # fmt: skip


@pytest.fixture
def differences(monkeypatch):
    """Compare what each route returned with what was sent, and collect what differs."""
    found: list[object] = []
    compared: set[str] = set()
    before = Operation._result_to_response

    def compare(self, request, result, temporal_response):
        answer = before(self, request, result, temporal_response)
        if answer is not result and isinstance(result, dict | list):
            compared.add(self.view_func.__name__)
            returned = json.loads(json.dumps(result, cls=NinjaJSONEncoder))
            if returned != json.loads(answer.content):
                found.append((request.path, returned, json.loads(answer.content)))
        return answer

    monkeypatch.setattr(Operation, "_result_to_response", compare)
    return found, compared


def test_an_answer_is_what_the_route_returned(differences):
    world = make_world()
    for row in ROWS:
        for who in PEOPLE:
            answer = call(world, who, row)
            assert answer.status_code < 500, (who, row.entrance, answer.content[:2000])
    found, compared = differences
    assert found == []
    assert {
        "search_records",
        "read_record",
        "hand_in",
        "read_merge",
        "list_releases",
        "find_codes",
        "verify",
    } <= compared
    assert len(compared) > 45


def test_the_description_says_what_is_answered():
    untold = [
        f"{method} {path}"
        for path, operations in describe_api()["paths"].items()
        for method, operation in operations.items()
        if not any(part in path for part in WITHOUT) and "content" not in operation["responses"].get("200", {})
    ]
    assert untold == []
