"""Files that come in: their content checked against what they claim, pictures decoded, copies without metadata."""

from __future__ import annotations

from opencen.kernel.uploads.archives import check_archive
from opencen.kernel.uploads.content import (
    IMAGES,
    MEDIA,
    TABLES,
    check_upload,
    clean_name,
    sniff,
)
from opencen.kernel.uploads.images import (
    ImageFacts,
    copy_in_sizes,
    read_exif,
    strip_and_scale,
    thumbnail,
    verify_image,
)

__all__ = [
    "IMAGES",
    "MEDIA",
    "TABLES",
    "ImageFacts",
    "check_archive",
    "check_upload",
    "clean_name",
    "copy_in_sizes",
    "read_exif",
    "sniff",
    "strip_and_scale",
    "thumbnail",
    "verify_image",
]
