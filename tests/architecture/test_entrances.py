"""Every entrance answers each person as the table says, and tells nobody of a record of another office."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from pytest_django import DjangoDbBlocker

from opencen.accounts.queries import actor_of
from opencen.log.stamps import drop_caches
from opencen.records.jobs import JOBS
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from tests.architecture import rows_api, rows_links, rows_pages, rows_subjects, rows_watches
from tests.architecture.entrances import FOREIGN, METHODS, PEOPLE, SECRETS, World, find_entrances, make_world
from tests.architecture.table import Row

pytestmark = pytest.mark.django_db

ROWS: list[Row] = [
    *rows_pages.ROWS,
    *rows_api.ROWS,
    *rows_links.ROWS,
    *rows_subjects.ROWS,
    *rows_watches.PAGES,
    *rows_watches.ROUTES,
]
BY_ENTRANCE = {row.entrance: row for row in ROWS}
STATIC = ("/static/",)


@pytest.fixture(scope="module")
def world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Give one world to all rows: every call is undone, and the world itself at the end."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "HOME", type(settings.HOME)(tmp_path_factory.mktemp("home")))
        drop_caches()
        yield make_world()
        transaction.set_rollback(True)
    drop_caches()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    yield
    drop_caches()


def call(world: World, who: str, row: Row, values: dict[str, Any] | None = None, method: str = "") -> HttpResponse:
    """Call an entrance as a person; whatever it does is undone."""
    given = values or world.values
    given = {**given, **{name: given.get(source, source) for name, source in row.values}}
    path = world.path(row.route, given) + (f"?{row.query}" if row.query else "")
    client = world.client(who)
    content = row.content(world)
    is_json = row.route.startswith("/api/") and not row.is_form
    with transaction.atomic():
        if is_json and (method or row.method) != "GET":
            answer = client.generic(
                method or row.method, path, data=row.encode(content), content_type="application/json"
            )
        elif (method or row.method) == "POST":
            answer = client.post(path, content)
        else:
            answer = client.generic(method or row.method, path)
        transaction.set_rollback(True)
    drop_caches()
    return answer


def body_of(answer: HttpResponse) -> bytes:
    """Return everything an answer holds: streamed, and unpacked where it is a workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items()).encode()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return headers + b"\n\n" + content


def without_noise(content: bytes, values: dict[str, Any]) -> bytes:
    """Leave out what differs between any two answers: tokens against forgery, and the ids asked for."""
    content = re.sub(rb"\b[0-9A-Za-z]{64}\b", b"", content)
    content = re.sub(rb"(Set-Cookie|X-Request-ID|Content-Length): [^\n]*", b"", content)
    for name in FOREIGN:
        content = content.replace(str(values[name]).encode(), b"?")
    return content


def test_every_entrance_has_a_row_and_every_row_an_entrance() -> None:
    entrances = find_entrances()
    declared = {f"{method} {found.route}" for found in entrances for method in found.methods or ()}
    pages = {found.route for found in entrances if found.methods is None}
    listed = {row.entrance for row in ROWS if row.route not in pages}
    assert sorted(declared - listed) == []
    assert sorted(listed - declared) == []
    assert sorted(pages - {row.route for row in ROWS}) == []
    assert len(ROWS) == len(BY_ENTRANCE)


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.entrance)
def test_each_person_gets_the_answer_of_the_table(world: World, row: Row) -> None:
    answers = {who: call(world, who, row) for who in PEOPLE}
    assert " ".join(str(answer.status_code) for answer in answers.values()) == row.statuses, {
        who: answer.content[:300] for who, answer in answers.items() if not answer.streaming
    }
    for who in ("nobody", "stranger"):
        told = body_of(answers[who])
        assert [word for word in SECRETS.values() if word.encode() in told] == [], (who, row.entrance)


@pytest.mark.slow
@pytest.mark.parametrize(
    "row", [row for row in ROWS if FOREIGN & set(re.findall(r"\w+", row.route))], ids=lambda row: row.entrance
)
def test_a_foreign_thing_answers_like_one_that_is_not_there(world: World, row: Row) -> None:
    foreign = call(world, "stranger", row)
    missing = call(world, "stranger", row, world.missing)
    assert foreign.status_code == missing.status_code
    assert without_noise(body_of(foreign), world.values) == without_noise(body_of(missing), world.missing)


@pytest.mark.slow
def test_no_page_takes_a_method_that_has_no_row(world: World) -> None:
    taken = []
    routes = [found.route for found in find_entrances() if found.methods is None]
    for route in [route for route in routes if not route.startswith(("/healthz", "/readyz", "/api/"))]:
        row = next(row for row in ROWS if row.route == route)
        for method in [method for method in METHODS if f"{method} {route}" not in BY_ENTRANCE]:
            status = call(world, "contact", row, method=method).status_code
            taken += [f"{method} {route}: {status}"] if status not in (404, 405) else []
    assert taken == []


@pytest.mark.slow
def test_who_may_see_a_record_is_told_every_planted_word(world: World) -> None:
    """The search for planted words can fail only if they are there to be found."""
    told = b""
    for path in ("/cases/{case_id}", "/api/v1/records/{type}/{case_id}", "/api/v1/records/control/{control_id}"):
        row = Row(f"GET {path}", "")
        told += body_of(call(world, "officer", row))
    told += body_of(call(world, "officer", Row("GET /api/v1/merges/{task_id}", "")))
    told += body_of(call(world, "contact", Row("GET /cases/{case_id}", "")))
    told += body_of(call(world, "contact", Row("GET /cases/{case_id}/legal", "")))
    told += body_of(call(world, "contact", Row("GET /investigations/{investigation_id}", "")))
    told += body_of(call(world, "contact", Row("GET /watches/{watch_id}", "")))
    assert [word for word in SECRETS.values() if word.encode() not in told] == []


INSTALLED = ((), ("case",), ("control",), ("suspect",), ("company", "conveyance"))
# A published list fills three databases, and is not there without one of them; the saved search is one of cases, the
# watch entry one of a suspect.
NEED_MORE = ("/watchlists", "/searches/<uuidstr:search_id>/records", ":watch_id>", ":record_id>/watches")
OF_DATABASE = [row for row in ROWS if row.database]


@pytest.mark.slow
@pytest.mark.parametrize("installed", INSTALLED, ids=lambda names: "+".join(names) or "none")
def test_what_is_off_is_not_found_on_any_entrance(
    world: World, installed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "INSTALLED_DATABASES", installed)
    drop_caches()
    found = []
    for row in OF_DATABASE:
        if not row.is_on(installed):
            for who in ("stranger", "officer", "contact"):
                status = call(world, who, row).status_code
                found += [f"{row.entrance} {who}: {status}"] if status != 404 else []
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("installed", INSTALLED, ids=lambda names: "+".join(names) or "none")
def test_what_stays_on_works_without_the_rest(
    world: World, installed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "INSTALLED_DATABASES", installed)
    drop_caches()
    faults = []
    for row in ROWS:
        if any(part in row.route for part in NEED_MORE):
            continue
        if row.method == "GET" and row.is_on(installed):
            wanted = dict(zip(PEOPLE, row.statuses.split(), strict=True))
            for who in ("officer", "administrator"):
                answer = call(world, who, row)
                status = str(answer.status_code)
                faults += [f"{row.entrance} {who}: {status}"] if status != wanted[who] else []
    assert "\n".join(faults) == ""


@pytest.mark.slow
@pytest.mark.parametrize("installed", INSTALLED, ids=lambda names: "+".join(names) or "none")
def test_search_finds_nothing_of_what_is_off_and_jobs_go_on(
    world: World, installed: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "INSTALLED_DATABASES", installed)
    drop_caches()
    actor = actor_of(world.people["officer"])
    assert {row.type for row in search(actor, SearchRequest(limit=200)).rows} <= set(installed)
    for job in JOBS:
        assert job.run() >= 0, job.name
