"""Titles: the sentence one would say of a case or a control."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from opencen.codelists.catalogue import get_list
from opencen.records.texts import write_quantity
from opencen.seizures.projection import case_columns
from opencen.seizures.titles import (
    document_control_title,
    document_title,
    leg_name,
    quantity_text,
    record_title,
    route_text,
)
from tests import make


def of_line(**changes: Any) -> str:
    place = changes.pop("place", "in_transport.container.cooling_unit")
    line = make.line(concealment={"place": place} if place else None, **changes)
    return document_title(make.case_document(lines=[line]), "en").replace("\u00a0", " ")


TITLES = [
    ({}, "Cocaine hydrochloride, 86.42 kg, in the cooling unit of a container"),
    (
        {"assessments": [{"id": "a", "stage": "laboratory", "quantity": "78.170", "unit": "kg", "basis": "net"}]},
        "Cocaine hydrochloride, 78.17 kg, in the cooling unit of a container",
    ),
    (
        {"quantity": None, "assessments": [{"id": "a", "stage": "suspected", "quantity": "80", "unit": "kg"}]},
        "Cocaine hydrochloride, about 80 kg, in the cooling unit of a container",
    ),
    (
        {"commodity": "revenue.tobacco.cigarettes", "quantity": "412000", "unit": "pack", "place": "not_concealed"},
        "Cigarettes, 8,240,000 sticks, by sea",
    ),
    (
        {"commodity": "drugs.opioids.heroin", "quantity": "1120", "unit": "g", "place": "on_person.body_packing"},
        "Heroin, 1.12 kg, swallowed",
    ),
    (
        {"commodity": "environment.fauna.reptiles.tortoises", "quantity": "64", "unit": "piece", "place": "in_baggage"},
        "Tortoises, 64, in baggage",
    ),
    (
        {"commodity": "money.cash.banknotes", "quantity": "84500", "unit": "currency", "place": "in_baggage.hand",
         "attributes": {"currency": "EUR"}},
        "Banknotes, EUR 84,500, in hand baggage",
    ),
    (
        {"commodity": "revenue.alcohol.whisky", "quantity": "12", "unit": "bottle", "place": None},
        "Whisky, 12 bottles, by sea",
    ),
    ({"commodity": "drugs.cannabis.resin", "quantity": "31", "unit": "g", "place": "in_mail.parcel"},
     "Cannabis resin, 31 g, in a postal parcel"),
    ({"commodity": "drugs.cannabis.resin", "quantity": "310", "unit": "g", "place": "in_mail.parcel"},
     "Cannabis resin, 0.31 kg, in a postal parcel"),
    ({"quantity": None, "unit": None, "place": None}, "Cocaine hydrochloride, by sea"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "title"), TITLES)
def test_a_case_is_called_what_one_would_say(changes: dict[str, Any], title: str) -> None:
    assert of_line(**changes) == title


def test_a_case_is_named_after_its_first_contraband_and_says_that_there_is_more() -> None:
    lines = [make.line(role="cover_load", commodity="revenue.goods.fruit_nuts"), make.line(id="l2"), make.line(id="l3")]
    title = document_title(make.case_document(lines=lines), "en")
    assert title.startswith("Cocaine hydrochloride")
    assert title.endswith(", and 1 more")


def test_an_offence_without_goods_is_named_after_the_offence() -> None:
    offences = [{"id": "o1", "kind": "smuggling"}]
    document = make.case_document(kind="offence", lines=[], conveyances=[], offences=offences)
    assert document_title(document, "en") == "Smuggling"
    assert document_title(make.case_document(kind="detention", lines=[], conveyances=[]), "en") == "Detention"


def test_lists_and_pages_say_the_same() -> None:
    document = make.case_document()
    assert record_title("case", case_columns(document).summary, "en") == document_title(document, "en")


def test_numbers_follow_the_language() -> None:
    summary = case_columns(make.case_document(lines=[make.line(quantity="8642.5")])).summary
    assert quantity_text(summary, "en") == "8,642.5\u00a0kg"
    assert quantity_text(summary, "fr") == "8\u202f642,5\u00a0kg"


def test_a_summary_holds_no_name_and_no_number_of_anybody() -> None:
    summary = case_columns(make.case_document()).summary
    assert not {"consignee", "container", "name"} & set(summary)
    assert "Sahel" not in str(summary)


def test_a_control_says_what_was_checked_and_how_often() -> None:
    assert document_control_title(make.control_document(), "en") == "Container checked: nothing found"
    tally = make.control_document(subject="traveller", count=1214)
    assert document_control_title(tally, "en") == "Traveller, 1,214 checked: nothing found"


SAID = [
    ("en", "bottle", "12", "12 bottles"), ("en", "bottle", "1", "1 bottle"), ("en", "box", "3", "3 boxes"),
    ("en", "master_case", "3", "3 master cases"), ("en", "dozen", "3", "3 dozen"), ("en", "g", "1120", "1,120 g"),
    ("en", "kg", "0.05", "50 g"), ("en", "kg", "78.170", "78.17 kg"), ("en", "EUR", "84500", "EUR 84,500"),
    ("fr", "roll", "3", "3 rouleaux"), ("fr", "bottle", "1.5", "1,5 bouteille"), ("fr", "case", "2", "2 caisses"),
    ("fr", "short_ton", "2", "2 tonnes courtes"), ("fr", "slab", "4", "4 plaquettes de résine"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "unit", "value", "said"), SAID)
def test_a_quantity_is_written_as_one_says_it(language: str, unit: str, value: str, said: str) -> None:
    assert write_quantity(Decimal(value), unit, language).replace("\u00a0", " ") == said


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_title_names_a_means_of_transport_twice(language: str) -> None:
    for code in get_list("concealment"):
        line = make.line(concealment={"place": code.code})
        title = document_title(make.case_document(lines=[line]), language)
        for noun in ("container", "conteneur", "véhicule", "vehicle", "navire", "vessel", "train"):
            assert len(re.findall(rf"\b{noun}\b", title)) <= 1, title


def test_stops_are_named_with_their_country() -> None:
    document = make.case_document()
    assert leg_name(document["route"][0], "en") == "Guayaquil, Ecuador"
    assert leg_name({"country": "ES"}, "fr") == "Espagne"
    assert leg_name({"place_name": "Bouchebka", "country": "DZ"}, "en") == "Bouchebka, Algeria"
    assert route_text(case_columns(document).summary, "en") == "Ecuador – Tunisia"
