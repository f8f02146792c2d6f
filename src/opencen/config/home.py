"""The home directory of one installation: its settings file, secrets and stores."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

DEFAULT_HOME = "~/.opencen"
CONFIG_NAME = "opencen.toml"
FOLDERS = ("secrets", "media", "derived", "anchors", "backups")
SECRETS = ("django.key", "node.key")
NOT_CONFIGURED = 78  # exit code (sysexits.h EX_CONFIG) of a process that must not be started again as things are


@dataclass(frozen=True)
class Home:
    """Give the places and settings of an installation; reading it writes nothing."""

    path: Path

    @cached_property
    def config(self) -> dict[str, Any]:
        """Return the settings file's content, empty where there is none yet."""
        try:
            return tomllib.loads((self.path / CONFIG_NAME).read_text("utf-8"))
        except FileNotFoundError:
            return {}

    def value(self, section: str, name: str, default: Any) -> Any:
        """Return one setting: the environment (OPENCEN_SECTION_NAME) wins over the file."""
        given = os.environ.get(f"OPENCEN_{section}_{name}".upper())
        return self.config.get(section, {}).get(name, default) if given is None else _read_like(default, given)

    def secret(self, name: str) -> str:
        """Return a secret of the installation; one of this process only where none was written."""
        try:
            return (self.path / "secrets" / name).read_text("ascii").strip()
        except FileNotFoundError:
            return secrets.token_urlsafe(48)

    def write_secret(self, name: str) -> None:
        """Create a secret unless it is there already."""
        target = self.path / "secrets" / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not target.exists():
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))


def _read_like(default: Any, given: str) -> Any:
    """Read a setting from the environment as the kind of value its default is."""
    if isinstance(default, bool):
        return given.lower() in ("1", "true", "yes", "on")
    if isinstance(default, (list, tuple)):
        return [part.strip() for part in given.split(",") if part.strip()]
    return int(given) if isinstance(default, int) else given


def open_home() -> Home:
    """Return the home that OPENCEN_HOME names, or the default one."""
    return Home(Path(os.environ.get("OPENCEN_HOME", DEFAULT_HOME)).expanduser())


def database_settings(home: Home) -> dict[str, Any]:
    """Make Django's database entry: SQLite in the home, or the PostgreSQL that a URL names."""
    url = str(home.value("database", "url", ""))
    if url.startswith(("postgres://", "postgresql://")):
        parts = urlsplit(url)
        more = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": more.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or more.pop("port", "")),
            "CONN_MAX_AGE": 600,
            "OPTIONS": more,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(home.path / "opencen.sqlite3"),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-16384;PRAGMA temp_store=MEMORY"
            ),
        },
    }
