"""The one door out: an allow-list builds a new document, and a hold overrides every click."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Forbidden
from opencen.records.effective import effective_schema
from opencen.records.holds import set_hold
from opencen.records.paths import schema_leaves
from opencen.records.review import validate_record
from opencen.release.compiler import compile_document
from opencen.release.models import Release
from opencen.release.profile import get_profile, profiles
from opencen.release.services import Choices, preview, release_record
from tests import make

pytestmark = pytest.mark.django_db

SECRET = "Quagmire"


def fill(node, prefix: str = "") -> dict:
    """State every field of a schema, every text with a word that must not leave."""
    made: dict = {}
    for name, leaf in node.leaves.items():
        if name != "national":
            made[name] = [f"{SECRET} {name}"] if leaf.items == "set" else f"{SECRET} {prefix}{name}"
    for name, inner in node.groups.items():
        part = fill(inner, f"{prefix}{name}.")
        made[name] = [{"id": f"{SECRET}-{name}", **part}] if name in node.repeats else part
    return made


@pytest.mark.parametrize("name", sorted(profiles()))
def test_what_a_profile_does_not_list_never_leaves(name):
    profile = get_profile(name)
    tree = effective_schema(profile.type).tree
    document = fill(tree)
    document["detected_at"] = "2026-06-12T06:20+01:00"
    nominal = {path for path, leaf in schema_leaves(tree) if leaf.nominal}
    listed_nominal = nominal & set(profile.rules)
    assert profile.is_nominal or not listed_nominal
    bare = {**profile.__dict__} if hasattr(profile, "__dict__") else {}
    assert not bare or bare["name"] == name
    kept = {"lines", "persons"}
    for part in kept:
        document[part][0]["role"] = "contraband"
        document[part][0]["standing"] = "suspected"
    for line in document["lines"]:
        line["commodity"] = "drugs.cocaine.hydrochloride"
        line["concealment"]["place"] = "in_transport.container.cooling_unit"
        for stage in line["assessments"]:
            stage["substance"] = "drugs.cocaine"
    for person in document["persons"]:
        person["birth_year"] = 1980
    sent = compile_document(document, tree, profile, scope="r").document
    for path, _leaf in schema_leaves(tree):
        if path not in profile.rules:
            assert f"{SECRET} {path}" not in json.dumps(sent), path
    assert f"{SECRET}-" not in json.dumps(sent), "item ids leave as pseudonyms only"
    assert sent["lines"][0]["concealment"]["place"] == "in_transport.container"


def test_every_rule_of_a_profile_names_a_field_that_exists():
    for profile in profiles().values():
        paths = {path for path, _ in schema_leaves(effective_schema(profile.type).tree)}
        assert set(profile.rules) <= paths


def a_validated_case(**changes):
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "DTN")
    receipt = make.submit_case(officer, **changes)
    validate_record(validator, record_id=receipt.record_id, revision=1)
    return receipt


NARRATIVE = "Behind the panel 78 bricks. The driver Lotfi M. said that the call came from +216 20 555 0143."
PERSONS = [
    {
        "id": "p1",
        "role": "driver",
        "standing": "suspected",
        "name": "Lotfi Mejdoub",
        "birth_year": 1979,
        "nationality": "TN",
        "sex": "male",
    }
]


def test_the_narrative_goes_only_when_every_flag_is_decided():
    contact = make.actor("national_contact_point")
    receipt = a_validated_case(narrative=NARRATIVE, persons=PERSONS)
    terms = {"record_id": receipt.record_id, "profile": "global_cen", "recipient": "HUB"}
    made = preview(contact, choices=Choices(with_narrative=True), **terms)
    assert {span.kind for span in made.narrative.undecided} >= {"phone"}
    assert made.problems == ["release.flag_undecided"]
    keys = [f"{s.start}-{s.end}-{s.kind}" for s in made.narrative.spans]
    choices = Choices(with_narrative=True, decisions=dict.fromkeys(keys, "replace"))
    decided = preview(contact, choices=choices, **terms)
    assert decided.may_go
    assert "Lotfi" not in decided.narrative.goes
    assert "555" not in decided.narrative.goes
    assert "78 bricks" in decided.compiled.document["narrative"]


def test_a_held_case_is_refused_with_its_reason():
    contact, legal = make.actor("national_contact_point"), make.actor("legal")
    receipt = a_validated_case()
    set_hold(
        legal,
        record_id=receipt.record_id,
        kind="clean",
        authority="Prosecutor",
        reason="delivery",
        until=now() + timedelta(days=1),
    )
    with pytest.raises(Conflict, match=r"release\.held"):
        release_record(
            contact, record_id=receipt.record_id, revision=1, profile="global_cen", recipient="HUB", choices=Choices()
        )
    assert not Release.objects.exists()


def test_what_is_not_validated_does_not_leave():
    contact = make.actor("national_contact_point")
    receipt = make.submit_case(make.actor("officer", "RDS"))
    with pytest.raises(Conflict, match=r"release\.not_validated"):
        release_record(
            contact, record_id=receipt.record_id, revision=1, profile="global_cen", recipient="HUB", choices=Choices()
        )


def test_an_officer_does_not_release():
    receipt = a_validated_case()
    with pytest.raises(Forbidden):
        preview(
            make.actor("officer", "RDS"),
            record_id=receipt.record_id,
            profile="global_cen",
            recipient="HUB",
            choices=Choices(),
        )


def test_persons_leave_without_identity_and_cleared_ones_not_at_all():
    contact = make.actor("national_contact_point")
    cleared = {
        "id": "p2",
        "role": "witness",
        "standing": "cleared",
        "name": "Sami Ouerdani",
        "nationality": "TN",
        "sex": "male",
    }
    receipt = a_validated_case(persons=[*PERSONS, cleared])
    made = preview(contact, record_id=receipt.record_id, profile="global_cen", recipient="HUB", choices=Choices())
    (person,) = made.compiled.document["persons"]
    assert {k: v for k, v in person.items() if k != "id"} == {
        "role": "driver",
        "nationality": "TN",
        "sex": "male",
        "age_band": "45_54",
    }
    assert made.recognisable[0].is_rare
    dropped = preview(
        contact,
        record_id=receipt.record_id,
        profile="global_cen",
        recipient="HUB",
        choices=Choices(without_age=("p1",)),
    )
    assert "age_band" not in dropped.compiled.document["persons"][0]
