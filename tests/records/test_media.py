"""Photos and documents: kept once, seen with their records, clean in every copy, gone when erased."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import ExifTags, Image

from opencen.kernel.actor import Actor
from opencen.kernel.errors import Forbidden, Invalid, NotFound, OpenCenError, TooLarge, Unavailable
from opencen.kernel.uploads import read_exif
from opencen.log.models import Entry
from opencen.records import media, media_files
from opencen.records.intake import submit
from opencen.records.models import MediaObject, MediaUse
from tests import make

pytestmark = pytest.mark.django_db


def photo(colour: str = "navy", size: tuple[int, int] = (2000, 1000), kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Camera of an officer"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:06:12 06:58:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (36.0, 48.0, 0.0),
         ExifTags.GPS.GPSLongitudeRef: "E", ExifTags.GPS.GPSLongitude: (10.0, 17.0, 0.0)}
    )  # fmt: skip
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind, exif=exif)
    return target.getvalue()


def store(actor: Actor, content: bytes, name: str = "IMG_0042.JPG", claimed: str = "image/jpeg") -> media.MediaInfo:
    return media.store_media(actor, content=content, filename=name, claimed_type=claimed)


def show(actor: Actor, sha256: str, **changes: Any) -> Any:
    return make.submit_case(actor, media=[{"id": "m1", "sha256": sha256, "kind": "photo.goods"}], **changes)


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the files of each test in a folder of its own."""
    monkeypatch.setattr(settings, "HOME", type(settings.HOME)(tmp_path))
    return tmp_path


def test_an_original_is_kept_by_its_digest_and_only_for_this_installation(home: Path) -> None:
    content = photo()
    info = store(make.actor(), content)
    path = home / "media" / info.sha256[:2] / info.sha256[2:4] / info.sha256
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o600
    assert (info.kind, info.width, info.height, info.size) == ("photo", 2000, 1000, len(content))
    assert info.taken_at == "2026-06-12T06:58:00"


def test_the_same_file_twice_is_kept_once_and_both_uploads_are_noted(home: Path) -> None:
    first, second = make.actor("officer", "RDS"), make.actor("officer", "SFA")
    one, two = store(first, photo()), store(second, photo(), "other name.jpg")
    assert one.sha256 == two.sha256
    assert len(files_in(home / "media")) == 1
    assert MediaObject.objects.get().uploaded_by == first.id
    assert Entry.objects.filter(act="media.stored", subject_id=one.sha256).count() == 2


def test_place_and_time_stay_in_the_vault_and_leave_with_no_copy() -> None:
    actor = make.actor()
    info = store(actor, photo())
    assert "36.8" in MediaObject.objects.get().exif
    looked_at = [media.open_derivative(actor, info.sha256, size) for size in ("thumb", "display")]
    for copy in (*looked_at, media.clean_copy(info.sha256)):
        assert read_exif(copy.content) == {}
        assert b"Camera of an officer" not in copy.content
        assert copy.content_type == "image/jpeg"


@pytest.mark.parametrize(("size", "edge"), [("thumb", 320), ("display", 1600)])
def test_copies_are_as_small_as_their_name_says_and_made_anew_when_lost(home: Path, size: str, edge: int) -> None:
    actor = make.actor()
    info = store(actor, photo())
    for path in (home / "derived").rglob("*.jpg"):
        path.unlink()
    copy = media.open_derivative(actor, info.sha256, size)
    assert max(Image.open(io.BytesIO(copy.content)).size) == edge


def test_the_copy_that_leaves_has_the_full_size_and_is_the_same_each_time() -> None:
    info = store(make.actor(), photo())
    copy = media.clean_copy(info.sha256)
    assert Image.open(io.BytesIO(copy.content)).size == (2000, 1000)
    assert copy.sha256 == media.clean_copy(info.sha256).sha256 != info.sha256


REFUSED = [
    (b"", "a.jpg", "image/jpeg", "media.empty"),
    (b"<script>alert(1)</script>", "a.jpg", "image/jpeg", "media.type_not_allowed"),
    (b"MZ\x90\x00" + b"\0" * 100, "a.jpg", "image/jpeg", "media.type_not_allowed"),
    (b"\xff\xd8\xff\xe0" + b"\0" * 500, "a.jpg", "image/jpeg", "media.not_an_image"),
    (b"%PDF-1.7 cut off", "a.pdf", "application/pdf", "media.truncated"),
]


@pytest.mark.parametrize(("content", "name", "claimed", "code"), REFUSED)
def test_a_file_that_is_no_photo_is_refused_and_nothing_of_it_stays(
    home: Path, content: bytes, name: str, claimed: str, code: str
) -> None:
    with pytest.raises(OpenCenError) as refused:
        store(make.actor(), content, name, claimed)
    assert refused.value.code == code
    assert files_in(home) == []
    assert not MediaObject.objects.exists()


def test_a_photo_under_another_name_than_its_own_is_refused() -> None:
    with pytest.raises(Invalid, match=r"media\.not_what_it_says"):
        store(make.actor(), photo(kind="PNG"), "a.jpg", "image/jpeg")


def test_a_cut_off_photo_is_refused() -> None:
    with pytest.raises(Invalid, match=r"media\.(truncated|not_an_image)"):
        store(make.actor(), photo()[:-2000])


def test_a_file_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "MAX_BYTES", 1000)
    with pytest.raises(TooLarge, match=r"media\.too_large"):
        store(make.actor(), photo())


def test_who_may_not_upload_uploads_nothing(home: Path) -> None:
    with pytest.raises(Forbidden):
        store(make.actor("auditor", "HQ"), photo())
    assert files_in(home) == []


def test_a_full_disk_leaves_nothing_half_stored(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(path: Path, data: bytes) -> None:
        path.write_bytes(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    actor = make.actor()
    monkeypatch.setattr(media_files, "_write", no_space)
    with pytest.raises(Unavailable, match=r"media\.no_space"):
        store(actor, photo())
    assert files_in(home) == []
    assert not MediaObject.objects.exists()


def test_a_disk_that_fills_up_with_the_copies_takes_the_original_back(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fills_up(source: Any, target: Any) -> None:
        if str(target).endswith(".jpg"):
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)

    replace, actor = os.replace, make.actor()
    monkeypatch.setattr(os, "replace", fills_up)
    with pytest.raises(Unavailable, match=r"media\.no_space"):
        store(actor, photo())
    assert files_in(home) == []
    assert not MediaObject.objects.exists()


def test_a_failed_second_upload_harms_nothing_of_the_first(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = make.actor()
    info = store(actor, photo())
    before = files_in(home)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(media, "_write_copies", fail)
    with pytest.raises(OSError, match="broken"):
        store(actor, photo())
    assert files_in(home) == before
    assert media.visible_media(actor, info.sha256) == info


def test_a_photo_is_seen_with_its_record_and_by_nobody_else() -> None:
    officer, stranger = make.actor("officer", "RDS"), make.actor("officer", "SFA")
    reader, validator = make.actor("analyst", "HQ"), make.actor("validator", "DTN")
    info = store(officer, photo())
    for other in (stranger, reader, validator):
        with pytest.raises(NotFound, match=r"media\.not_found"):
            media.visible_media(other, info.sha256)
    assert media.visible_media(officer, info.sha256) == info
    show(officer, info.sha256)
    assert media.visible_media(reader, info.sha256) == media.visible_media(validator, info.sha256) == info
    for size in ("thumb", "display"):
        with pytest.raises(NotFound):
            media.open_derivative(stranger, info.sha256, size)


def test_naming_a_foreign_photo_in_ones_own_case_does_not_open_it() -> None:
    officer, stranger = make.actor("officer", "RDS"), make.actor("officer", "SFA")
    info = store(officer, photo())
    show(officer, info.sha256)
    for sha256 in (info.sha256, "0" * 64):
        document = make.case_document(office="SFA", media=[{"id": "m1", "sha256": sha256}])
        receipt = submit(stranger, make.submission(document))
        assert [found.key for found in receipt.findings] == ["media.unknown@media[m1].sha256"]
    assert MediaUse.objects.count() == 1


def test_a_case_keeps_its_photos_when_somebody_else_amends_it() -> None:
    officer, national = make.actor("officer", "RDS"), make.actor("analyst", "HQ")
    info = store(officer, photo())
    receipt = show(officer, info.sha256)
    document = make.case_document(media=[{"id": "m1", "sha256": info.sha256, "caption": "Bricks"}])
    assert make.amend_case(national, receipt.record_id, 1, document).revision == 2


def test_an_original_is_for_who_may_open_originals_and_reading_is_logged() -> None:
    officer, legal = make.actor("officer", "RDS"), make.actor("legal", "HQ")
    info = store(officer, photo())
    show(officer, info.sha256)
    assert media.open_original(legal, sha256=info.sha256).content == photo()
    assert Entry.objects.filter(act="media.original_read", subject_id=info.sha256, actor_id=legal.id).count() == 1
    with pytest.raises(Forbidden):
        media.open_original(officer, sha256=info.sha256)


@pytest.mark.parametrize("name", ["../../secrets/node.key", "", "zz", "A" * 64, "0" * 63 + "/"])
def test_a_name_that_is_no_digest_leads_nowhere(name: str) -> None:
    with pytest.raises(NotFound):
        media.open_derivative(make.actor(), name, "thumb")
    with pytest.raises(NotFound):
        media_files.original_path(name)
    with pytest.raises(NotFound):
        media_files.copy_path("0" * 64, "../x")


def test_an_erased_photo_is_gone_with_its_copies_and_its_exif(
    home: Path, django_capture_on_commit_callbacks: Any
) -> None:
    actor = make.actor()
    info = store(actor, photo())
    with django_capture_on_commit_callbacks(execute=True):
        assert media.erase_media(info.sha256)
    assert files_in(home) == []
    assert MediaObject.objects.get().exif == "{}"
    with pytest.raises(NotFound):
        media.visible_media(actor, info.sha256)


def test_a_photo_that_another_record_shows_is_not_erased(home: Path) -> None:
    actor = make.actor()
    info = store(actor, photo())
    show(actor, info.sha256)
    assert media.erase_media(info.sha256) is False
    assert media.open_derivative(actor, info.sha256).content


def test_a_document_has_no_preview_and_is_kept_as_it_is() -> None:
    actor = make.actor()
    info = store(actor, b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n", "report.pdf", "application/pdf")
    assert (info.kind, info.has_preview) == ("document", False)
    with pytest.raises(NotFound, match=r"media\.no_preview"):
        media.open_derivative(actor, info.sha256)


def test_a_changed_or_missing_original_is_told(home: Path) -> None:
    actor = make.actor()
    first, second = store(actor, photo("red")), store(actor, photo("green"))
    assert media.verify_media() == []
    media_files.original_path(first.sha256).write_bytes(b"other")
    media_files.original_path(second.sha256).unlink()
    told = media.verify_media()
    assert len(told) == 2
    assert any(first.sha256 in line and "changed" in line for line in told)
    assert any(second.sha256 in line and "missing" in line for line in told)


def test_real_photos_are_taken_and_their_wrong_extensions_refused(shared_data: Path) -> None:
    actor = make.actor()
    taken, refused = 0, []
    for path in sorted((shared_data / "photos").rglob("*.*")):
        if path.suffix.lower() not in (".jpg", ".jpeg", ".png", ".webp", ".bmp"):
            continue
        try:
            store(actor, path.read_bytes(), path.name, "")
            taken += 1
        except Invalid as error:
            refused.append(error.code)
    assert taken >= 10
    assert refused
    assert set(refused) <= {"media.not_what_it_says", "media.type_not_allowed"}
