"""The page of one check: who may see it, and that reading it is logged."""

from __future__ import annotations

import pytest
from django.test import Client

from opencen.accounts.queries import actor_of
from opencen.log.models import Entry
from tests import make

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


def browser(role: str, at: str) -> Client:
    client = Client()
    client.force_login(make.user(role, at), BACKEND)
    return client


def test_a_check_is_shown_to_its_office_and_to_nobody_else() -> None:
    user = make.user("officer", "RDS")
    receipt = make.submit_control(actor_of(user), container="OCLU3026189")
    own = Client()
    own.force_login(user, BACKEND)
    answer = own.get(f"/controls/{receipt.record_id}")
    assert answer.status_code == 200
    assert "Container checked: nothing found" in answer.content.decode()
    assert "OCLU3026189" in answer.content.decode()
    assert Entry.objects.filter(act="record.nominal_read", subject_id=str(receipt.record_id)).count() == 1
    assert browser("officer", "SFA").get(f"/controls/{receipt.record_id}").status_code == 404
    assert Client().get(f"/controls/{receipt.record_id}").status_code == 302


def test_every_check_of_the_list_leads_to_its_page() -> None:
    user = make.user("officer", "RDS")
    receipt = make.submit_control(actor_of(user))
    own = Client()
    own.force_login(user, BACKEND)
    assert f'href="/controls/{receipt.record_id}"' in own.get("/controls").content.decode()
