"""How the entry reaches a browser over a slow line: few bytes, few turns, nothing asked twice."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from django.test import Client

from opencen.accounts.queries import actor_of
from opencen.codelists.catalogue import kept_version
from tests import make

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
COMPRESSED = {"HTTP_ACCEPT_ENCODING": "gzip"}


def officer() -> tuple[Any, Client]:
    user = make.user("officer", "RDS")
    client = Client()
    client.force_login(user, BACKEND)
    return user, client


def asked_first(page: str) -> list[str]:
    return re.findall(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)">', page)


def test_the_page_asks_for_key_and_form_before_its_script_is_there() -> None:
    _, client = officer()
    page = client.get("/capture/case/new").content.decode()
    assert asked_first(page) == ["/api/v1/capture/key", "/api/v1/forms/case"]
    assert all(client.get(address).status_code == 200 for address in asked_first(page))


def test_a_record_to_change_is_asked_with_them_and_a_draft_of_the_device_is_not() -> None:
    user, client = officer()
    record = make.submit_control(actor_of(user)).record_id
    *_, last = asked_first(client.get(f"/capture/control/{record}").content.decode())
    assert client.get(last).json()["id"] == str(record)
    assert len(asked_first(client.get(f"/capture/control/{record}?draft=1").content.decode())) == 2


@pytest.mark.parametrize("path", ["/capture/case/new", "/api/v1/forms/case", "/api/v1/codelists/commodity"])
def test_what_the_entry_reads_travels_compressed_and_is_the_same(path: str) -> None:
    _, client = officer()
    plain, packed = client.get(path), client.get(path, **COMPRESSED)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert len(packed.content) < len(plain.content) / 3
    if path.startswith("/api/"):
        assert json.loads(gzip.decompress(packed.content)) == plain.json()


def test_a_version_of_a_list_is_kept_and_a_form_or_another_version_is_not() -> None:
    _, client = officer()
    version = kept_version("unit")
    assert "immutable" in client.get(f"/api/v1/codelists/unit?v={version}").headers["Cache-Control"]
    for path in ("/api/v1/codelists/unit?v=2020-01-01", "/api/v1/codelists/unit", "/api/v1/forms/case"):
        assert client.get(path).headers["Cache-Control"] == "no-store", path
