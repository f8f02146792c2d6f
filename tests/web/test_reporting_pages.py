"""The pages of reports: what is missing is shown with the way to the cases, and the file is what was shown."""

from __future__ import annotations

import pytest
from django.test import Client

from opencen.accounts.models import User
from tests import make
from tests.formats.reporting import full_case, validated

pytestmark = pytest.mark.django_db
PERIOD = "from=2026-01-01&to=2026-12-31"


@pytest.fixture
def contact():
    """Sign a National Contact Point in, beside a full case and one that says little."""
    officer = make.actor("officer")
    validated(officer, full_case())
    validated(officer, make.case_document(detected_at="2026-05"))
    client = Client()
    client.force_login(User.objects.get(pk=make.actor("national_contact_point").id))
    return client


def test_the_preview_names_what_is_missing_and_links_to_the_case(contact):
    page = contact.get(f"/reports/unodc_ids?{PERIOD}").content.decode()
    assert "1 row without" in page
    assert "no exact day" in page
    assert "-RDS-2026-000002" in page
    assert page.count('lang="en">Sub-region') == 2


def test_the_preview_says_which_columns_the_legal_follow_up_fills(contact):
    page = contact.get(f"/reports/philippine_weekly?{PERIOD}").content.decode()
    assert "no field of the case holds it" not in page
    assert page.count("Legal follow-up") >= 6
    assert "1 row names somebody: stays here" in page
    assert "Transit Carthage" not in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=yesterday", "yesterday"),
        ("from=2026-05-01&to=2026-04-01", "The last day is before the first"),
        ("section=nowhere", "nowhere"),
    ],
)
def test_a_period_that_cannot_be_read_is_said_on_the_page(query, said, contact):
    answer = contact.get(f"/reports/etis?{query}")
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_the_file_holds_what_the_page_showed(contact):
    answer = contact.get(f"/reports/unodc_ids.csv?{PERIOD}")
    assert answer["Content-Disposition"].startswith('attachment; filename="unodc_ids-2026-01-01-2026-12-31')
    assert b"".join(answer.streaming_content).decode().count("\r\n") == 3


def test_the_list_names_every_report(contact):
    page = contact.get("/reports").content.decode()
    for name in ("unodc_ids", "cites_illegal_trade", "etis", "philippine_weekly"):
        assert f'href="/reports/{name}"' in page
