"""Temporary installations for tests."""

from __future__ import annotations

import secrets
import shutil
import tempfile
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


def remove(home: Path) -> None:
    """Remove an installation with everything in it."""
    shutil.rmtree(home, ignore_errors=True)
