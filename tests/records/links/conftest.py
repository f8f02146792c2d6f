"""A graph of its own for every test, and the ways in which it may lag behind."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings


def forget_graph() -> None:
    """Remove the store's files."""
    shutil.rmtree(Path(settings.HOME.path) / "derived" / "graph", ignore_errors=True)


@pytest.fixture(autouse=True)
def own_graph() -> Iterator[None]:
    """Remove the graph around a test: the database forgets what a test wrote, the files would not."""
    forget_graph()
    yield
    forget_graph()


@pytest.fixture(params=["live", "written", "folded in"])
def settle(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Give a function that does what the worker does: nothing yet, a sheet beside the lists, or all folded in."""
    store = import_module("opencen.records.links.graph.store")  # models are there only once the tests run
    derived, sealer = import_module("opencen.records.derived"), import_module("opencen.log.sealer")
    if request.param == "folded in":
        monkeypatch.setattr(store, "MOST_LATE", 0)

    def bring_up() -> None:
        if request.param != "live":
            sealer.seal_all()
            derived.catch_up(store.GRAPH)

    return bring_up
