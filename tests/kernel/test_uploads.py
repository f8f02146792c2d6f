from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image, ImageFile, JpegImagePlugin

from opencen.kernel.canonical import canonical_json
from opencen.kernel.errors import Invalid, OpenCenError, TooLarge
from opencen.kernel.uploads import (
    IMAGES,
    MEDIA,
    TABLES,
    check_archive,
    check_upload,
    clean_name,
    copy_in_sizes,
    read_exif,
    sniff,
    strip_and_scale,
    thumbnail,
    verify_image,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SECRET = "Officer Amal Karoui"


def make_image(form: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    image = Image.new(mode, size)
    image.paste(Image.effect_noise((size[0] // 2, size[1]), 50).convert(mode), (0, 0))
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def make_photo(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET
    exif.get_ifd(0x8769).update({0x9003: "2021:06:12 06:20:11", 0x9011: "+01:00", 0x829A: 0.004, 0x927C: b"maker" * 50})
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 48.0, 23.4), 3: "W", 4: (10.0, 10.0, 54.0)})
    return make_image(exif=exif, comment=SECRET.encode())


def make_zip(entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def make_workbook(**more: bytes) -> bytes:
    target = io.BytesIO()
    book = Workbook()
    book.active.append(["Date", "kg"])
    book.save(target)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in more.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
OLD_WORKBOOK = OLE + "Workbook".encode("utf-16-le") + b"\0" * 40
ODS = make_zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"

GOOD = [
    ("photo.jpg", "image/jpeg", make_image(), "image/jpeg"),
    ("photo.JPEG", "", make_image(), "image/jpeg"),
    ("photo", "image/jpg", make_image(), "image/jpeg"),
    ("photo", "application/octet-stream", make_image(), "image/jpeg"),
    ("scan.png", "image/png", make_image("PNG"), "image/png"),
    ("scan.webp", "image/webp", make_image("WEBP"), "image/webp"),
    ("paper.pdf", "application/pdf", PDF, "application/pdf"),
    ("cases.xlsx", XLSX, make_workbook(), XLSX),
    ("cases.ods", "", ODS, "application/vnd.oasis.opendocument.spreadsheet"),
    ("cases.xls", "application/vnd.ms-excel", OLD_WORKBOOK, "application/vnd.ms-excel"),
    ("cases.csv", "text/csv; charset=utf-8", b"a;b\n1;2\n", "text/csv"),
    ("cases.csv", "application/vnd.ms-excel", b"a;b\n1;2\n", "text/csv"),
    ("cases.csv", "", "date;poids\n2021;é\n".encode("cp1252"), "text/csv"),
    ("cases.csv", "", "date;poids\n".encode("utf-16"), "text/csv"),
    ("cases.csv", "", b"[1],[2]\n", "text/csv"),
    ("cases.tsv", "text/tab-separated-values", b"a\tb\n", "text/csv"),
    ("notes.txt", "", b"\xef\xbb\xbfhello", "text/plain"),
    ("case.json", "application/json", b'{"a": 1}', "application/json"),
    ("cases.jsonl", "", b'{"a": 1}\n{"a": 2}\n', "application/jsonl"),
]

BAD = [
    ("photo.jpg", "", b"", "media.empty"),
    ("photo.jpg", "", make_image("PNG"), "media.not_what_it_says"),
    ("photo.png", "image/jpeg", make_image("PNG"), "media.not_what_it_says"),
    ("photo.bmp", "", make_image(), "media.not_what_it_says"),
    ("photo.jpg", "", b"<html><script>alert(1)</script>", "media.type_not_allowed"),
    ("photo.jpg", "", b"hello, I am a photo", "media.not_what_it_says"),
    ("photo.gif", "image/gif", make_image("GIF", "P"), "media.type_not_allowed"),
    ("photo.bmp", "image/bmp", make_image("BMP"), "media.type_not_allowed"),
    ("photo.svg", "", b"<?xml version='1.0'?><svg onload='x()'/>", "media.type_not_allowed"),
    ("program.jpg", "", b"MZ\x90\0" + b"\0" * 100, "media.type_not_allowed"),
    ("paper.pdf", "", PDF[:-8], "media.truncated"),
    ("cases.xlsx", "", make_zip({"a.txt": b"x"}), "media.type_not_allowed"),
    ("cases.xlsx", "", make_workbook(xl__vbaProject_bin=b"x", **{"xl/vbaProject.bin": b"x"}), "media.type_not_allowed"),
    ("cases.xlsx", "", make_workbook()[:500], "media.type_not_allowed"),
    ("cases.xlsx", "", OLE + "EncryptedPackage".encode("utf-16-le"), "media.encrypted"),
    ("cases.xlsx", "", OLD_WORKBOOK, "media.not_what_it_says"),
    ("cases.xls", "", OLE, "media.type_not_allowed"),
    ("cases.xls", "", make_workbook(), "media.not_what_it_says"),
    ("cases.csv", "", b"<!DOCTYPE html><table>", "media.type_not_allowed"),
    ("cases.csv", "", b"a;b\n\0\0", "media.type_not_allowed"),
    ("cases.csv", "", b"a;b\n" + b"x" * 9000 + b"\0", "media.type_not_allowed"),
    ("cases.csv", "", make_workbook(), "media.not_what_it_says"),
    ("cases.json", "", b"date;kg\n", "media.not_what_it_says"),
]


@pytest.mark.parametrize(("name", "claimed", "content", "media_type"), GOOD)
def test_a_file_that_is_what_it_says_is_accepted(
    name: str, claimed: str, content: bytes, media_type: str, tmp_path: Path
) -> None:
    allowed = MEDIA | TABLES
    (tmp_path / "file").write_bytes(content)
    stream = io.BytesIO(content)
    for source in (content, tmp_path / "file", stream):
        assert check_upload(source, name=name, claimed_type=claimed, allowed=allowed) == media_type
    assert stream.read() == content


@pytest.mark.parametrize(("name", "claimed", "content", "code"), BAD)
def test_a_file_that_is_not_what_it_says_is_refused(name: str, claimed: str, content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_upload(content, name=name, claimed_type=claimed, allowed=MEDIA | TABLES, path="media[a]")
    assert (refused.value.code, refused.value.path) == (code, "media[a]")


def test_a_table_is_no_photo_and_a_large_file_is_refused() -> None:
    with pytest.raises(Invalid, match=r"media\.type_not_allowed"):
        check_upload(b"a;b", name="a.csv", allowed=IMAGES)
    with pytest.raises(TooLarge, match=r"media\.too_large"):
        check_upload(make_image(), name="a.jpg", max_bytes=100)


def test_real_files_are_told_by_their_content(shared_data: Path) -> None:
    photos = shared_data / "photos"
    for photo in photos.glob("image*.jpg"):
        assert check_upload(photo, name=photo.name) == "image/jpeg"
    assert check_upload(photos / "ukbench09380.webp", name="a.webp") == "image/webp"
    with pytest.raises(Invalid) as refused:
        check_upload(photos / "ukbench09380.bmp", name="ukbench09380.bmp")
    assert refused.value.data == {"claimed": "image/bmp", "found": "image/jpeg"}
    workbook = shared_data / "seizures" / "eia_pangolin_incidents_2000_2019_deidentified.xlsx"
    assert check_upload(workbook, name=workbook.name, allowed=TABLES) == XLSX


def test_real_photos_lose_their_metadata_and_nothing_else(shared_data: Path) -> None:
    for photo in (shared_data / "photos").glob("*.*"):
        data = photo.read_bytes()
        facts = verify_image(data)
        copy = strip_and_scale(data)
        assert verify_image(copy) == type(facts)("image/jpeg", facts.width, facts.height)
        assert read_exif(copy) == {}
        assert b"Canon" not in copy
    assert read_exif((shared_data / "photos" / "ukbench00120.jpg").read_bytes())["Make"] == "Canon"


def lie_about_size(archive: bytes, size: int) -> bytes:
    """Change what the directory and the local header say an entry unpacks to."""
    changed = bytearray(archive)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = changed.index(signature)
        changed[place + offset : place + offset + 4] = struct.pack("<I", size)
    return bytes(changed)


BOMB = make_zip({"xl/sheet1.xml": b"\0" * 20_000_000})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB, "archive.grows_too_much"),
        (lie_about_size(BOMB, 1000), "archive.grows_too_much"),
        (lie_about_size(make_zip({"a": b"x" * 5000}), 100), "archive.sizes_differ"),
        (make_zip({f"{n}": b"" for n in range(5001)}), "archive.too_many_entries"),
        (make_zip({"../../etc/passwd": b"x"}), "archive.bad_name"),
        (make_zip({"/etc/passwd": b"x"}), "archive.bad_name"),
        (make_zip({"a": b"x" * 500}, zipfile.ZIP_LZMA), "archive.unknown_compression"),
        (make_zip({"a": b"x" * 500})[:-30], "archive.damaged"),
        (b"no archive", "archive.damaged"),
        (b"", "archive.damaged"),
    ],
)
def test_a_hostile_archive_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(OpenCenError) as refused:
        check_archive(content, path="file")
    assert (refused.value.code, refused.value.path) == (code, "file")


def test_entries_that_share_their_bytes_are_refused() -> None:
    archive = make_zip({"a": b"x" * 500, "b": b"x" * 500})
    directory = bytearray(archive)
    second = directory.index(b"PK\x01\x02", directory.index(b"PK\x01\x02") + 1)
    directory[second + 42 : second + 46] = struct.pack("<I", 0)
    with pytest.raises(Invalid, match=r"archive\.entries_overlap"):
        check_archive(bytes(directory))


def test_an_archive_is_refused_above_the_total() -> None:
    archive = make_zip({name: bytes(range(256)) * 400 for name in "abc"}, zipfile.ZIP_STORED)
    assert check_archive(archive) == ["a", "b", "c"]
    with pytest.raises(TooLarge, match=r"archive\.too_large"):
        check_archive(archive, max_total=250_000)


def test_a_workbook_that_is_a_bomb_is_refused_as_upload() -> None:
    with pytest.raises(TooLarge, match=r"archive\.grows_too_much"):
        check_upload(make_workbook(bomb=b"\0" * 20_000_000), name="cases.xlsx", allowed=TABLES)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("function", [verify_image, thumbnail, strip_and_scale])
def test_a_truncated_picture_is_refused(form: str, function: Callable[[bytes], object]) -> None:
    with pytest.raises(Invalid) as refused:
        function(make_image(form, size=(400, 400))[:-2000])
    assert refused.value.code in {"media.truncated", "media.not_an_image"}


@pytest.mark.parametrize("data", [b"", b"x", b"\xff\xd8\xff\xe0", PDF, make_image("GIF", "P"), make_image("TIFF")])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    for function in (verify_image, thumbnail):
        with pytest.raises(Invalid) as refused:
            function(data, path="media[a]")
        assert (refused.value.code, refused.value.path) == ("media.not_an_image", "media[a]")
    assert read_exif(data) == {}


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    small = make_image("PNG", "L", (2, 2))
    header = struct.pack(">4sIIBBBBB", b"IHDR", 30_000, 30_000, 8, 0, 0, 0, 0)
    huge = small[:12] + header + struct.pack(">I", zlib.crc32(header)) + small[33:]
    with pytest.raises(TooLarge, match=r"media\.too_many_pixels"):
        verify_image(huge)
    with pytest.raises(TooLarge, match=r"media\.too_many_pixels"):
        verify_image(make_image(), max_pixels=100)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_copy_stands_upright(orientation: int) -> None:
    photo = make_photo(orientation)
    facts = verify_image(photo)
    assert (facts.width, facts.height) == ((20, 40) if orientation >= 5 else (40, 20))
    with Image.open(io.BytesIO(strip_and_scale(photo))) as copy:
        assert copy.size == (facts.width, facts.height)
    with Image.open(io.BytesIO(thumbnail(photo, 10))) as copy:
        assert max(copy.size) == 10


def test_a_copy_carries_no_metadata() -> None:
    photo = make_photo()
    assert SECRET.encode() in photo
    for copy in (strip_and_scale(photo), thumbnail(photo)):
        assert SECRET.encode() not in copy
        assert b"Exif" not in copy
        with Image.open(io.BytesIO(copy)) as image:
            assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_kind_of_pixel_makes_a_copy(form: str, mode: str) -> None:
    data = io.BytesIO()
    Image.new(mode, (64, 48)).save(data, form)
    with Image.open(io.BytesIO(thumbnail(data.getvalue(), 32))) as copy:
        assert (copy.format, copy.size, copy.mode in ("L", "RGB")) == ("JPEG", (32, 24), True)


def test_a_sixteen_bit_scan_keeps_its_greys() -> None:
    data = io.BytesIO()
    Image.new("I;16", (8, 8), 32768).save(data, "PNG")
    with Image.open(io.BytesIO(thumbnail(data.getvalue()))) as copy:
        assert abs(copy.getpixel((4, 4)) - 128) <= 2


def test_transparent_parts_become_white() -> None:
    data = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(data, "PNG")
    with Image.open(io.BytesIO(strip_and_scale(data.getvalue()))) as copy:
        assert min(copy.getpixel((4, 4))) >= 250


def test_a_picture_is_never_enlarged() -> None:
    with Image.open(io.BytesIO(thumbnail(make_image(), 500))) as copy:
        assert copy.size == (40, 20)


def test_exif_is_read_as_plain_values() -> None:
    found = read_exif(make_photo())
    assert json.loads(canonical_json(found)) == found
    assert (found["Make"], found["taken_at"]) == (SECRET, "2021-06-12T06:20:11+01:00")
    assert found["position"] == {"latitude": "36.806500", "longitude": "-10.181667"}
    assert abs(Decimal(found["ExposureTime"]) - Decimal("0.004")) < Decimal("0.0001")
    assert "MakerNote" not in found
    assert read_exif(make_image()) == {}


WHOLE_FILES = [make_photo(6), make_image("PNG"), make_image("WEBP"), make_workbook()]


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("whole", WHOLE_FILES, ids=["JPEG", "PNG", "WEBP", "XLSX"])
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6))
def test_damaged_files_are_refused_and_never_crash(whole: bytes, changes: list[tuple[int, int]]) -> None:
    content = bytearray(whole)
    for place, byte in changes:
        content[place % len(content)] = byte
    damaged = bytes(content)
    codes = {
        refusal(verify_image, damaged),
        refusal(thumbnail, damaged),
        refusal(check_archive, damaged),
        refusal(lambda data: check_upload(data, name="x.xlsx", allowed=TABLES), damaged),
    }
    assert {code.partition(".")[0] for code in codes} <= {"", "media", "archive"}
    assert isinstance(read_exif(damaged), dict)
    assert sniff(damaged)


def refusal(function: Callable[[bytes], object], data: bytes) -> str:
    try:
        function(data)
    except OpenCenError as refused:
        return refused.code
    return ""


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("IMG_0042.JPG", "IMG_0042.JPG"),
        ("C:\\Users\\amal\\Desktop\\photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ('a<b>"c"?.png', "a_b__c__.png"),
        ("nul\0\n.png", "nul.png"),
        ("صورة ١.jpg", "صورة ١.jpg"),
        ("e\u0301te\u0301.jpg", "été.jpg"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
    ],
)
def test_a_file_name_is_made_safe(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_large_photo_is_decoded_no_larger_than_its_copies_need_and_told_by_its_own_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = make_image(size=(2000, 1500))
    loaded: list[tuple[int, int]] = []
    load = ImageFile.ImageFile.load

    def note(image: ImageFile.ImageFile) -> Any:
        loaded.append(image.size)
        return load(image)

    monkeypatch.setattr(JpegImagePlugin.JpegImageFile, "load", note)
    facts, copies = copy_in_sizes(data, {"small": (100, 80), "large": (400, 88)})
    assert (facts.width, facts.height) == (2000, 1500)
    assert max(loaded) == (500, 375)
    assert {name: Image.open(io.BytesIO(copy)).size for name, copy in copies.items()} == {
        "small": (100, 75),
        "large": (400, 300),
    }
    with pytest.raises(Invalid):
        copy_in_sizes(data[: len(data) // 2], {"small": (100, 80)})
