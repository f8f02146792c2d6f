"""The home: its settings, from file or environment, and the database they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from opencen.config.home import Home, database_settings


def make_home(folder: Path, text: str) -> Home:
    (folder / "opencen.toml").write_text(text)
    return Home(folder)


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make_home(tmp_path, "[web]\nport = 8000\n")
    assert home.value("web", "port", 1) == 8000
    monkeypatch.setenv("OPENCEN_WEB_PORT", "9000")
    assert home.value("web", "port", 1) == 9000
    assert home.value("web", "workers", 2) == 2


@pytest.mark.parametrize(
    ("given", "default", "expected"),
    [
        ("false", True, False),
        ("yes", False, True),
        ("cases, controls", ["cases"], ["cases", "controls"]),
        ("", ("cases",), []),
        ("7", 2, 7),
        ("text", "", "text"),
    ],
)
def test_the_environment_is_read_as_the_default_is(
    given: str, default: object, expected: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENCEN_WEB_THING", given)
    assert Home(tmp_path).value("web", "thing", default) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p%40ss@db.example:5433/cen", ("cen", "u", "p@ss", "db.example", "5433")),
        ("postgresql://opencen@/cen?host=%2Frun%2Fpg", ("cen", "opencen", "", "/run/pg", "")),
        ("postgres://u@h/cen?sslmode=require", ("cen", "u", "", "h", "")),
    ],
)
def test_a_database_url_is_read(
    url: str, expected: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENCEN_DATABASE_URL", url)
    found = database_settings(Home(tmp_path))
    assert tuple(found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected
    assert "host" not in found["OPTIONS"]


def test_without_a_url_it_is_a_durable_sqlite_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENCEN_DATABASE_URL", raising=False)
    found = database_settings(Home(tmp_path))
    assert found["NAME"] == str(tmp_path / "opencen.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]
