"""Lists are sorted by their heads, on the server; times and months are written in the product's own words."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import translation

from opencen.accounts.models import Grant, Office, User
from opencen.kernel.clock import now
from opencen.records.derived import rebuild
from opencen.records.search.store import SEARCH
from opencen.web.pages.dashboard.words import month_name
from opencen.web.templatetags.formatting import waited
from tests import make
from tests.records.search.conftest import forget_store

HEAD = re.compile(r'<th scope="col"[^>]*>\s*<a class="sort" href="([^"]*)">([^<]*)')


@pytest.mark.django_db
def test_a_head_sorts_the_list_upwards_then_downwards_and_says_so() -> None:
    forget_store()
    make.country()
    officer = make.actor("officer", "RDS")
    for day in ("2026-03-01", "2026-01-01", "2026-02-01"):
        make.taken(make.submit_case(officer, detected_at=day))
    rebuild(SEARCH)
    user = User.objects.create(username="reader", name="Reader", office=Office.objects.get(code="RDS"))
    Grant.objects.create(user=user, role="officer", office=Office.objects.get(code="RDS"))
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")

    def months(address: str) -> list[str]:
        return re.findall(r"(Jan|Feb|Mar) 2026", client.get(address).content.decode().partition("<tbody>")[2])

    page = client.get("/cases?state=submitted").content.decode()
    links = {label: href.replace("&amp;", "&") for href, label in HEAD.findall(page)}
    assert links["Record"] == "?state=submitted&sort=reference"
    found_on = next(href for href in links.values() if "sort=oldest" in href)
    assert months(f"/cases{found_on}") == ["Jan", "Feb", "Mar"]
    sorted_page = client.get(f"/cases{found_on}").content.decode()
    assert sorted_page.count('aria-sort="ascending"') == 1
    back = next(href for href, _ in HEAD.findall(sorted_page) if "sort=newest" in href)
    assert months(f"/cases{back.replace('&amp;', '&')}") == ["Mar", "Feb", "Jan"]
    references = re.findall(
        r"RDS-2026-\d+", client.get("/cases?sort=reference_last").content.decode().partition("<tbody>")[2]
    )
    assert references == sorted(references, reverse=True)
    forget_store()


@pytest.mark.parametrize(
    ("ago", "language", "written"),
    [
        (timedelta(days=5, hours=2, minutes=9), "en", "5d 2h"),
        (timedelta(days=5), "en", "5d"),
        (timedelta(hours=3, minutes=20), "en", "3h 20m"),
        (timedelta(minutes=4), "en", "4m"),
        (timedelta(seconds=5), "en", "0m"),
        (timedelta(days=1, minutes=50), "en", "1d"),
        (timedelta(days=2, hours=4), "fr", "2j 4h"),
        (timedelta(days=2, hours=1), "pt", "2\u00a0d 1\u00a0h"),
    ],
)
def test_how_long_something_waits_is_written_in_two_units(ago: timedelta, language: str, written: str) -> None:
    with translation.override(language):
        assert waited(now() - ago) == written


def test_what_waits_is_never_written_in_another_language() -> None:
    with translation.override("ar"):
        assert not re.search("[a-z]", waited(now() - timedelta(days=2, hours=4)))
    assert waited(None) == ""


@pytest.mark.parametrize(
    ("language", "with_year", "written"),
    [("en", False, "Nov"), ("en", True, "Nov 2026"), ("ar", False, "11"), ("ar", True, "\u206811/26\u2069")],
)
def test_a_month_over_a_narrow_column_is_short_in_every_language(language: str, with_year: bool, written: str) -> None:
    with translation.override(language):
        assert month_name(date(2026, 11, 1), with_year=with_year) == written
