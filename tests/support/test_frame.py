"""The test frame itself: its own home, its own database."""

from __future__ import annotations

import os

import pytest
from django.conf import settings
from django.db import connection


def test_the_tests_run_in_a_home_of_their_own() -> None:
    assert str(settings.HOME.path) == os.environ["OPENCEN_HOME"]
    assert "opencen-home-" in str(settings.HOME.path)


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    expected = "postgresql" if os.environ.get("OPENCEN_TEST_DATABASE") == "postgresql" else "sqlite"
    assert connection.vendor == expected
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
