"""Custody and the legal follow-up over the API: a program keeps a store and follows a court as a person does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from jsonschema import Draft202012Validator

from opencen.accounts.models import User
from opencen.seizures.custody.kinds import KINDS
from opencen.seizures.custody.labels import write_label
from tests import make
from tests.records.test_media import photo

pytestmark = pytest.mark.django_db
EXHIBITS, PROCEEDINGS = "/api/v1/custody/exhibits", "/api/v1/legal/proceedings"


def sign_in(role: str, at: str = "RDS") -> Client:
    client = Client()
    user = User.objects.get(pk=make.actor(role, at, covers=at).id)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def case() -> UUID:
    make.country()
    people = [{"id": "p1", "role": "driver", "standing": "charged", "name": "Hassan Bey"}]
    return make.submit_case(make.actor("officer"), persons=people).record_id


@pytest.fixture
def keeper(case: UUID) -> Client:
    return sign_in("validator")


def send(client: Client, address: str, body: dict[str, Any], status: int = 200) -> Any:
    answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def take(keeper: Client, case: UUID) -> dict[str, Any]:
    answers = {"amount": "86.42", "unit": "kg", "seal": "TN 1", "place": "Store 1"}
    found: dict[str, Any] = send(keeper, EXHIBITS, {"case": str(case), "line": "l1", "answers": answers})
    return found


def test_an_exhibit_goes_its_way_from_the_store_to_the_laboratory_and_its_end(keeper: Client, case: UUID) -> None:
    exhibit = take(keeper, case)
    acts = f"{EXHIBITS}/{exhibit['id']}/acts"
    sample = send(keeper, acts, {"kind": "sampled", "answers": {"amount": 60, "unit": "g"}})
    assert (sample["number"], sample["present"], sample["unit"], sample["parent"]) == ("1.1", "60", "g", exhibit["id"])
    handed = {"to": "laboratory", "organisation": "NL", "receiver": "Dr Toumi", "concerns": ["p1"]}
    assert (
        send(keeper, f"{EXHIBITS}/{sample['id']}/acts", {"kind": "handed_over", "answers": handed})["status"] == "out"
    )
    weighed = send(keeper, acts, {"kind": "weighed", "answers": {"amount": "85"}})
    assert [found["code"] for found in weighed["findings"]] == ["custody.weight_differs"]
    wrong = next(act for act in weighed["acts"] if act["kind"] == "weighed")
    right = {"kind": "weighed", "answers": {"amount": "86.36"}, "corrects": wrong["id"]}
    assert send(keeper, acts, right)["findings"] == []
    people = [
        {"name": "Amel", "capacity": "officer", "signed": True},
        {"name": "Hédi", "capacity": "witness", "signed": True},
    ]
    disposed = {"amount": "86.36", "method": "destroyed", "is_last": True, "people": people}
    ended = send(keeper, acts, {"kind": "disposed", "answers": disposed})
    assert (ended["status"], ended["disposed"], ended["samples_taken"], ended["problems"]) == (
        "ended",
        "86.36",
        "0.06",
        0,
    )
    whole = keeper.get(f"/api/v1/custody/cases/{case}").json()
    assert [row["number"] for row in whole["items"]] == ["1", "1.1"]
    assert whole["findings"] == []


def test_an_exhibit_is_found_by_its_label_and_by_where_it_is(keeper: Client, case: UUID) -> None:
    exhibit = take(keeper, case)
    for label in (exhibit["label"], write_label(exhibit["label"].replace("-", "")).lower()):
        assert [row["id"] for row in keeper.get(f"{EXHIBITS}?label={label}").json()["items"]] == [exhibit["id"]]
    assert keeper.get(f"{EXHIBITS}?label=XNOTHING").json()["items"] == []
    held = keeper.get(f"{EXHIBITS}?show=held").json()
    assert (held["total"], held["counts"]["out"]) == (1, 0)
    assert sign_in("validator", "SFA").get(f"{EXHIBITS}?label={exhibit['label']}").json()["items"] == []
    pdf = keeper.get(f"/api/v1/custody/cases/{case}/labels?sheet=roll_62x29")
    assert pdf.content.startswith(b"%PDF-")


def test_what_cannot_be_is_refused_with_the_field_and_nothing_is_stored(keeper: Client, case: UUID) -> None:
    exhibit = take(keeper, case)
    acts = f"{EXHIBITS}/{exhibit['id']}/acts"
    problem = send(keeper, acts, {"kind": "weighed", "answers": {"amount": "heavy"}}, 422)
    assert (problem["code"], problem["path"]) == ("act.not_a_number", "amount")
    send(keeper, acts, {"kind": "came_back", "answers": {"place": "S"}}, 409)
    send(keeper, acts, {"kind": "flown", "answers": {}}, 404)
    for odd in (
        {"people": "x"},
        {"people": [1]},
        {"concerns": {"a": 1}},
        {"seal_found": ["x"]},
        {"amount": {}},
        {"amount": 1e400},
    ):
        answers = {"amount": "86.42", **odd}
        body = {"kind": "weighed", "answers": answers}
        assert keeper.post(acts, body, content_type="application/json").status_code in (400, 422), odd
    assert len(keeper.get(f"{EXHIBITS}/{exhibit['id']}").json()["acts"]) == 1


def test_the_published_schema_takes_what_the_service_takes(keeper: Client, case: UUID) -> None:
    schema = keeper.get("/api/v1/custody/schema").json()
    Draft202012Validator.check_schema(schema)
    assert {one["properties"]["kind"]["const"] for one in schema["oneOf"]} == set(KINDS)
    reader = Draft202012Validator(schema)
    assert reader.is_valid({"kind": "weighed", "answers": {"amount": "86.4", "unit": "kg"}})
    assert not reader.is_valid({"kind": "weighed", "answers": {"colour": "red"}})


def test_a_proceeding_is_followed_to_its_end_with_its_paper(case: UUID) -> None:
    legal = sign_in("legal")
    scan = legal.post(
        "/api/v1/media", {"file": SimpleUploadedFile("a.jpg", photo(size=(64, 64)), "image/jpeg")}
    ).json()["sha256"]
    opened = {"stage": "first_instance", "court": "Tribunal", "paper": scan}
    row = send(legal, PROCEEDINGS, {"case": str(case), "item": "p1", "answers": opened})
    assert (row["stage"], row["party"]) == ("first_instance", "Hassan Bey")
    acts = f"{PROCEEDINGS}/{row['id']}/acts"
    due = send(legal, acts, {"kind": "deadline", "answers": {"what": "Answer", "until": "2020-01-01"}})
    assert (due["is_overdue"], due["deadlines"][0]["what"]) == (True, "Answer")
    assert legal.get(PROCEEDINGS).json()["total"] == 1
    send(legal, acts, {"kind": "met", "answers": {"deadline": due["deadlines"][0]["act"]}})
    decided = send(legal, acts, {"kind": "decision", "answers": {"outcome": "acquitted", "decided_on": "2026-10-01"}})
    assert (decided["stage"], decided["standing"], decided["deadlines"]) == ("closed", "cleared", [])
    paper = next(act["id"] for act in decided["acts"] if act["kind"] == "opened")
    assert legal.get(f"/api/v1/legal/papers/{paper}").headers["Content-Type"] == "image/jpeg"
    assert len(legal.get(f"/api/v1/legal/cases/{case}").json()) == 1
