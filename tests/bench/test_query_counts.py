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
from opencen.records.links.graph import files as graph_files
from opencen.records.links.graph.store import GRAPH
from opencen.records.lock import visible_to
from opencen.records.search import files
from opencen.records.search.store import SEARCH
from opencen.records.search.view import READER
from tests.bench.counting import count_asked
from tests.bench.subject_documents import HEAVY, Size, record_of
from tests.bench.subject_loading import load_here
from tests.bench.world import load_world

pytestmark = pytest.mark.django_db

BASELINES: dict[str, dict[str, int]] = json.loads(Path(__file__).with_name("query_counts.json").read_text("utf-8"))
MOST = 15

# Pages above the goal, each with its reason; fails as soon as the page is within the goal again.
EXEMPT: dict[str, str] = {}


@pytest.fixture
def own_store() -> Iterator[None]:
    """Remove text search and graph around the test: the database forgets the world, the files would not."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for folder in (files.folder(), graph_files.folder()):
        shutil.rmtree(folder, ignore_errors=True)
    READER.forget()


def make_reader(code: str, role: str) -> tuple[User, Client]:
    """Sign somebody in who holds a role over an office and what is below it."""
    office = Office.objects.get(code=code)
    user = User.objects.create(username="reader", name="Reader", office=office)
    Grant.objects.create(user=user, role=role, office=office)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user, client


def count_queries(client: Client, address: str) -> int:
    """Count the statements of a page that is asked for a second time, but those that look after caches."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return count_asked(captured)


def assert_within(group: str, client: Client, pages: dict[str, str]) -> None:
    """Compare pages with their baseline."""
    baseline = BASELINES[group]
    counts = {name: count_queries(client, address) for name, address in pages.items()}
    assert set(counts) == set(baseline)
    assert {name: count for name, count in counts.items() if count > baseline[name]} == {}, counts


def test_no_page_of_cases_asks_more_often_than_its_baseline(own_store: None) -> None:
    load_world(300, seed=7)
    rebuild(SEARCH)
    user, client = make_reader("D00", "validator")
    case = visible_to(actor_of(user)).order_by("pk")[0]
    pages = {
        "list with facets": "/cases",
        "list narrowed": "/cases?commodity=drugs&state=validated",
        "text search": "/cases?q=container",
        "text search, misspelt": "/cases?q=contaner",
        "controls": "/controls",
        "case page": f"/cases/{case.pk}",
        "quality": "/quality",
    }
    assert_within("cases", client, pages)


def test_no_page_of_subjects_asks_more_often_than_its_baseline(own_store: None) -> None:
    size = Size.of(150)
    load_here(size)
    for store in (SEARCH, GRAPH):
        rebuild(store)
    _, client = make_reader("HQ", "validator")
    heavy = {kind: record_of(kind, HEAVY, size) for kind in ("suspect", "company", "conveyance")}
    pages = {
        "persons": "/suspects",
        "persons narrowed": "/suspects?kind=suspected&sex=male",
        "persons searched": "/suspects?q=Mohamed",
        "persons searched, misspelt": "/suspects?q=Mohamde",
        "companies": "/companies",
        "means of transport": "/conveyances",
        "person of many cases": f"/suspects/{heavy['suspect']}",
        "company of many cases": f"/companies/{heavy['company']}",
        "means of transport of many cases": f"/conveyances/{heavy['conveyance']}",
        "links of a person": f"/records/{heavy['suspect']}/links",
    }
    assert_within("subjects", client, pages)


def test_the_baseline_is_within_the_goal() -> None:
    counts = {name: count for group in BASELINES.values() for name, count in group.items()}
    assert {name for name, count in counts.items() if count > MOST} == set(EXEMPT)
