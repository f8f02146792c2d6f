"""The help page: of what a role may do, and every link leads somewhere."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db
LINKS = {
    "officer": {"/capture/case/new", "/import", "/cases", "/suspects", "/watches", "/custody", "/analysis/counting"},
    "investigator": {"/investigations", "/suspects", "/watches", "/cases"},
    "administrator": set(),
}


@pytest.mark.parametrize("role", sorted(LINKS))
def test_help_tells_of_what_one_may_do(client: Client, role: str) -> None:
    client.force_login(make.user(role, "HQ"), "django.contrib.auth.backends.ModelBackend")
    page = client.get("/help").content.decode()
    links = set(re.findall(r'<a class="push" href="([^"]+)"', page))
    assert links >= LINKS[role]
    assert bool(links) == bool(LINKS[role])
    assert {url: client.get(url).status_code for url in links} == dict.fromkeys(links, 200)
