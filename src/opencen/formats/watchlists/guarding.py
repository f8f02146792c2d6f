"""What keeps a file of a list from being taken for what it is not: cut off, of another version, far too large."""

from __future__ import annotations

from opencen.kernel.errors import Invalid, TooLarge

MOST_BYTES = 200_000_000
MOST_ENTRIES = 500_000
TIMES_LARGER = 10
HALF = 0.5


def check_bytes(content: bytes, most: int = MOST_BYTES) -> None:
    """Refuse an empty file and one larger than any list of its kind."""
    if not content.strip():
        raise Invalid("watchlist.empty", path="file")
    if len(content) > most:
        raise TooLarge("watchlist.too_large", path="file", limit=most, found=len(content))


def check_growth(found: int, before: int) -> None:
    """Refuse a list that is ten times as large as it was."""
    if before and found >= before * TIMES_LARGER:
        raise TooLarge("watchlist.ten_times", path="file", found=found, before=before)


def read_text(content: bytes) -> str:
    """Read a file as UTF-8, with or without its mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("watchlist.not_text", path="file", position=error.start) from None
