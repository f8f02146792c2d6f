"""Counts what a page asks the database: not the brackets of a transaction, nor the look after caches."""

from __future__ import annotations

from collections.abc import Iterable

BRACKETS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def count_asked(captured: Iterable[dict[str, str]]) -> int:
    """Count the captured statements that are questions of the page."""
    asked = (found["sql"] for found in captured if not found["sql"].startswith(BRACKETS))
    return sum("log_stamp" not in sql for sql in asked)
