"""A text search of its own for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import import_module

import pytest

from opencen.records.search import files


@pytest.fixture(autouse=True)
def own_store() -> Iterator[None]:
    """Remove the store around a test: the database forgets what a test wrote, the files would not."""
    forget_store()
    yield
    forget_store()


def forget_store() -> None:
    """Remove the files, and what this process keeps of them."""
    shutil.rmtree(files.folder(), ignore_errors=True)
    import_module("opencen.records.search.view").READER.forget()  # models are there only once the tests run
