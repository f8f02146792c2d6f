"""Numbers in addresses that are none, or too large for any database, are answered like no number."""

from __future__ import annotations

import pytest
from django.test import Client

from opencen.kernel.errors import Invalid
from opencen.kernel.text import whole_number
from opencen.seizures.small_records.fields import number_of
from tests import make
from tests.investigations.teams import browser

pytestmark = pytest.mark.django_db
ODD = ("²", "9" * 30, "9" * 5000, "-1", "0", "٣", "x", "\x00")
PAGES = (
    ("evidence_custodian", "/custody?page={}"),
    ("legal", "/legal?page={}"),
    ("validator", "/watches?page={}"),
    ("validator", "/review?page={}"),
    ("investigator", "/investigations?view=list&page={}"),
    ("officer", "/cases?page={}"),
    ("officer", "/suspects?page={}"),
    ("auditor", "/administration/audit?before={}"),
    ("officer", "/cases/CASE/compare?before=1&after={}"),
)


@pytest.fixture
def case_id() -> str:
    return str(make.submit_case(make.actor()).record_id)


@pytest.mark.parametrize(("role", "address"), PAGES)
def test_an_odd_number_in_an_address_fails_nothing(case_id: str, role: str, address: str) -> None:
    client: Client = browser(make.actor(role, "HQ", covers="HQ"))
    client.raise_request_exception = False
    path, _, query = address.replace("CASE", case_id).partition("?")
    names = [part.partition("=")[0] for part in query.split("&")]
    values = [part.partition("=")[2] for part in query.split("&")]
    for odd in ODD:
        given = dict(zip(names, [value.format(odd) for value in values], strict=True))
        assert client.get(path, given).status_code < 500, (path, odd[:40])


@pytest.mark.parametrize(
    ("text", "found"), [("12", 12), ("", 1), ("²", 1), ("٣", 1), ("-4", 1), ("9" * 30, 1), ("100000", 1)]
)
def test_a_whole_number_is_read_or_it_is_the_other(text: str, found: int) -> None:
    assert whole_number(text, 1) == found


@pytest.mark.parametrize("text", ["1e-99999999", "1e99", "NaN", "-1", "²"])
def test_a_number_that_nobody_weighs_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        number_of(text, "amount")
