"""Files of a list: exactly what is shown, in every format, for who may see it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from functools import partial
from uuid import UUID

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.test import Client
from python_calamine import CalamineWorkbook

from opencen.accounts.models import Grant, User
from opencen.accounts.queries import actor_of
from opencen.formats import exporting
from opencen.formats.downloads import services, working
from opencen.formats.downloads.models import Download
from opencen.formats.downloads.queries import file_of, list_downloads, open_download
from opencen.formats.exporting import export_listed
from opencen.formats.listing.columns import columns_of
from opencen.formats.listing.files import LIST_FILES
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Forbidden, NotFound, TooMany
from opencen.log.models import Entry
from opencen.records.saved.services import save_search
from opencen.records.search.queries import find_all
from opencen.records.search.request import SearchRequest
from tests import make
from tests.records.search.conftest import forget_store
from tests.records.search.stating import state_case

pytestmark = pytest.mark.django_db
COLUMNS = ["at", "office", "commodity", "quality"]


@pytest.fixture(autouse=True)
def own_store() -> Iterator[None]:
    """Remove the text search around a test."""
    forget_store()
    yield
    forget_store()


@pytest.fixture
def contact() -> User:
    """Somebody who may export."""
    return make.user("national_contact_point", "HQ")


@pytest.fixture
def made(contact: User) -> list[UUID]:
    """Three cases, one of them in another office, the oldest last."""
    officer = make.actor("officer", "RDS")
    resin = make.line(commodity="drugs.cannabis.resin", quantity="12", concealment=None, description="=1+1")
    return [
        state_case(officer, detected_at="2026-03-04").record_id,
        state_case(make.actor("officer", "SFA"), office="SFA", detected_at="2025-03-04", lines=[resin]).record_id,
        state_case(officer, detected_at="2024-03-04", place={"latitude": "36.8", "longitude": "10.3"}).record_id,
    ]


def write(actor: Actor, ids: list[UUID], name: str) -> bytes:
    """Write a list file."""
    stream = io.BytesIO()
    export_listed(actor, kind="case", record_ids=ids, columns=COLUMNS, format=name, stream=stream)
    return stream.getvalue()


def read(content: bytes, name: str) -> list[dict[str, object]]:
    """Read a list file back as rows by the names of columns."""
    if name == "json":
        return [dict(row) for row in json.loads(content)]
    if name == "geojson":
        return [{"id": found["id"], **found["properties"]} for found in json.loads(content)["features"]]
    if name == "parquet":
        return list(pq.read_table(io.BytesIO(content)).to_pylist())
    if name == "csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))  # type: ignore[arg-type]
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", LIST_FILES)
def test_a_file_holds_the_rows_in_order_with_the_columns_shown(name: str, contact: User, made: list[UUID]) -> None:
    rows = read(write(actor_of(contact), made, name), name)
    keys = ["Reference", "Goods"] if name in ("csv", "xlsx") else ["reference", "commodity"]
    assert len(rows) == 3
    assert [row[keys[1]] for row in rows] == ["Cocaine hydrochloride", "Cannabis resin", "Cocaine hydrochloride"]
    assert len({row[keys[0]] for row in rows}) == 3
    # Reference, title, route, photos and what was chosen; a record's id and place only where machines read.
    assert len(rows[0]) == 8 + {"csv": 0, "xlsx": 0, "json": 1, "parquet": 1, "geojson": 2}[name]


@pytest.mark.parametrize("name", LIST_FILES)
def test_an_empty_list_is_a_whole_file(name: str, contact: User) -> None:
    assert read(write(actor_of(contact), [], name), name) == []


def test_a_file_speaks_the_readers_language(contact: User, made: list[UUID]) -> None:
    rows = read(write(actor_of(contact).speaking("fr"), made, "csv"), "csv")
    assert "Résine de cannabis" in {value for row in rows for value in row.values()}


def test_points_say_how_precise_they_are(contact: User, made: list[UUID]) -> None:
    features = json.loads(write(actor_of(contact), made, "geojson"))["features"]
    assert features[2]["geometry"] == {"type": "Point", "coordinates": [10.3, 36.8]}
    assert [found["properties"]["precision"] for found in features][1:] == ["office", "exact"]


def test_what_one_may_not_see_or_export_is_not_in_the_file(made: list[UUID]) -> None:
    validator = make.actor("validator", "DTN")
    assert len(read(write(validator, made, "json"), "json")) == 2
    with pytest.raises(Forbidden):
        write(make.actor("officer", "RDS"), made, "json")


def test_every_export_stands_in_the_log(contact: User, made: list[UUID]) -> None:
    write(actor_of(contact), made, "parquet")
    entry = Entry.objects.filter(act="records.exported").get()
    assert json.loads(entry.data) == {"count": 3, "format": "list.parquet", "type": "case"}


def test_the_page_hands_out_what_it_shows(contact: User, made: list[UUID], client: Client) -> None:
    client.force_login(contact, "django.contrib.auth.backends.ModelBackend")
    answer = client.get("/cases/export?what=list&format=json&sort=oldest&commodity=drugs.cocaine&col=state")
    rows = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]  # a streaming answer
    assert [UUID(row["id"]) for row in rows] == [made[2], made[0]]
    assert set(rows[0]) == {"id", "reference", "title", "route", "photos", "state"}
    photos = client.get("/cases/export?what=list&format=json&view=gallery")
    assert json.loads(b"".join(photos.streaming_content)) == []  # type: ignore[attr-defined]  # a streaming answer


def test_the_api_hands_out_a_list_and_a_saved_search_as_shown(contact: User, made: list[UUID], client: Client) -> None:
    client.force_login(contact, "django.contrib.auth.backends.ModelBackend")
    query = "sort=oldest&commodity=drugs.cocaine&col=state"
    body: dict[str, object] = {"type": "case", "query": query, "format": "json"}
    answer = client.post("/api/v1/exports/list", body, content_type="application/json")
    rows = json.loads(answer.content)
    assert [UUID(row["id"]) for row in rows] == [made[2], made[0]]
    assert set(rows[0]) == {"id", "reference", "title", "route", "photos", "state"}
    saved = save_search(actor_of(contact), kind="case", name="Cocaine", query=query)
    again = client.post(
        "/api/v1/exports/list", {"saved": str(saved.id), "format": "json"}, content_type="application/json"
    )
    assert again.content == answer.content
    stranger = {"saved": "0198a3d6-0000-7000-8000-000000000001", "format": "json"}
    assert client.post("/api/v1/exports/list", stranger, content_type="application/json").status_code == 404


def test_every_column_has_words_for_every_record(contact: User, made: list[UUID], client: Client) -> None:
    client.force_login(contact, "django.contrib.auth.backends.ModelBackend")
    names = "&".join(f"col={column.name}" for column in columns_of("case"))
    for view in ("", "&view=map", "&view=gallery", "&view=figure", "&view=figure&by=year", "&view=nothing"):
        assert client.get(f"/cases?{names}{view}").status_code == 200


def test_a_question_that_cannot_be_read_is_answered_beside_the_box(contact: User, client: Client) -> None:
    client.force_login(contact, "django.contrib.auth.backends.ModelBackend")
    answer = client.get("/cases?q=date:spring")
    assert answer.status_code == 422
    assert "no date that the search reads" in answer.content.decode()


# Downloads: the same files, written by the worker


def test_the_worker_writes_what_was_asked_for(contact: User, made: list[UUID]) -> None:
    actor = actor_of(contact)
    services.ask_download(actor, kind="case", query="sort=oldest&col=state&page=3", format="json")
    services.ask_download(actor, kind="case", query="", format="jsonl", what="records")
    while working.write_downloads():
        pass
    whole, shown = list_downloads(actor)
    assert [(view.state, view.done, view.total) for view in (shown, whole)] == [("done", 3, 3), ("done", 3, 3)]
    _view, path, name, content_type = open_download(actor, shown.id)
    assert [UUID(row["id"]) for row in json.loads(path.read_bytes())] == made[::-1]
    assert (name.endswith(".json"), content_type) == (True, "application/json")


def test_a_download_is_its_owners_alone(contact: User, made: list[UUID]) -> None:
    row = services.ask_download(actor_of(contact), kind="case", query="", format="csv")
    working.write_downloads()
    other = actor_of(make.user("national_contact_point", "HQ"))
    assert list_downloads(other) == []
    for refused in (
        lambda: open_download(other, row.id),
        lambda: services.cancel_download(other, download_id=row.id),
    ):
        with pytest.raises(NotFound):
            refused()


def test_a_download_holds_what_its_owner_may_see_when_it_is_written(contact: User, made: list[UUID]) -> None:
    row = services.ask_download(actor_of(contact), kind="case", query="", format="json")
    Grant.objects.filter(user=contact).delete()
    working.write_downloads()
    row.refresh_from_db()
    assert (row.state, row.error, file_of(row.id).exists()) == ("failed", "permission.missing", False)


def test_an_ended_account_gets_no_file(contact: User, made: list[UUID]) -> None:
    row = services.ask_download(actor_of(contact), kind="case", query="", format="json")
    User.objects.filter(pk=contact.pk).update(is_active=False)
    working.write_downloads()
    row.refresh_from_db()
    assert (row.state, file_of(row.id).exists()) == ("cancelled", False)


def test_a_download_is_cancelled_while_it_is_written(
    contact: User, made: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = services.ask_download(actor_of(contact), kind="case", query="", format="json")
    listed = working.listed_ids

    def cancel_meanwhile(*args: object, **given: object) -> list[UUID]:
        services.cancel_download(actor_of(contact), download_id=row.id)
        return listed(*args, **given)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(working, "listed_ids", cancel_meanwhile)
    working.write_downloads()
    row.refresh_from_db()
    assert (row.state, file_of(row.id).exists()) == ("cancelled", False)
    assert list((settings.HOME.path / "derived" / "downloads").glob("*.part")) == []


def test_what_a_dead_worker_left_is_written_again(contact: User, made: list[UUID]) -> None:
    row = services.ask_download(actor_of(contact), kind="case", query="", format="json")
    Download.objects.filter(pk=row.pk).update(state="running", done=1)
    working.write_downloads()
    row.refresh_from_db()
    assert (row.state, row.done) == ("done", 3)


def test_one_does_not_ask_for_very_many_at_once(contact: User) -> None:
    for _number in range(services.MOST_AT_ONCE):
        services.ask_download(actor_of(contact), kind="case", query="", format="csv")
    with pytest.raises(TooMany):
        services.ask_download(actor_of(contact), kind="case", query="", format="csv")


def test_more_than_one_answer_waits_for_is_refused_not_cut(
    contact: User, made: list[UUID], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "find_all", partial(find_all_at_most, 2))
    client.force_login(contact, "django.contrib.auth.backends.ModelBackend")
    assert client.get("/cases/export?what=list&format=json").status_code == 413


def find_all_at_most(number: int, actor: Actor, request: SearchRequest, *, most: int) -> list[UUID]:
    """Search with a lower limit."""
    return find_all(actor, request, most=number)
