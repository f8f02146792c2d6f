"""The preview: one row an item, every field on demand, and places of the case are no names of people."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from opencen.accounts.models import User
from opencen.release.narrative import known_names, known_places, read_narrative
from tests import make
from tests.formats.reporting import full_case, validated

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of():
    """Give a function that shows the preview of the full case to a National Contact Point."""
    case = validated(make.actor("officer"), full_case(narrative="Ahmed Zouari drove from Radès to Guayaquil."))
    client = Client()
    client.force_login(User.objects.get(pk=make.actor("national_contact_point").id))
    return lambda query="": client.get(f"/cases/{case}/release{query}").content.decode()


def rows_in(page: str) -> list[str]:
    """Return the first cells of the table."""
    return re.findall(r'<tr><td class="text-2">(.*?)</td>', page)


def test_an_item_is_one_row_and_every_field_is_there_on_demand(page_of):
    short, every = page_of(), page_of("?every=1")
    assert rows_in(short).count("Line of goods 1") == 1
    assert not [label for label in rows_in(short) if label.startswith("Line of goods 1,")]
    assert len(rows_in(every)) > 2 * len(rows_in(short))
    assert "86.42" in short
    assert "86.42" in every


def test_a_row_says_how_many_of_its_fields_go(page_of):
    assert re.search(r"\d+ of \d+ fields go", page_of())


def test_a_place_of_the_case_is_no_name_and_a_name_is_still_one():
    document = make.case_document(place={"name": "Ksar Hellal"})
    document["route"][0]["place_name"] = "Puerto Bolivar"
    text = "Ahmed Zouari came from Puerto Bolivar by Ksar Hellal to Saudi Arabia and Sfax port."
    found = {span.text for span in read_narrative(text, known_names(document), {}, places=known_places(document)).spans}
    assert "Ahmed Zouari" in found
    assert not [text for text in found if "Puerto" in text or "Hellal" in text or "Saudi" in text]


def test_a_person_named_like_a_place_is_flagged_all_the_same():
    document = make.case_document(
        place={"name": "Sfax"}, persons=[{"id": "p1", "role": "driver", "name": "Sfax Radhouane"}]
    )
    text = "The driver Sfax Radhouane opened the door."
    spans = read_narrative(text, known_names(document), {}, places=known_places(document)).spans
    assert [span.text for span in spans] == ["Sfax Radhouane"]
