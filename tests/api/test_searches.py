"""Saved searches over the API: made, shared, followed, run and removed, each person with its own eyes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from opencen.accounts.models import Grant, Office, User
from opencen.records.derived import rebuild
from opencen.records.search.store import SEARCH
from tests import make
from tests.records.search.conftest import forget_store

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/searches"


def sign_in(name: str, role: str, code: str) -> Client:
    """Make a user with one role at an office and sign it in."""
    office = Office.objects.get(code=code)
    user = User.objects.create(username=name, name=name.title(), office=office)
    Grant.objects.create(user=user, role=role, office=office)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def people() -> dict[str, Client]:
    """Two people of Radès and one of Sfax."""
    make.country()
    return {
        "officer": sign_in("amel", "officer", "RDS"),
        "colleague": sign_in("hedi", "officer", "RDS"),
        "elsewhere": sign_in("sami", "officer", "SFA"),
    }


def save(client: Client, **more: Any) -> dict[str, Any]:
    """Save a search."""
    body = {"type": "case", "name": "Cocaine", "query": "commodity=drugs.cocaine", **more}
    answer = client.post(ADDRESS, body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def names(client: Client) -> list[str]:
    """Name the searches that exist for somebody."""
    return [found["name"] for found in client.get(ADDRESS).json()]


def test_a_search_is_shared_with_the_office_and_taken_back(people: dict[str, Client]) -> None:
    saved = save(people["officer"])
    assert [names(client) for client in people.values()] == [["Cocaine"], [], []]
    one = f"{ADDRESS}/{saved['id']}"
    changed = people["officer"].patch(one, {"audience": "office"}, content_type="application/json").json()
    assert changed["audience"] == "office"
    assert [names(client) for client in people.values()] == [["Cocaine"], ["Cocaine"], []]
    followed = people["colleague"].patch(one, {"follows": True}, content_type="application/json").json()
    assert (followed["follows"], followed["is_own"], followed["by"]) == (True, False, "Amel")
    people["officer"].patch(one, {"audience": "private"}, content_type="application/json")
    assert people["colleague"].get(f"{one}/records").status_code == 404


@pytest.mark.parametrize(("act", "body"), [("patch", {"audience": "all"}), ("delete", {})])
def test_anothers_search_is_neither_shared_nor_removed(
    people: dict[str, Client], act: str, body: dict[str, str]
) -> None:
    saved = save(people["officer"], audience="all")
    answer = getattr(people["colleague"], act)(f"{ADDRESS}/{saved['id']}", body, content_type="application/json")
    assert answer.status_code == 404
    assert names(people["officer"]) == ["Cocaine"]


def test_a_shared_search_finds_for_everybody_what_they_may_see(people: dict[str, Client]) -> None:
    forget_store()
    stored: dict[str, UUID] = {
        code: make.taken(make.submit_case(make.actor("officer", code), office=code)).record_id
        for code in ("RDS", "SFA")
    }
    rebuild(SEARCH)
    saved = save(people["officer"], query="state=submitted", audience="all")
    for who, code in (("officer", "RDS"), ("elsewhere", "SFA")):
        found = people[who].get(f"{ADDRESS}/{saved['id']}/records?limit=5").json()
        assert [row["id"] for row in found["rows"]] == [str(stored[code])]
        assert (found["total"], found["limit"]) == (1, 5)
    forget_store()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": ""}, 422),
        ({"type": "nothing"}, 404),
        ({"audience": "world"}, 422),
        ({"query": "x" * 2001}, 422),
    ],
)
def test_bad_input_is_refused(people: dict[str, Client], body: dict[str, str], status: int) -> None:
    whole = {"type": "case", "name": "Cocaine", "query": "", **body}
    assert people["officer"].post(ADDRESS, whole, content_type="application/json").status_code == status


def test_a_removed_search_is_gone(people: dict[str, Client]) -> None:
    saved = save(people["officer"])
    assert people["officer"].delete(f"{ADDRESS}/{saved['id']}").json() == {"id": saved["id"], "is_removed": True}
    assert names(people["officer"]) == []
