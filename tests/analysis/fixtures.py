"""An empty store of facts for every test of this folder, and a world that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache

import pytest

from opencen.analysis.facts.snapshot import drop_snapshot
from opencen.analysis.facts.store import FACTS
from tests.analysis import oracle


@pytest.fixture(autouse=True)
def facts() -> Iterator[None]:
    """Start without facts and leave none behind."""
    shutil.rmtree(FACTS.folder, ignore_errors=True)
    drop_snapshot()
    yield
    drop_snapshot()
    shutil.rmtree(FACTS.folder, ignore_errors=True)


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the oracle read what each reader sees once in a test: its world does not change while it is counted."""
    monkeypatch.setattr(oracle, "seen_by", cache(oracle.seen_by))
