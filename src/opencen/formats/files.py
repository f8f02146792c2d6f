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

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def import_path(digest: str) -> Path:
    """Return where a file is kept."""
    if len(digest) != 64 or not digest.isalnum():
        raise NotFound("import.not_found")
    folder: Path = settings.HOME.path
    return folder / "imports" / digest


def keep_file(content: bytes, name: str, claimed_type: str) -> tuple[str, str]:
    """Check a file and keep it; return its digest and its cleaned name."""
    shown = clean_name(name)
    if not content.strip():
        raise Invalid("media.empty", path="file")
    try:
        check_upload(
            content, name=shown, claimed_type=claimed_type, allowed=TABLES | {XML}, max_bytes=MAX_BYTES, path="file"
        )
    except Invalid as error:
        if "macroenabled" in str(error.data.get("found", "")):
            raise Invalid("import.macros", path="file") from None
        raise
    digest = sha256(content).hexdigest()
    path = import_path(digest)
    if not path.exists():
        _write_whole(path, content)
    return digest, shown


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
