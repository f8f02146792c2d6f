"""The files of imports: kept under their digest in the installation's folder, readable by it alone."""

from __future__ import annotations

import errno
import os
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from opencen.kernel.errors import Invalid, NotFound, Unavailable
from opencen.kernel.ids import uuid7
from opencen.kernel.uploads import TABLES, check_upload, clean_name
from opencen.kernel.uploads.content import MAX_BYTES

XML = "application/xml"

WORDS = {
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/x-msdownload": "EXE",
    "application/x-7z-compressed": "7Z",
    "application/vnd.rar": "RAR",
    "application/octet-stream": "BIN",
    "application/x-ole-storage": "OLE: DOC, PPT, MSG",
    "application/vnd.sqlite3": "SQLite",
    "image/svg+xml": "SVG",
    "video/mp4": "MP4",
}
"""What people call a kind of file that is no table, where its media type does not say it."""

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def import_path(digest: str) -> Path:
    """Return where a file is kept."""
    if len(digest) != 64 or not digest.isalnum():
        raise NotFound("import.not_found")
    folder: Path = settings.HOME.path
    return folder / "imports" / digest


def keep_file(content: bytes, name: str) -> tuple[str, str]:
    """Check a file and keep it; return its digest and its cleaned name.

    A table is read by its content alone: programs call workbooks text/plain, and people name them .csv.
    """
    shown = clean_name(name)
    if not content.strip():
        raise Invalid("media.empty", path="file")
    try:
        check_upload(content, name="", allowed=TABLES | {XML}, max_bytes=MAX_BYTES, path="file")
    except Invalid as error:
        found = str(error.data.get("found", ""))
        if "macroenabled" in found:
            raise Invalid("import.macros", path="file") from None
        if error.code == "media.type_not_allowed":
            raise Invalid("import.not_a_table", path="file", found=kind_word(found)) from None
        raise
    digest = sha256(content).hexdigest()
    path = import_path(digest)
    if not path.exists():
        _write_whole(path, content)
    return digest, shown


def kind_word(media_type: str) -> str:
    """Call a kind of file as people of every language do: PDF, ZIP, PNG."""
    return WORDS.get(media_type) or media_type.rpartition("/")[2].removeprefix("x-").upper()


def _write_whole(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{uuid7().hex}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        if error.errno in _NO_SPACE:
            raise Unavailable("media.no_space", path="file") from None
        raise
