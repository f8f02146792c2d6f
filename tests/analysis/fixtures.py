"""An empty store of facts for every test of this folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from opencen.analysis.facts.snapshot import drop_snapshot
from opencen.analysis.facts.store import FACTS


@pytest.fixture(autouse=True)
def facts() -> Iterator[None]:
    """Start without facts and leave none behind."""
    shutil.rmtree(FACTS.folder, ignore_errors=True)
    drop_snapshot()
    yield
    drop_snapshot()
    shutil.rmtree(FACTS.folder, ignore_errors=True)
