"""Temporary installations for tests."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from opencen.config.home import SECRETS


def make_empty_home() -> Path:
    """Make a folder for an installation that `opencen init` has not seen yet."""
    return Path(tempfile.mkdtemp(prefix="opencen-home-"))


def make_test_home() -> Path:
    """Make the installation that the tests of this process run in."""
    home = make_empty_home()
    folder = home / "secrets"
    folder.mkdir(mode=0o700)
    for name in SECRETS:
        (folder / name).write_text(secrets.token_urlsafe(48))
    return home


def make_templates() -> Path | None:
    """Make the folder of installations that all processes of a run copy; none in a process that inherits it."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return None
    folder = Path(tempfile.mkdtemp(prefix="opencen-templates-"))
    os.environ["TEST_TEMPLATES"] = str(folder)
    return folder


def copy_template(name: str, home: Path, make: Callable[[Path], object]) -> None:
    """Copy an installation that the first to ask for it makes, while the others wait."""
    folder = Path(os.environ["TEST_TEMPLATES"])
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / name).exists():
            part = Path(tempfile.mkdtemp(dir=folder))
            make(part)
            part.rename(folder / name)
    shutil.copytree(folder / name, home, dirs_exist_ok=True)


def remove(home: Path) -> None:
    """Remove an installation with everything in it."""
    shutil.rmtree(home, ignore_errors=True)
