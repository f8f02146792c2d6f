"""A picker of places offers sooner what the cases that its user may read often name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from opencen.accounts.models import User
from opencen.kernel.actor import Actor
from opencen.seizures.queries.usual import KEPT, usual_places
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Count anew for each test."""
    KEPT.forget()
    yield
    KEPT.forget()


def offered(query: str, language: str = "en") -> list[str]:
    client = Client()
    user = User.objects.get(pk=make.actor("officer").id)
    user.language = language
    user.save()
    client.force_login(user)
    return [match["code"] for match in client.get("/api/v1/codelists/place/find", {"q": query}).json()]


def report(by: Actor, month: int, *places: str) -> None:
    """Report a case of a month, of a vessel and a consignment of its own, whose route has these places."""
    route = [
        {"id": f"r{at}", "role": "transit", "country": place[:2], "place": place} for at, place in enumerate(places)
    ]
    day = f"2026-{month:02}-11T06:20+01:00"
    make.submit_case(
        by,
        detected_at=day,
        route=route,
        consignments=None,
        conveyances=[{"id": "v1", "mode": "vessel", "name": f"VESSEL {month}"}],
    )


def test_what_cases_name_more_than_once_is_usual():
    officer = make.actor("officer")
    assert usual_places(officer) == {}
    KEPT.forget()
    report(officer, 1, "COCTG", "ESALG", "TNRDS")
    report(officer, 4, "COCTG", "TNRDS")
    assert usual_places(officer) == {"COCTG": 2, "TNRDS": 2}


def test_nothing_is_counted_of_cases_that_one_may_not_read():
    for month in (1, 4):
        report(make.actor("officer"), month, "COCTG", "TNRDS")
    assert usual_places(make.actor("officer", at="SFA")) == {}
    assert usual_places(make.actor("officer", permissions=frozenset())) == {}


def test_the_picker_offers_the_usual_place_first():
    assert offered("Valencia")[0] == "ESVLC"
    KEPT.forget()
    for month in (1, 4):
        report(make.actor("officer"), month, "VEVLN", "TNRDS")
    assert offered("Valencia")[0] == "VEVLN"


@pytest.mark.parametrize(("query", "language"), [("طرابلس", "ar"), ("Tripoli", "fr"), ("Trípoli", "es")])
def test_the_picker_offers_the_neighbour_of_the_installation_first(settings, query, language):
    settings.NODE_COUNTRY = "TN"
    assert offered(query, language)[0] == "LYTIP"
    settings.NODE_COUNTRY = "SY"
    assert offered(query, language)[0] == "LBKYE"


@pytest.mark.parametrize(("language", "countries"), [("en", ["Libya", "Lebanon"]), ("ar", ["ليبيا", "لبنان"])])
def test_namesakes_are_told_apart_by_their_country(settings, language, countries):
    settings.NODE_COUNTRY = "TN"
    client = Client()
    user = User.objects.get(pk=make.actor("officer").id)
    User.objects.filter(pk=user.pk).update(language=language)
    client.force_login(user)
    found = client.get("/api/v1/codelists/place/find", {"q": "Tripoli", "limit": 2}).json()
    assert [match["path"] for match in found] == [[country] for country in countries]
