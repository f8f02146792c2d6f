"""An office is called by its name in the reader's language, wherever it is said, and is found by every name."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from opencen.accounts.models import Office, User
from opencen.accounts.queries import office_tree
from opencen.accounts.services import NewOffice, add_office, name_office
from opencen.analysis.labels import label_office
from opencen.formats.offices import office_code
from opencen.kernel.errors import Forbidden, Invalid
from opencen.log.models import Entry
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from tests import make

pytestmark = pytest.mark.django_db

LABELS = {"ar": "ميناء رادس", "fr": "Port de Radès", "es": " ", "pt": "Porto de Radès"}


def named():
    make.country()
    office = Office.objects.get(code="RDS")
    return name_office(make.actor("administrator"), office_id=office.id, name="Rades port", labels=LABELS)


def test_the_reader_s_language_says_the_name_and_a_missing_one_is_the_first():
    named()
    office = office_tree().by_code["RDS"]
    said = {}
    for language in ("en", "fr", "es", "ar", "pt"):
        with translation.override(language):
            said[language] = office.name
    assert said == {"en": "Rades port", "fr": "Port de Radès", "es": "Rades port", "ar": "ميناء رادس",
                    "pt": "Porto de Radès"}  # fmt: skip
    assert label_office("RDS", "ar") == "ميناء رادس"
    assert Entry.objects.filter(act="office.named").count() == 1


def test_an_office_is_found_and_imported_by_any_of_its_names():
    named()
    receipt = make.submit_case(make.actor("officer"))
    assert office_code("ميناء رادس") == office_code("porto de rades") == "RDS"
    for text in ("office:رادس", "office:port", "المكتب:ميناء"):
        assert search(make.actor("analyst", "HQ"), SearchRequest(type="case", text=text)).ids == [receipt.record_id], (
            text
        )


def test_pages_say_the_office_in_the_reader_s_language():
    named()
    actor = make.actor("officer")
    receipt = make.submit_case(actor)
    user = User.objects.get(pk=actor.id)
    user.language = "ar"
    user.save()
    client = Client()
    client.force_login(user)
    for address in ("/cases", f"/cases/{receipt.record_id}", "/", "/analysis", "/quality", "/import"):
        response = client.get(address)
        assert response.status_code == 200, address
        page = response.content.decode()
        assert "ميناء رادس" in page, address
        assert "Rades port" not in page, address


def test_names_are_given_on_the_page_and_checked():
    make.country()
    administrator = make.actor("administrator")
    client = Client()
    client.force_login(User.objects.get(pk=administrator.id))
    office = Office.objects.get(code="RDS")
    page = client.get("/administration/offices").content.decode()
    assert 'name="label_ar"' in page
    form = {"act": "name", "office": str(office.id), "name": "Rades", "label_ar": "رادس", "label_fr": ""}
    assert client.post("/administration/offices", form).status_code == 302
    office.refresh_from_db()
    assert (office.name, office.labels) == ("Rades", {"ar": "رادس"})
    with pytest.raises(Invalid):
        name_office(administrator, office_id=office.id, name="Rades", labels={"xx": "Rades"})
    with pytest.raises(Invalid):
        add_office(administrator, office=NewOffice("NEW", "New", "TN", labels={"ar": "م" * 200}))
    with pytest.raises(Forbidden):
        name_office(make.actor("officer"), office_id=office.id, name="Rades", labels={})
