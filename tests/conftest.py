"""Sets up every test run: an installation of its own, the database asked for, and the two speeds."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from script import catalogues

from tests.support import homes
from tests.support.postgres import Cluster
from tests.support.server import run_command

PROJECT = Path(__file__).resolve().parent.parent


def _start_cluster() -> Cluster | None:
    """Start a private PostgreSQL in the first process of a run; its workers inherit the address."""
    if os.environ.get("OPENCEN_TEST_DATABASE") != "postgresql" or os.environ.get("PYTEST_XDIST_WORKER"):
        return None
    cluster = Cluster.start()
    os.environ["OPENCEN_DATABASE_URL"] = cluster.url("opencen")
    return cluster


_home = homes.make_test_home()
_templates = homes.make_templates()
_cluster = _start_cluster()
os.environ["OPENCEN_HOME"] = str(_home)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the test's own thread


def _load_settings() -> None:
    """Load the settings of this process's home; the variable goes, or parallel workers would load too early."""
    from django.conf import settings  # noqa: PLC0415 - the home must be set before settings load

    os.environ["DJANGO_SETTINGS_MODULE"] = "opencen.config.settings"
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",  # cheap; the one test of Argon2 asks for it by name
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]
    del os.environ["DJANGO_SETTINGS_MODULE"]
    from tests.support.static_files import list_once  # noqa: PLC0415 - reads the settings

    list_once()


def _join_translations() -> None:
    """Bring the compiled languages up to what the rooms wrote, once a run."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    for language in catalogues.LANGUAGES:
        if catalogues.is_stale(language):
            catalogues.join(language)


_join_translations()
_load_settings()
hypothesis.settings.register_profile("opencen", deadline=None)  # a busy machine is no fault of the code
hypothesis.settings.load_profile("opencen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch for the short run."""
    parser.addoption("--fast", action="store_true", help="leave out slow and browser tests")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep the collector away from what is loaded, as the server does: it would look through all of it, over and over."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the run started and remove its installation."""
    if _cluster is not None:
        _cluster.stop()
    homes.remove(_home)
    if _templates is not None:
        homes.remove(_templates)


def _is_short(item: pytest.Item) -> bool:
    return not (item.get_closest_marker("slow") or item.get_closest_marker("browser"))


def _asks_a_database(item: pytest.Item) -> bool:
    """Tell whether a test can tell one database from the other: it has one open, or a server of its own."""
    fixtures = {"db", "transactional_db", "django_db_setup", "cluster"}
    return bool(item.get_closest_marker("django_db") or fixtures & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out slow and browser tests in the short run, and in the run on PostgreSQL what opens no database."""
    kept = [item for item in items if _is_short(item)] if config.getoption("--fast") else list(items)
    if os.environ.get("OPENCEN_TEST_DATABASE") == "postgresql":
        kept = [item for item in kept if _asks_a_database(item)]
    config.hook.pytest_deselected(items=list(set(items) - set(kept)))
    items[:] = kept


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Name bytes plainly: archives hold the time they were made, so their content and length differ between workers."""
    return "bytes" if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def project() -> Path:
    """Give the project's root folder."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real data, or skip with the reason."""
    folder = Path(os.environ.get("OPENCEN_SHARED", PROJECT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip("no real data: set OPENCEN_SHARED, or lay the folder 'shared' beside the project")
    return folder


@pytest.fixture(autouse=True)
def _forget_the_test_before() -> None:
    """Drop what outlives a rolled-back transaction: values kept in memory, and anchors and packets on disk."""
    from opencen.log.stamps import drop_caches  # noqa: PLC0415 - settings load first

    drop_caches()
    for name in ("anchors", "outbox", "derived"):
        shutil.rmtree(_home / name, ignore_errors=True)


@pytest.fixture
def new_home() -> Iterator[Path]:
    """Give a path for a fresh installation and remove it afterwards."""
    home = homes.make_empty_home()
    yield home
    homes.remove(home)


@pytest.fixture
def initialised_home(new_home: Path) -> Path:
    """Give a fresh installation as `opencen init` leaves it."""
    homes.copy_template("initialised", new_home, lambda home: run_command(home, "init"))
    return new_home


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Give a private PostgreSQL server, started once for the tests that need their own database on one."""
    if not Cluster.is_installed():
        pytest.skip("PostgreSQL's server programs are not installed (initdb not found)")
    server = Cluster.start()
    yield server
    server.stop()
