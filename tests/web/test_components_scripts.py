"""The front end's own types and tests run with the rest."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
NODE = shutil.which("node") or str(Path(sys.executable).with_name("node"))

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "program",
    [["typescript/bin/tsc", "--noEmit"], ["vitest/vitest.mjs", "run"]],
    ids=["types", "tests"],
)
def test_the_scripts_of_the_pages_keep_their_types_and_pass_their_tests(program: list[str]) -> None:
    if not Path(NODE).exists() or not (FRONTEND / "node_modules" / "vitest").exists():
        pytest.skip("run script/build-frontend first")
    done = subprocess.run(
        [NODE, f"node_modules/{program[0]}", *program[1:]],
        cwd=FRONTEND,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
