"""The gallery's page: its filters fold on a phone and say how many are set."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "count"), [("", ""), ("?kind=xray", "1"), ("?kind=xray&exceptional=1&from=", "2"), ("?after=x", "")]
)
def test_the_button_for_filters_says_how_many_are_set(client: Client, asked: str, count: str) -> None:
    client.force_login(make.user("officer", "RDS"), "django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/gallery{asked}").content.decode()
    button = page.partition('href="#facets"')[2].partition("</a>")[0]
    assert button.partition('class="count">')[2].partition("<")[0] == count
    form = page.partition('id="facets"')[2].partition("</form>")[0]
    assert ('href="/gallery"' in form) is bool(count)
