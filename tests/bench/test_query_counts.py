"""No page asks the database more often than its baseline says, however many records it shows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opencen.accounts.models import Grant, Office, User
from opencen.accounts.queries import actor_of
from opencen.records.derived import rebuild
from opencen.records.lock import visible_to
from opencen.records.search import files
from opencen.records.search.store import SEARCH
from opencen.records.search.view import READER
from tests.bench.counting import count_asked
from tests.bench.world import load_world

pytestmark = pytest.mark.django_db

BASELINE: dict[str, int] = json.loads(Path(__file__).with_name("query_counts.json").read_text("utf-8"))
MOST = 15

# Pages above the goal, each with its reason; fails as soon as the page is within the goal again.
EXEMPT: dict[str, str] = {}


@pytest.fixture
def own_store() -> Iterator[None]:
    """Remove the text search around the test: the database forgets the world, the files would not."""
    shutil.rmtree(files.folder(), ignore_errors=True)
    READER.forget()
    yield
    shutil.rmtree(files.folder(), ignore_errors=True)
    READER.forget()


@pytest.fixture
def reader(own_store: None) -> User:
    """Make a small world and somebody who sees one of its districts."""
    load_world(300, seed=7)
    rebuild(SEARCH)
    office = Office.objects.get(code="D00")
    user = User.objects.create(username="reader", name="Reader", office=office)
    Grant.objects.create(user=user, role="validator", office=office)
    return user


def count_queries(client: Client, address: str) -> int:
    """Count the statements of a page that is asked for a second time, but those that look after caches."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return count_asked(captured)


def test_no_page_asks_more_often_than_its_baseline(reader: User) -> None:
    client = Client()
    client.force_login(reader, "django.contrib.auth.backends.ModelBackend")
    case = visible_to(actor_of(reader)).order_by("pk")[0]
    pages = {
        "list with facets": "/cases",
        "list narrowed": "/cases?commodity=drugs&state=validated",
        "text search": "/cases?q=container",
        "text search, misspelt": "/cases?q=contaner",
        "controls": "/controls",
        "case page": f"/cases/{case.pk}",
        "quality": "/quality",
    }
    counts = {name: count_queries(client, address) for name, address in pages.items()}
    assert set(counts) == set(BASELINE)
    assert {name: count for name, count in counts.items() if count > BASELINE[name]} == {}, counts


def test_the_baseline_is_within_the_goal() -> None:
    assert {name for name, count in BASELINE.items() if count > MOST} == set(EXEMPT)
