"""The pages of suspects, companies and conveyances: complete, few queries, and nothing for who may not see."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opencen.accounts.models import User
from opencen.kernel.actor import Actor
from opencen.seizures.promoting import promote_part
from opencen.web.context import rail_of
from tests import make

pytestmark = pytest.mark.django_db
KINDS = {"suspect": "suspects", "company": "companies", "conveyance": "conveyances"}


def signed_in(actor: Actor) -> Client:
    """Sign an actor's user in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.id), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(("kind", "place"), KINDS.items())
def test_a_record_has_a_list_and_a_page_with_few_queries(kind, place):
    officer = make.actor("validator", "RDS", covers="RDS")
    receipts = [make.submit_subject(officer, kind, documents=None) if kind == "suspect" else
                make.submit_subject(officer, kind) for _ in range(5)]  # fmt: skip
    client = signed_in(officer)
    client.get(f"/{place}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        listed = client.get(f"/{place}?q=e")
        listed = client.get(f"/{place}")
    assert len(queries) <= 30, [query["sql"][:120] for query in queries]
    assert receipts[0].reference in listed.content.decode()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/{place}/{receipts[0].record_id}")
    assert page.status_code == 200
    reading = [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", 'INSERT INTO "log'))]
    assert len(reading) <= 15, [sql[:140] for sql in reading]
    assert "Customs law" in page.content.decode()


def test_a_company_shows_its_cases_checks_and_who_stands_behind_it():
    officer = make.actor("officer", "RDS")
    manager = make.submit_subject(officer)
    person = {"id": "h1", "role": "manager", "record": str(manager.record_id), "share": "60", "since": "2024-02-03"}
    clean = [{"id": "c1", "since": "2024-06", "declarations": 1318, "checks": 200, "found": 3}]
    case = make.submit_case(officer)
    company = promote_part(officer, case_id=case.record_id, item="s1.consignee")
    document = make.company_document(people=[person], clean=clean)
    make.amend_case(officer, company.record_id, 1, document, type="company")
    make.submit_control(officer, consignee="SAHEL Fruits Import SARL", at="2026-05-03")
    text = signed_in(officer).get(f"/companies/{company.record_id}").content.decode()
    assert f"/suspects/{manager.record_id}" in text
    assert case.reference in text
    assert "1,318" in text
    assert "201" in text
    assert "1.5" in text, "found per check"


def test_whoever_may_not_see_a_record_gets_what_is_not_there():
    receipt = make.submit_subject(make.actor("officer", "RDS"))
    stranger = signed_in(make.actor("officer", "SFA"))
    for path in ("", "/compare?before=1&after=1"):
        assert stranger.get(f"/suspects/{receipt.record_id}{path}").status_code == 404
    for name in ("validate", "return", "cancel", "erase"):
        answer = stranger.post(f"/suspects/{receipt.record_id}/acts/{name}", {"revision": "1", "reason": "x"})
        assert answer.status_code in (403, 404)


def test_a_record_is_validated_returned_and_compared_on_its_page():
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "DTN")
    receipt = make.submit_subject(officer)
    address = f"/suspects/{receipt.record_id}"
    client = signed_in(validator)
    assert "acts/validate" in client.get(address).content.decode()
    client.post(f"{address}/acts/return", {"revision": "1", "reason": "Which passport?"})
    assert "Which passport?" in signed_in(officer).get(address).content.decode()
    make.amend_case(officer, receipt.record_id, 1, make.suspect_document(occupation="Driver"), type="suspect")
    assert client.post(f"{address}/acts/validate", {"revision": "2"}).status_code == 302
    compared = client.get(f"{address}/compare?before=1&after=2").content.decode()
    assert "Driver" in compared
    assert client.get(f"{address}/compare?before=1&after=x").status_code == 422


def test_a_list_leaves_as_every_file_for_who_may_export():
    validator = make.actor("validator", "RDS", covers="RDS")
    make.submit_subject(validator)
    client = signed_in(validator)
    for name in ("xlsx", "csv", "json", "parquet"):
        answer = client.get(f"/suspects/export?what=list&format={name}")
        assert answer.status_code == 200, name
    assert b"Ouerdani" in b"".join(client.get("/suspects/export?what=list&format=csv").streaming_content)
    assert b"T4471180" in b"".join(client.get("/suspects/export?format=jsonl").streaming_content)
    assert signed_in(make.actor("officer", "RDS")).get("/suspects/export?format=jsonl").status_code == 403


def test_home_shows_what_one_recorded_last_of_any_database():
    officer = make.actor()
    client = signed_in(officer)
    assert "You have recorded nothing yet." in client.get("/").content.decode()
    person, company = make.submit_subject(officer), make.submit_subject(officer, "company")
    page = client.get("/").content.decode()
    assert "You have recorded nothing yet." not in page
    for kind, receipt in (("suspects", person), ("companies", company)):
        assert f'href="/{kind}/{receipt.record_id}"' in page
        assert receipt.reference in page


def test_the_rail_leads_to_legal_only_who_may_read_it_too():
    may_both = replace(make.actor("legal", "HQ"), permissions=frozenset({"legal:read", "legal:record"}))
    may_record = replace(may_both, permissions=frozenset({"legal:record"}))
    assert "legal" in {place["key"] for place in rail_of(may_both)}
    assert "legal" not in {place["key"] for place in rail_of(may_record)}
