"""The gallery: what it shows under the lock, what it is narrowed by, what marking makes, what an erasure leaves."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from opencen.kernel.uploads.marking import Mark, burn_marks
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up, rebuild
from opencen.records.erasure import erase_persons
from opencen.records.media import open_derivative, store_media
from opencen.records.media_files import original_path, read_original
from opencen.records.models import MediaObject, Record, Revision
from opencen.seizures.gallery.models import Picture
from opencen.seizures.gallery.queries import PAGE, Wanted, look, view_photo
from opencen.seizures.gallery.services import derive_photo, describe_photo
from opencen.seizures.gallery.store import GALLERY
from tests import make
from tests.records.test_media import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.actor("officer")


def shown(officer, number=1, *, day="2026-06-12", media=None, **changes):
    """Submit a case with one picture; each number is another event with another picture."""
    content = photo(size=(320 + number, 240))
    stored = store_media(officer, content=content, filename="p.jpg")
    item = {
        "id": "m1",
        "kind": "photo.concealment",
        "sha256": stored.sha256,
        "caption": f"Picture {number}",
        **(media or {}),
    }
    document = {
        "detected_at": f"{day}T06:20+01:00",
        "consignments": None,
        "conveyances": [{"id": "v1", "mode": "vessel"}],
        "lines": [make.line(quantity=str(10 + number))],
        "media": [item],
        **changes,
    }
    return make.submit_case(officer, **document)


def follow():
    seal_all()
    while catch_up(GALLERY):
        pass


def captions(actor, **wanted):
    return [tile.caption for tile in look(actor, Wanted(**wanted)).tiles]


@pytest.mark.parametrize("is_followed", [False, True], ids=["live", "from the table"])
def test_pictures_are_found_by_goods_place_conveyance_country_time_and_kind(officer, is_followed):
    shown(officer, 1)
    cannabis = make.line(
        commodity="drugs.cannabis.resin",
        quantity="77",
        concealment={"place": "in_transport.vehicle.fuel_tank", "exceptional": True},
    )
    shown(
        officer, 2, day="2026-05-02", lines=[cannabis], conveyances=[{"id": "v1", "mode": "vehicle"}],
        route=[{"id": "r1", "role": "departure", "country": "MA"}, {"id": "r2", "role": "destination", "country": "TN"}],
        media={"kind": "xray"}, location_type="land_boundary",
    )  # fmt: skip
    if is_followed:
        follow()
        assert Picture.objects.count() == 2
    assert captions(officer) == ["Picture 1", "Picture 2"]
    assert captions(officer, commodity="drugs") == ["Picture 1", "Picture 2"]
    assert captions(officer, commodity="drugs.cannabis") == ["Picture 2"]
    assert captions(officer, commodity="drugs.can") == []
    assert captions(officer, concealment="in_transport.container") == ["Picture 1"]
    assert captions(officer, mode="vehicle") == ["Picture 2"]
    assert captions(officer, country="MA") == ["Picture 2"]
    assert captions(officer, kind="xray") == ["Picture 2"]
    assert captions(officer, since=date(2026, 6, 1)) == ["Picture 1"]
    assert captions(officer, until=date(2026, 6, 1)) == ["Picture 2"]
    assert captions(officer, exceptional=True) == ["Picture 2"]


@pytest.mark.parametrize("is_followed", [False, True], ids=["live", "from the table"])
def test_pictures_of_cases_one_may_not_see_are_not_there(officer, is_followed):
    receipt = shown(officer)
    if is_followed:
        follow()
    stranger = make.actor("officer", "SFA")
    assert look(stranger, Wanted()).tiles == ()
    with pytest.raises(NotFound):
        view_photo(stranger, receipt.record_id, "m1")
    with pytest.raises(NotFound):
        derive_photo(stranger, case_id=receipt.record_id, item="m1", kind="redaction", marks=[Mark(0, 0, 9, 9)])
    Record.objects.filter(pk=receipt.record_id).update(sensitivity=3)
    assert look(officer, Wanted()).tiles == ()
    with pytest.raises(Forbidden):
        look(make.actor("administrator"), Wanted())


def test_screens_follow_each_other_without_a_gap_or_a_double(officer, monkeypatch):
    monkeypatch.setattr("opencen.seizures.gallery.queries.PAGE", 4)
    days = ["2026-06-12", "2026-06-12", "2026-06-11", "2026-06-10", "2026-06-10", "2026-06-09", "2026-05-01"]
    for number, day in enumerate(days):
        shown(officer, number, day=day)
        if number == 3:
            follow()
    first = look(officer, Wanted())
    second = look(officer, Wanted(), first.next_key)
    together = [tile.caption for tile in (*first.tiles, *second.tiles)]
    assert (len(first.tiles), len(second.tiles), second.next_key) == (4, 3, "")
    assert sorted(together) == sorted(f"Picture {number}" for number in range(7))
    assert [tile.shown_on for tile in (*first.tiles, *second.tiles)] == sorted(
        map(date.fromisoformat, days), reverse=True
    )
    assert look(officer, Wanted(), "no key at all").tiles == first.tiles
    assert PAGE == 48


def test_the_table_rebuilds_to_what_it_was(officer):
    shown(officer, 1)
    shown(officer, 2)
    follow()
    kept = list(Picture.objects.order_by("sha256").values_list("record_id", "item", "sha256", "commodity", "mode"))
    rebuild(GALLERY)
    assert (
        list(Picture.objects.order_by("sha256").values_list("record_id", "item", "sha256", "commodity", "mode")) == kept
    )
    assert GALLERY.verify() == []


def test_a_picture_that_is_missing_another_or_too_many_is_told(officer):
    receipt = shown(officer)
    follow()
    assert GALLERY.verify() == []
    row = Picture.objects.get(item="m1")
    Picture.objects.filter(pk=row.pk).update(releasable=not row.releasable)
    assert GALLERY.verify() == [f"picture m1 of {receipt.record_id} differs in the gallery"]
    row.delete()
    assert GALLERY.verify() == [f"picture m1 of {receipt.record_id} is missing in the gallery"]
    row.pk, row.item = None, "m9"
    row.save(force_insert=True)
    assert GALLERY.verify() == [
        f"picture m1 of {receipt.record_id} is missing in the gallery",
        f"picture m9 of {receipt.record_id} is in the gallery only",
    ]


def test_a_redaction_is_burnt_into_a_new_picture_and_the_original_stays(officer):
    receipt = shown(officer)
    before = view_photo(officer, receipt.record_id, "m1")
    original = read_original(before.tile.sha256)
    made = derive_photo(
        officer, case_id=receipt.record_id, item="m1", kind="redaction", marks=[Mark(25, 25, 50, 50)], caption="Covered"
    )
    view = view_photo(officer, receipt.record_id, made)
    assert view.derived_from == before.tile.sha256 != view.tile.sha256
    assert view.original.sha256 == before.tile.sha256
    assert read_original(before.tile.sha256) == original
    assert [tile.caption for tile in view_photo(officer, receipt.record_id, "m1").derivatives] == ["Covered"]
    with Image.open(io.BytesIO(read_original(view.tile.sha256))) as image:
        width, height = image.size
        assert max(image.getpixel((width // 2, height // 2))) < 8
        assert image.getexif() == {}
    with Image.open(io.BytesIO(open_derivative(officer, view.tile.sha256).content)) as image:
        assert max(image.getpixel((image.width // 2, image.height // 2))) < 8


def test_what_is_covered_cannot_be_read_from_the_bytes():
    picture = Image.new("RGB", (400, 300), "white")
    picture.paste((200, 10, 10), (100, 75, 300, 225))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    with Image.open(io.BytesIO(burn_marks(stream.getvalue(), [Mark(25, 25, 50, 50)], "redaction"))) as made:
        covered = made.crop((104, 79, 296, 221))
        assert max(high for _low, high in covered.getextrema()) < 12
        assert min(made.getpixel((10, 10))) > 240


def test_an_annotation_frames_and_leaves_the_rest_visible():
    picture = Image.new("RGB", (400, 300), "white")
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    with Image.open(io.BytesIO(burn_marks(stream.getvalue(), [Mark(25, 25, 50, 50)], "annotation"))) as made:
        assert min(made.getpixel((200, 150))) > 240
        assert made.getpixel((100, 150))[1] < 160


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ([], "picture.no_marks"),
        ([Mark(0, 0, 0, 5)], "picture.mark_outside"),
        ([Mark(-1, 0, 5, 5)], "picture.mark_outside"),
        ([Mark(90, 0, 20, 5)], "picture.mark_outside"),
        ([Mark(float("nan"), 0, 20, 5)], "picture.mark_outside"),
        ([Mark(1, 1, 1, 1)] * 41, "picture.too_many_marks"),
    ],
)
def test_marks_that_cannot_be_are_refused(officer, marks, code):
    receipt = shown(officer)
    with pytest.raises(Invalid) as raised:
        derive_photo(officer, case_id=receipt.record_id, item="m1", kind="redaction", marks=marks)
    assert raised.value.code == code
    assert Record.objects.get(pk=receipt.record_id).revision == 1


def test_caption_and_release_flag_are_an_amendment_of_the_case(officer):
    receipt = shown(officer)
    describe_photo(
        officer, case_id=receipt.record_id, item="m1", caption="Bricks", releasable=True, shows_concealment=False
    )
    tile = view_photo(officer, receipt.record_id, "m1").tile
    assert (tile.caption, tile.is_releasable) == ("Bricks", True)
    assert Revision.objects.filter(record_id=receipt.record_id).count() == 2
    with pytest.raises(Forbidden):
        describe_photo(
            make.actor("auditor"),
            case_id=receipt.record_id,
            item="m1",
            caption="",
            releasable=False,
            shows_concealment=False,
        )


def test_a_case_of_another_node_is_not_amended(officer):
    receipt = shown(officer)
    Record.objects.filter(pk=receipt.record_id).update(origin="FR")
    with pytest.raises(Conflict, match="not_ours"):
        describe_photo(
            officer, case_id=receipt.record_id, item="m1", caption="x", releasable=False, shows_concealment=False
        )


def test_an_erasure_reaches_what_was_made_of_a_picture_of_the_person(officer):
    people = [{"id": "p1", "role": "driver", "standing": "suspected", "name": "Hassan Bey"}]
    receipt = shown(officer, media={"persons": ["p1"]}, persons=people)
    made = derive_photo(officer, case_id=receipt.record_id, item="m1", kind="annotation", marks=[Mark(5, 5, 9, 9)])
    again = derive_photo(officer, case_id=receipt.record_id, item=made, kind="redaction", marks=[Mark(5, 5, 9, 9)])
    digests = [view_photo(officer, receipt.record_id, item).tile.sha256 for item in ("m1", made, again)]
    follow()
    legal = make.actor("legal")
    erase_persons(
        replace(legal, permissions=legal.permissions), record_id=receipt.record_id, item_ids=["p1"], basis="order"
    )
    follow()
    assert MediaObject.objects.filter(sha256__in=digests, erased_at=None).count() == 0
    assert Picture.objects.count() == 0
    assert look(officer, Wanted()).tiles == ()


@pytest.mark.parametrize("place", ["exif", "comment", "behind the end"])
def test_a_script_in_a_photo_reaches_no_copy_and_no_derivative(officer, place):
    script = b"<script>alert(1)</script>"
    stream, exif = io.BytesIO(), Image.Exif()
    if place == "exif":
        exif[0x010E] = script.decode()
    Image.new("RGB", (400, 300), "grey").save(stream, "JPEG", exif=exif, comment=script if place == "comment" else b"")
    content = stream.getvalue() + (script if place == "behind the end" else b"")
    stored = store_media(officer, content=content, filename="p.jpg")
    receipt = make.submit_case(officer, media=[{"id": "m1", "kind": "photo", "sha256": stored.sha256}])
    made = derive_photo(officer, case_id=receipt.record_id, item="m1", kind="annotation", marks=[Mark(5, 5, 9, 9)])
    derived = view_photo(officer, receipt.record_id, made).tile.sha256
    copies = [
        open_derivative(officer, digest, size).content
        for digest in (stored.sha256, derived)
        for size in ("thumb", "display")
    ]
    assert [copy for copy in (*copies, read_original(derived)) if b"script" in copy] == []
    assert original_path(stored.sha256).read_bytes() == content


def test_a_drawing_that_could_hold_a_script_is_refused(officer):
    with pytest.raises(Invalid):
        store_media(
            officer, content=b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', filename="p.svg"
        )
