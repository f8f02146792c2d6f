"""Tell what a file is by its content, and refuse what is not what it says."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from opencen.kernel.errors import Invalid, TooLarge
from opencen.kernel.uploads.archives import check_archive, open_source

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
HEIC = "image/heic"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLS = "application/vnd.ms-excel"
CSV, TEXT, JSON, JSON_LINES = "text/csv", "text/plain", "application/json", "application/jsonl"

IMAGES = frozenset({JPEG, PNG, WEBP, HEIC})
MEDIA = IMAGES | {PDF}
TABLES = frozenset({XLSX, ODS, XLS, CSV, TEXT, JSON, JSON_LINES})

MAX_BYTES = 50 * 1024 * 1024
MAX_NAME = 120

_BY_EXTENSION = {
    **{"jpg": JPEG, "jpeg": JPEG, "jpe": JPEG, "jfif": JPEG, "png": PNG, "webp": WEBP, "pdf": PDF},
    **{"xlsx": XLSX, "ods": ODS, "xls": XLS, "csv": CSV, "tsv": CSV, "txt": TEXT},
    **{"json": JSON, "jsonl": JSON_LINES, "ndjson": JSON_LINES},
    **{"gif": "image/gif", "bmp": "image/bmp", "tif": "image/tiff", "tiff": "image/tiff", "heic": HEIC, "heif": HEIC},
    **{
        "svg": "image/svg+xml",
        "html": "text/html",
        "htm": "text/html",
        "xml": "application/xml",
        "zip": "application/zip",
    },
    **{"xlsm": "application/vnd.ms-excel.sheet.macroenabled.12", "exe": "application/x-msdownload"},
}
_TYPE_ALIASES = {
    "image/jpg": JPEG,
    "image/pjpeg": JPEG,
    "image/heif": HEIC,
    "application/csv": CSV,
    "text/tab-separated-values": CSV,
    "text/json": JSON,
    "application/x-ndjson": JSON_LINES,
    "application/ndjson": JSON_LINES,
    "application/x-pdf": PDF,
}
# What browsers and programs say when they do not know, or say of any table.
_SAYS_NOTHING = frozenset({"", "application/octet-stream", "binary/octet-stream", "multipart/form-data"})
_LOOSE = {XLS: frozenset({CSV, TEXT, XLS})}
_TEXTS = frozenset({CSV, TEXT, JSON, JSON_LINES})

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", PDF),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-elf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BINARY = "application/octet-stream"
_HEAD = 4096
# One character in so many has an empty high byte, at the least, in text of any script.
_EMPTY_SHARE = 20
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|svg|\?xml|!--)", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


def check_upload(
    source: Path | bytes | BinaryIO,
    *,
    name: str,
    claimed_type: str = "",
    allowed: Collection[str] = MEDIA,
    max_bytes: int = MAX_BYTES,
    path: str = "",
) -> str:
    """Return the media type of an upload whose content is what its name and type claim; raise Invalid or TooLarge."""
    with open_source(source) as file:
        size = file.seek(0, 2)
        if size == 0:
            raise Invalid("media.empty", path=path)
        if size > max_bytes:
            raise TooLarge("media.too_large", path=path, limit=max_bytes, found=size)
        found = _sniff(file, path)
    says = _claims(name, claimed_type)
    actual = next((claim for claim in says if claim in _TEXTS and _fits(found, claim)), found)
    if actual not in allowed:
        raise Invalid("media.type_not_allowed", path=path, found=found, allowed=sorted(allowed))
    for claim in says:
        if not _fits(found, claim):
            raise Invalid("media.not_what_it_says", path=path, claimed=claim, found=found)
    if found in (XLSX, ODS):
        check_archive(source, path=path)
    return actual


def sniff(source: Path | bytes | BinaryIO) -> str:
    """Tell the media type of a file by its content alone; all unmarked text is `text/plain`."""
    with open_source(source) as file:
        return _sniff(file, "")


def clean_name(name: str) -> str:
    """Reduce a file's name to what is safe to show and to store, its extension kept."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    shown = "".join(c for c in base if unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Co", "Cn"))
    plain = " ".join(_NOT_IN_NAMES.sub("_", shown).split()).strip(". ")
    stem, dot, extension = plain.rpartition(".")
    if dot and len(extension) <= 10:
        return f"{stem[: MAX_NAME - len(extension) - 1]}.{extension}"
    return plain[:MAX_NAME] or "file"


def _claims(name: str, claimed_type: str) -> list[str]:
    """Return the types that a name and a stated type claim, as far as they say anything."""
    stated = claimed_type.partition(";")[0].strip().lower()
    stated = _TYPE_ALIASES.get(stated, stated)
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    claims = [_BY_EXTENSION.get(extension, ""), "" if stated in _SAYS_NOTHING else stated]
    return [claim for claim in claims if claim]


def _fits(found: str, claim: str) -> bool:
    """Tell whether content of a found type may carry a claim; text may be any of the text types."""
    if found == claim or found in _LOOSE.get(claim, ()):
        return True
    if claim in (JSON, JSON_LINES):
        return found == JSON
    return claim in _TEXTS and found in (TEXT, JSON)


def _sniff(file: BinaryIO, path: str) -> str:
    file.seek(0)
    head = file.read(_HEAD)
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return _check_end(file, path) if media_type == PDF else media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return HEIC if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"heim") else "video/mp4"
    if head.startswith(_ZIP):
        return _sniff_zip(file)
    if head.startswith(_OLE):
        return _sniff_ole(file, path)
    return _sniff_text(head, file)


def _check_end(file: BinaryIO, path: str) -> str:
    """Require the end of a PDF file, so that a broken transfer is noticed."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 2048))
    if b"%%EOF" not in file.read():
        raise Invalid("media.truncated", path=path, found=PDF)
    return PDF


def _sniff_zip(file: BinaryIO) -> str:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = {entry.filename for entry in archive.infolist()}
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return archive.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return "application/zip"
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        return "application/zip"
    return _BY_EXTENSION["xlsm"] if any(name.endswith("vbaProject.bin") for name in names) else XLSX


def _sniff_ole(file: BinaryIO, path: str) -> str:
    """Tell an old workbook from other compound files by the names of its streams."""
    file.seek(0)
    content = file.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Invalid("media.encrypted", path=path)
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book\0")):
        return XLS
    return "application/x-ole-storage"


def unmarked_utf16(content: bytes) -> str:
    """Return the byte order of UTF-16 text without a mark, by where its empty bytes stand; empty where it is none.

    Separators, digits and ends of lines are ASCII in every script: their high bytes are empty, all on one side.
    """
    sample = content[: _HEAD - _HEAD % 2]
    sample = sample[: len(sample) - len(sample) % 2]
    sides = {"utf-16-be": sample[0::2].count(0), "utf-16-le": sample[1::2].count(0)}
    for encoding, other in (("utf-16-le", "utf-16-be"), ("utf-16-be", "utf-16-le")):
        if sides[encoding] * 2 * _EMPTY_SHARE < len(sample) or sides[other]:
            continue
        text = sample.decode(encoding, "replace")
        if all(c in "\t\n\r" or unicodedata.category(c)[0] != "C" or c == "\u200e" or c == "\u200f" for c in text):
            return encoding
    return ""


def _sniff_text(head: bytes, file: BinaryIO) -> str:
    file.seek(0)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace").encode()
    elif encoding := unmarked_utf16(head):
        text = head.decode(encoding, "replace").encode()
    elif any(b"\0" in chunk for chunk in iter(lambda: file.read(1 << 20), b"")):
        return _BINARY
    else:
        text = head.removeprefix(b"\xef\xbb\xbf")
    start = text.lstrip()
    if match := _MARKUP.match(start):
        opening = match[0].lower()
        if b"<svg" in start.lower():
            return "image/svg+xml"
        return "application/xml" if opening == b"<?xml" else "text/html"
    if any(byte < 0x20 and byte not in b"\t\n\r\f\x1b" for byte in text):
        return _BINARY
    return JSON if start[:1] in (b"{", b"[") else TEXT
