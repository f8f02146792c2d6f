"""Linking by name on pages: what is unknown is said at its field, what was typed stays; a chart is read, renamed, kept."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from opencen.accounts.models import User
from opencen.kernel.actor import Actor
from opencen.log.models import Entry
from opencen.records.links import charts
from opencen.records.links.models import Chart, Link
from opencen.records.links.services import NewLink, make_link
from tests import make
from tests.records.links.conftest import forget_graph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_graph() -> object:
    """Remove the graph around a test."""
    forget_graph()
    yield
    forget_graph()


def signed_in(actor: Actor) -> Client:
    """Sign an actor's user in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.id), "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"other": "S-TN-NOBODY"}, "other"),
        ({"other": ""}, "other"),
        ({"source": "26-TN-NOTHING"}, "source"),
        ({"role": ""}, "role"),
        ({"since": "yesterday"}, "when"),
        ({"since": "2026", "until": "2025"}, "when"),
    ],
)
def test_what_stands_against_a_link_is_said_at_its_field(changes: dict[str, str], wrong: str) -> None:
    officer = make.actor()
    case, person = make.submit_case(officer), make.submit_subject(officer)
    form = {"other": str(person.reference), "role": "involves", "note": "Seen on the pier", **changes}
    answer = signed_in(officer).post(f"/records/{case.record_id}/links/add", form)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f'id="link-{wrong}-error"' in text
    assert re.search(rf'aria-describedby="link-{wrong}-error"', text)
    assert "Seen on the pier" in text
    assert not Link.objects.exists()


def test_a_record_that_one_may_not_see_is_as_unknown_as_one_that_is_not_there() -> None:
    officer = make.actor()
    case = make.submit_case(officer)
    hidden = make.submit_subject(make.actor("officer", "SFA"), office="SFA")
    client = signed_in(officer)
    texts = []
    for wanted in (str(hidden.reference), "S-XX-SFA-2026-99999999"[: len(str(hidden.reference))]):
        page = client.post(
            f"/records/{case.record_id}/links/add", {"other": wanted, "role": "involves"}
        ).content.decode()
        texts.append(re.sub(r'(value="[A-Za-z0-9]{64}"|"X-CSRFToken": "[^"]*")', "", page).replace(wanted, "X"))
    assert texts[0] == texts[1]


def test_an_unknown_reference_in_a_case_is_said_at_the_field_of_that_person() -> None:
    officer = make.actor()
    case = make.submit_case(officer, persons=[{"id": "p1", "role": "courier", "name": "Sami"}])
    client = signed_in(officer)
    form = {"item": "p1", "kind": "suspect", "reference": "S-NOBODY"}
    answer = client.post(f"/cases/{case.record_id}/promote", form)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'id="link-error-p1"' in text
    assert 'value="S-NOBODY"' in text
    assert 'data-kinds="suspect"' in text
    person = make.submit_subject(officer)
    done = client.post(f"/cases/{case.record_id}/promote", {**form, "reference": str(person.record_id)})
    assert done.status_code == 302
    assert f"/suspects/{person.record_id}" in client.get(f"/cases/{case.record_id}").content.decode()


def test_a_case_shows_whom_an_officer_linked_to_it() -> None:
    officer = make.actor()
    case, person = make.submit_case(officer), make.submit_subject(officer)
    make_link(officer, first_id=person.record_id, second_id=case.record_id, said=NewLink("involved"))
    text = signed_in(officer).get(f"/cases/{case.record_id}").content.decode()
    people = text[text.index('id="people"') :]
    assert f'href="/suspects/{person.record_id}"' in people
    assert "Involved in" in people
    assert "linked by an officer" in people


def test_a_saved_chart_is_renamed_by_its_owner_and_never_onto_another() -> None:
    officer = make.actor()
    first = charts.save_chart(officer, name="Reef", nodes=[], audience="all")
    charts.save_chart(officer, name="Pier", nodes=[])
    client = signed_in(officer)
    assert client.post(f"/chart/{first.id}/rename", {"name": " Reef and pier "}).status_code == 302
    assert Chart.objects.get(pk=first.id).name == "Reef and pier"
    assert client.post(f"/chart/{first.id}/rename", {"name": "Pier"}).status_code == 409
    assert client.post(f"/chart/{first.id}/rename", {"name": " "}).status_code == 422
    assert signed_in(make.actor()).post(f"/chart/{first.id}/rename", {"name": "Mine"}).status_code == 404
    assert Chart.objects.get(pk=first.id).name == "Reef and pier"
    assert Entry.objects.filter(act="chart.renamed").count() == 1


def test_reading_a_chart_is_a_reading_of_the_record_it_stands_around() -> None:
    officer = make.actor()
    person = make.submit_subject(officer)
    client = signed_in(officer)

    def read() -> int:
        return Entry.objects.filter(act="record.nominal_read", subject_id=str(person.record_id)).count()

    assert client.get("/chart", {"record": str(person.record_id)}).status_code == 200
    assert read() == 1
    client.post("/api/v1/graph", {"nodes": [str(person.record_id)]}, content_type="application/json")
    assert read() == 1
    body = {"nodes": [str(person.record_id)], "expand": str(person.record_id)}
    client.post("/api/v1/graph", body, content_type="application/json")
    assert read() == 2
    saved = charts.save_chart(officer, name="Reef", nodes=[charts.Placed(str(person.record_id))])
    client.get("/chart", {"chart": str(saved.id)})
    assert Entry.objects.filter(act="chart.read", subject_id=str(saved.id)).count() == 1
    assert signed_in(make.actor("officer", "SFA")).get("/chart", {"record": str(person.record_id)}).status_code == 404
    assert read() == 2
