"""A text search of its own for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from opencen.records.search import files


@pytest.fixture(autouse=True)
def own_store() -> Iterator[None]:
    """Remove the store around a test: the database forgets what a test wrote, the files would not."""
    shutil.rmtree(files.folder(), ignore_errors=True)
    yield
    shutil.rmtree(files.folder(), ignore_errors=True)
