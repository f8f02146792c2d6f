"""The link chart and the links panel as pages: the same content without JavaScript, and nothing that is hidden."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opencen.accounts.models import User
from opencen.log.models import Entry
from opencen.log.sealer import seal_all
from opencen.records.derived import catch_up
from opencen.records.links.graph.store import GRAPH
from opencen.records.links.models import Judgement, Link
from opencen.records.models import Record
from tests import make
from tests.bench.counting import count_asked
from tests.records.links.conftest import forget_graph
from tests.records.links.stating import PHONE, person, state

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_graph() -> object:
    """Remove the graph around a test."""
    forget_graph()
    yield
    forget_graph()


def browser(role: str = "officer", at: str = "RDS") -> tuple[Client, object]:
    """Sign somebody in."""
    actor = make.actor(role, at)
    client = Client()
    client.force_login(User.objects.get(pk=actor.id), "django.contrib.auth.backends.ModelBackend")
    return client, actor


def post(client: Client, path: str, **body: object) -> object:
    """Call the API as a page does."""
    return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def test_the_chart_holds_a_table_of_all_that_it_draws() -> None:
    client, officer = browser()
    first = state(officer, persons=[person("Sami", PHONE)])
    state(officer, persons=[person("Rached", "0021620555014")])
    page = client.get("/chart", {"record": str(first)})
    text = page.content.decode()
    for word in ("Sami", "Rached", PHONE, "same phone", "Suspected"):
        assert word in text
    assert "style=" not in re.sub(r"<style.*?</style>", "", text)
    assert len(re.findall(r"<tbody.*?</tbody>", text, re.S)[0].split("<tr>")) - 1 == 5


def test_a_chart_of_a_foreign_record_is_not_there() -> None:
    client, _ = browser()
    foreign = state(make.actor("officer", "SFA"), office="SFA")
    assert client.get("/chart", {"record": str(foreign)}).status_code == 404
    assert client.get("/chart", {"record": "no-id"}).status_code == 404
    assert client.get("/chart").status_code == 200


def test_the_panel_links_by_reference_and_takes_it_back() -> None:
    client, officer = browser()
    first, second = state(officer), state(officer)
    form = {"other": Record.objects.get(pk=second).reference, "role": "same_method", "note": "seen together"}
    answer = client.post(f"/records/{first}/links/add", form)
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{first}#links")
    page = client.get(f"/records/{second}/links").content.decode()
    assert "seen together" in page
    link = Link.objects.get()
    client.post(f"/records/{first}/links/judge", {"link": str(link.id), "verdict": "undo"})
    assert "seen together" not in client.get(f"/records/{second}/links").content.decode()
    assert list(Judgement.objects.values_list("verdict", flat=True)) == ["accept", "undo"]


def test_a_foreign_reference_is_unknown_like_one_that_never_was() -> None:
    client, officer = browser()
    own = state(officer)
    foreign = Record.objects.get(pk=state(make.actor("officer", "SFA"), office="SFA")).reference
    told = [
        client.post(f"/records/{own}/links/add", {"other": other, "role": "connected"}).content.decode()
        for other in (foreign, "XX-SFA-2026-999999")
    ]
    plain = [re.sub(r"\b\w{64}\b", "", text) for text in told]
    assert plain[0].replace(str(foreign), "") == plain[1].replace("XX-SFA-2026-999999", "")


def test_a_suggestion_is_answered_on_the_panel() -> None:
    client, officer = browser()
    first, second = state(officer, persons=[person("Sami", PHONE)]), state(officer, persons=[person("Rached", PHONE)])
    assert "same phone" in client.get(f"/records/{first}/links").content.decode()
    client.post(f"/records/{first}/links/judge", {"other": str(second), "kind": "phone", "verdict": "no"})
    assert "same phone" not in client.get(f"/records/{first}/links").content.decode()
    assert "same phone" not in client.get("/chart", {"record": str(second)}).content.decode()


def test_the_panel_asks_the_database_as_often_for_ten_links_as_for_two() -> None:
    client, officer = browser()
    first = state(officer, persons=[person("Sami", PHONE)])

    def ask(count: int) -> int:
        for number in range(count):
            other = state(officer, persons=[person(f"P{number}", PHONE)])
            post(client, "/links", first=str(first), second=str(other), role="connected")
        seal_all()
        catch_up(GRAPH)
        client.get(f"/records/{first}/links", HTTP_HX_REQUEST="true")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/records/{first}/links", HTTP_HX_REQUEST="true")
        return count_asked(captured)

    few = ask(2)
    assert ask(8) == few <= 14


@pytest.mark.parametrize(("headers", "most"), [({}, 14), ({"HTTP_HX_REQUEST": "true"}, 13)])
def test_the_panel_with_all_that_it_may_hold_stays_within_its_number_of_questions(headers, most) -> None:
    client, officer = browser("validator")
    watched = make.submit_subject(make.actor()).record_id
    for number in range(3):
        other = state(officer, persons=[{**person(f"P{number}", PHONE), "suspect": str(watched)}])
        said = post(client, "/links", first=str(watched), second=str(other), role="involved")
        judged = {"verdict": "unsure"}
        post(client, f"/links/{said.json()['id']}/judgements", **judged)
    state(officer, persons=[person("Somebody else", "+216 71 555 018")])
    seal_all()
    catch_up(GRAPH)
    page = client.get(f"/records/{watched}/links", **headers).content.decode()
    assert "same phone" in page
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/records/{watched}/links", **headers)
    assert count_asked(captured) <= most


def test_an_exported_chart_holds_what_its_reader_sees_and_stands_in_the_log() -> None:
    client, officer = browser()
    first = state(officer, persons=[person("Sami & <sons>", PHONE)])
    foreign = state(make.actor("officer", "SFA"), office="SFA", persons=[person("Hidden", PHONE)])
    nodes = [node["id"] for node in client.get(f"/api/v1/graph/{first}").json()["nodes"]]
    answer = post(client, "/graph/exports", format="graphml", nodes=[*nodes, str(foreign)])
    tree = ElementTree.fromstring(answer.content)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(tree.findall(f".//{space}node")) == len(nodes) == 3
    texts = [data.text for data in tree.iter(f"{space}data")]
    assert "Sami & <sons>" in texts
    assert "Hidden" not in texts
    entry = Entry.objects.filter(act="chart.exported").get()
    assert json.loads(entry.data) == {"format": "graphml", "nodes": 3}
    assert post(client, "/graph/exports", format="png", nodes=nodes).status_code == 204
    assert post(client, "/graph/exports", format="exe", nodes=nodes).status_code == 422
    assert Entry.objects.filter(act="chart.exported").count() == 2


def test_paths_come_with_their_nodes() -> None:
    client, officer = browser()
    first, second = state(officer, persons=[person("Sami", PHONE)]), state(officer, persons=[person("Rached", PHONE)])
    found = post(client, "/graph/paths", first=str(first), second=str(second)).json()
    titles = {node["id"]: node["title"] for node in found["chart"]["nodes"]}
    assert [titles[key] for key in found["paths"][0]][1:4] == ["Sami", PHONE, "Rached"]


def test_a_record_on_the_chart_says_until_when_it_is_kept_as_data_and_in_words() -> None:
    client, officer = browser()
    kept = make.submit_subject(officer, "suspect", expires_on="2031-11-18")
    nodes = client.get(f"/api/v1/graph/{kept.record_id}").json()["nodes"]
    head = next(node for node in nodes if node["kind"] == "record:suspect")
    assert (head["kept_until"], head["kept_until_label"]) == ("2031-11-18", "18 Nov 2031")


def test_a_chart_is_saved_opened_and_removed() -> None:
    client, officer = browser()
    first = state(officer, persons=[person("Sami", PHONE)])
    nodes = [{"id": str(first), "x": 12.5, "y": -3, "is_pinned": True}]
    key = post(client, "/charts", name="Blue Reef", audience="private", nodes=nodes).json()["id"]
    assert "Blue Reef" in client.get("/chart").content.decode()
    assert client.get(f"/api/v1/charts/{key}").json()["placed"][0]["x"] == 12.5
    assert "Blue Reef" in client.get("/chart", {"chart": key}).content.decode()
    other, _ = browser("officer", "SFA")
    assert other.get("/chart", {"chart": key}).status_code == 404
    assert client.post(f"/chart/{key}/remove").status_code == 302
    assert "Blue Reef" not in client.get("/chart").content.decode()
