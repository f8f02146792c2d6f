"""What is loaded before a long work stays out of the collector's way until its end, also where it fails."""

from __future__ import annotations

import gc

import pytest

from opencen.kernel.memory import kept_in_memory


def test_what_is_loaded_is_walked_again_after_the_work() -> None:
    loaded = [[number] for number in range(1000)]
    with kept_in_memory():
        assert gc.get_freeze_count() > len(loaded)
    assert gc.get_freeze_count() == 0


def test_a_work_that_fails_gives_everything_back() -> None:
    with pytest.raises(KeyError), kept_in_memory():
        raise KeyError("row")
    assert gc.get_freeze_count() == 0
