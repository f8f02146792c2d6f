"""Pages of administration, exchange and contradictions: what is done there holds, and what is wrong is said there."""

from __future__ import annotations

import re
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opencen.accounts.models import Grant, Office, User
from opencen.accounts.queries import actor_of
from opencen.exchange.models import Incoming, Outgoing, Partner
from opencen.kernel.keys import NodeKeys
from opencen.records.effective import effective_schema
from opencen.records.models import MergeTask, Record
from opencen.web.templatetags import formatting
from tests import make
from tests.architecture.entrances import make_packets, make_partner

pytestmark = pytest.mark.django_db
HOME = "/administration"


def browser(role: str, at: str = "HQ") -> Client:
    user = make.user(role, at, covers=at)
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_user_is_added_with_a_password_shown_once_and_given_a_role() -> None:
    client, office = browser("administrator"), make.country()["RDS"]
    form = {"act": "add", "name": "Amel Ghariani", "username": "amel.ghariani", "office": office.id, "language": "fr"}
    answer = client.post(f"{HOME}/users", form)
    password = re.search(r'identifier">([a-z0-9-]{19})<', answer.content.decode())
    user = User.objects.get(username="amel.ghariani")
    assert password
    assert user.check_password(password[1])
    assert user.must_change_password
    assert password[1] not in client.get(f"{HOME}/users").content.decode()
    client.post(f"{HOME}/users/{user.id}", {"act": "grant", "role": "officer", "office": office.id})
    assert "case:record" in actor_of(user).permissions
    grant = Grant.objects.get(user=user)
    client.post(f"{HOME}/users/{user.id}", {"act": "end", "grant": grant.id})
    assert actor_of(user).permissions == {"account:own"}


@pytest.mark.parametrize(
    ("page", "form", "text"),
    [
        ("users", {"act": "add", "name": "A", "username": "B C", "office": "-"}, "shape"),
        ("offices", {"act": "add", "name": "A", "code": "no!"}, "is no office code"),
        (
            "fields",
            {"act": "add", "place": "case:", "name": "Bad Name", "kind": "text", "label_en": "x"},
            "is no field name",
        ),
        ("codelists/direction", {"act": "add", "code": "bad", "maps_to": "import", "label_en": "x"}, "national code"),
        ("partners", {"act": "add", "card": "[]"}, "no card"),
        ("codelists", {"act": "load"}, "missing"),
    ],
)
def test_what_cannot_be_is_said_on_the_page(page: str, form: dict[str, Any], text: str) -> None:
    answer = browser("administrator").post(f"{HOME}/{page}", form)
    assert answer.status_code == 422
    assert text in answer.content.decode()


def test_an_office_is_added_below_another_and_stands_in_the_tree() -> None:
    client, parent = browser("administrator"), make.country()["DSF"]
    client.post(f"{HOME}/offices", {"act": "add", "name": "Gabès port", "code": "GAB", "parent": parent.id})
    assert Office.objects.get(code="GAB").path == f"{parent.path}/GAB"
    assert "Gabès port" in client.get(f"{HOME}/offices").content.decode()


def test_a_national_field_is_added_and_retired() -> None:
    client = browser("administrator")
    form = {"act": "add", "place": "case:lines", "name": "stamp", "kind": "text", "label_en": "Tax stamp"}
    client.post(f"{HOME}/fields", form)
    assert [info.path for info in effective_schema("case").national] == ["lines.national.stamp"]
    client.post(f"{HOME}/fields", {"act": "retire", "place": "case:lines", "name": "stamp"})
    assert [info.is_retired for info in effective_schema("case").national] == [True]


def test_a_file_that_is_no_official_list_is_refused_on_the_page() -> None:
    file = SimpleUploadedFile("list.csv", b"a,b\n1,2\n", "text/csv")
    answer = browser("administrator").post(f"{HOME}/codelists", {"act": "load", "file": file})
    assert answer.status_code == 422


def test_a_partner_is_added_from_its_card_and_its_exchange_ended() -> None:
    keys, client = NodeKeys.generate(), browser("administrator")
    card = {"opencen_node": 1, "id": "LY", "name": "Libya", "kind": "national", "country": "LY", "url": ""}
    card |= {"keys": keys.as_jwks(), "fingerprint": keys.fingerprint}
    client.post(f"{HOME}/partners", {"act": "add", "card": orjson.dumps(card).decode()})
    assert keys.fingerprint in client.get(f"{HOME}/partners").content.decode()
    client.post(f"{HOME}/partners", {"act": "end", "node": "LY"})
    assert not Partner.objects.get(node="LY").is_active


def test_the_auditor_verifies_the_log_and_sees_no_settings() -> None:
    client = browser("auditor")
    assert "The log is" in client.post(f"{HOME}/audit", {"act": "verify"}).content.decode()
    assert client.get(f"{HOME}/users").status_code == 403
    assert f"{HOME}/users" not in client.get(HOME).content.decode()


def test_a_failed_packet_is_shown_and_tried_again() -> None:
    receipt = make.submit_case(make.actor("officer", "RDS"))
    packet = make_packets(make_partner(), receipt.record_id)
    Outgoing.objects.filter(pk=packet).update(state="failed")
    client = browser("national_contact_point")
    page = client.get("/exchange").content.decode()
    assert "1 packet needs a person" in page
    assert str(receipt.reference) in page
    client.post(f"/exchange/outbox/{packet}/retry")
    assert Outgoing.objects.get(pk=packet).state == "queued"
    assert Incoming.objects.count() == 1


def test_a_contradiction_is_shown_with_both_values_and_settled_by_a_choice() -> None:
    user = make.user("officer", "RDS")
    officer = actor_of(user)
    receipt = make.submit_case(officer)
    make.amend_case(officer, receipt.record_id, 1, make.case_document(unit="Team A"))
    make.submit(officer, make.submission(make.case_document(unit="Team B"), id=receipt.record_id, base_revision=1))
    task = MergeTask.objects.get()
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), "django.contrib.auth.backends.ModelBackend")
    assert str(receipt.reference) in client.get("/merges").content.decode()
    page = client.get(f"/merges/{task.id}").content.decode()
    assert "Team A" in page
    assert "Team B" in page
    assert client.post(f"/merges/{task.id}", {"path": "unit", "revision": "2"}).status_code == 422
    answer = client.post(f"/merges/{task.id}", {"path": "unit", "choice.0": "later", "revision": "2"})
    assert answer.headers["Location"] == "/merges"
    assert Record.objects.get(pk=receipt.record_id).revision == 3
    assert client.get(f"/merges/{task.id}").status_code == 404


def test_every_page_of_administration_marks_its_own_tab() -> None:
    client = browser("administrator")
    tabs = re.findall(r'<a href="(/administration[^"]*)"', _tabs(client, HOME))
    assert len(tabs) > 8
    for url in tabs:
        marked = re.findall(r'<a href="([^"]+)" aria-current="page"', _tabs(client, url))
        assert marked == [url]


def _tabs(client: Client, url: str) -> str:
    return client.get(url).content.decode().partition('<nav class="tabs"')[2].partition("</nav>")[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["language", "time_zone"], "language, time_zone"),
        ({"on": True, "of": [1, None]}, "on: ✓, of: 1, –"),
        ("<b>", "<b>"),
        (0, "0"),
        ([], ""),
    ],
)
def test_the_log_is_read_without_marks_of_a_programming_language(value: Any, text: str) -> None:
    assert formatting.data(value) == text
