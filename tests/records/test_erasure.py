"""Erasing a person: gone from revisions, indexes, facts, media and thumbnails, while the chain still verifies."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from PIL import Image

from opencen.formats.downloads.services import ask_download
from opencen.formats.downloads.working import write_downloads
from opencen.kernel.errors import Forbidden, NotFound
from opencen.log.sealer import seal_all
from opencen.log.verify import verify_log
from opencen.records.derived import DERIVED, catch_up, rebuild
from opencen.records.documents import digests_agree
from opencen.records.erasure import erase_persons
from opencen.records.media import store_media
from opencen.records.models import IndexValue, MediaUse, Record, Revision
from opencen.records.queries import read_record
from opencen.records.rebuilding import rebuild_projection
from opencen.records.review import return_record
from opencen.records.saved.models import SavedSearch
from opencen.records.saved.services import save_search
from tests import make

pytestmark = pytest.mark.django_db

NAME = "Zebulon Quixworthy"
PERSON = {
    "id": "p1", "role": "driver", "standing": "suspected", "name": NAME, "birth_date": "1979-03-04", "birth_year": 1979,
    "nationality": "TN", "sex": "male", "phones": ["+216 20 555 0143"],
    "documents": [{"id": "d1", "kind": "passport", "number": "X1234567Z"}], "note": "Wears a grey coat.",
}  # fmt: skip
OTHER = {
    "id": "p2",
    "role": "owner",
    "standing": "mentioned",
    "name": "Amira Vandelay",
    "nationality": "TN",
    "sex": "female",
}
TRACES = ("Quixworthy", "quixworthy", "X1234567Z", "555 0143", "5550143", "grey coat")


def photo(colour: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(stream, "JPEG")
    return stream.getvalue()


def build_case():
    """Two revisions, two photos (one of the person), a returned note that names the person, free text that does."""
    officer, validator, legal = make.actor("officer", "RDS"), make.actor("validator", "DTN"), make.actor("legal")
    face, goods = (store_media(officer, content=photo(c), filename="a.jpg") for c in ("red", "blue"))
    media = [
        {"id": "m1", "sha256": face.sha256, "kind": "photo", "caption": f"{NAME} at the gate", "persons": ["p1"]},
        {"id": "m2", "sha256": goods.sha256, "kind": "photo", "caption": "Bricks"},
    ]
    stated = {
        "persons": [PERSON, OTHER],
        "media": media,
        "narrative": f"The driver {NAME} fled. Bricks lay in the unit.",
    }
    receipt = make.submit_case(officer, **stated)
    return_record(
        validator, record_id=receipt.record_id, revision=1, reasons={"persons[p1].name": f"Is {NAME} spelt so?"}
    )
    make.amend_case(officer, receipt.record_id, 1, make.case_document(**stated, unit="Team 2"))
    return officer, legal, receipt.record_id, face.sha256, goods.sha256


def database_text() -> str:
    """Read every text of every table, as somebody with the database in hand would."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.extend(str(value) for row in cursor.fetchall() for value in row)
    return "\n".join(found)


def home_bytes() -> bytes:
    """Read every file of the installation but the database."""
    home = Path(settings.HOME.path)
    files = [path for path in home.rglob("*") if path.is_file() and "sqlite3" not in path.name]
    return b"\n".join(path.read_bytes() for path in files)


def test_a_person_erased_is_nowhere_and_the_chain_still_verifies(django_capture_on_commit_callbacks):
    officer, legal, case_id, face, goods = build_case()
    reader = make.actor("national_contact_point", "HQ")
    save_search(reader, kind="case", name="The driver", query="q=person:Quixworthy")
    save_search(reader, kind="case", name="Of the port", query="q=container")
    ask_download(reader, kind="case", query="q=X1234567Z", format="jsonl", what="records")
    seal_all()
    for store in DERIVED:
        rebuild(store)
    ask_download(reader, kind="case", query="", format="jsonl", what="records")
    while write_downloads():
        pass
    assert b"Quixworthy" in home_bytes()
    before = database_text()
    assert all(trace in before for trace in ("Quixworthy", "X1234567Z", "quixworthy"))
    assert face.encode() in str(list(Path(settings.HOME.path).rglob(f"*{face[4:]}*"))).encode()

    with django_capture_on_commit_callbacks(execute=True):
        assert erase_persons(legal, record_id=case_id, item_ids=["p1"], basis="court order 12/2026") == 2
    seal_all()
    for store in DERIVED:
        catch_up(store)

    after, files = database_text(), home_bytes()
    for trace in TRACES:
        assert trace not in after, trace
        assert trace.encode() not in files, trace
    assert not list(Path(settings.HOME.path).rglob(f"*{face[4:]}*")), "original, thumbnail and copies are gone"
    assert list(Path(settings.HOME.path).rglob(f"*{goods[4:]}*")), "what shows nobody stays"
    assert MediaUse.objects.filter(sha256=face).count() == 0

    assert [search.name for search in SavedSearch.objects.all()] == ["Of the port"]
    document = read_record(officer, "case", case_id)["document"]
    assert [p.get("name") for p in document["persons"]] == [None, "Amira Vandelay"]
    assert document["lines"][0]["quantity"] == "86.42"
    assert "narrative" not in document

    found = verify_log()
    assert found.is_sound, found.problems
    assert all(digests_agree(revision) for revision in Revision.objects.all())
    for store in DERIVED:
        assert store.verify() == []


def snapshot() -> tuple[list, list, list]:
    heads = list(Record.objects.order_by("id").values())
    index = sorted(IndexValue.objects.values_list("record_id", "path", "item", "text", "number", "is_nominal"), key=str)
    return heads, index, sorted(MediaUse.objects.values_list("record_id", "sha256", "item"), key=str)


def test_a_rebuild_agrees_after_an_erasure():
    _officer, legal, case_id, _face, _goods = build_case()
    erase_persons(legal, record_id=case_id, item_ids=["p1"], basis="order")
    before = snapshot()
    rebuild_projection()
    assert snapshot() == before


def test_only_who_may_erases_and_only_persons_of_the_case():
    officer, legal, case_id, _face, _goods = build_case()
    with pytest.raises(Forbidden):
        erase_persons(officer, record_id=case_id, item_ids=["p1"], basis="none")
    with pytest.raises(NotFound, match=r"item\.unknown"):
        erase_persons(legal, record_id=case_id, item_ids=["p9"], basis="order")
    with pytest.raises(NotFound):
        erase_persons(make.actor("legal", "SFA", covers="DSF"), record_id=case_id, item_ids=["p1"], basis="order")


def test_a_photo_that_another_record_shows_stays(django_capture_on_commit_callbacks):
    officer, legal, case_id, face, _goods = build_case()
    other = [{"id": "m1", "sha256": face, "kind": "photo"}]
    make.submit_case(officer, media=other, detected_at="2026-07-01")
    with django_capture_on_commit_callbacks(execute=True):
        erase_persons(legal, record_id=case_id, item_ids=["p1"], basis="order")
    assert list(Path(settings.HOME.path).rglob(f"*{face[4:]}*"))
