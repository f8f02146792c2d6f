"""The API's description is the one that was reviewed, and says what a client needs."""

from __future__ import annotations

import pytest

from tests.api.snapshot import PATH, describe_api, write

pytestmark = pytest.mark.django_db


def test_the_description_is_the_reviewed_one() -> None:
    assert write(describe_api()) == PATH.read_text("utf-8"), (
        "the API changed: run script/openapi and read the difference"
    )


def test_every_operation_says_what_it_does_and_needs_a_caller() -> None:
    for path, operations in describe_api()["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary"), (method, path)
            assert operation.get("description"), (method, path)
            assert operation.get("security"), (method, path)


def test_every_list_has_limits() -> None:
    for path, operations in describe_api()["paths"].items():
        for parameter in operations.get("get", {}).get("parameters", ()):
            if parameter["name"] == "limit":
                assert parameter["schema"].get("maximum"), path
