"""Every benchmark keeps the frame's contract, and the table says what was measured."""

from __future__ import annotations

import importlib
import inspect

import pytest

from tests.bench.__main__ import find_benchmarks, make_table
from tests.bench.framework import Row, describe_machine, percentile


@pytest.mark.parametrize("name", find_benchmarks())
def test_every_benchmark_runs_on_a_context_and_gives_rows(name: str) -> None:
    module = importlib.import_module(f"tests.bench.{name}")
    assert list(inspect.signature(module.run).parameters) == ["context"]
    assert module.__doc__


def test_the_table_shows_goal_floor_and_ratio() -> None:
    row = Row("rows in", "<= 10 s", 5.0, "s", "sqlite", floor=2.0, note="median of 5")
    assert make_table([row]).splitlines()[2] == "| rows in | <= 10 s | 5 s | sqlite | 2 s | 2.50 | median of 5 |"
    assert "12,346 /s" in make_table([Row("rate", ">= 1", 12345.6, "/s", "sqlite")])


@pytest.mark.parametrize(("part", "expected"), [(0.0, 1.0), (0.5, 51.0), (0.99, 100.0), (1.0, 100.0)])
def test_percentiles_take_the_nearest_rank(part: float, expected: float) -> None:
    assert percentile([float(number) for number in range(100, 0, -1)], part) == expected


def test_the_machine_is_named() -> None:
    assert {"processor", "memory", "python", "sqlite"} <= set(describe_machine())
