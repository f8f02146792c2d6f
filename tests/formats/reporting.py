"""Cases that hold everything the reporting formats ask for, and a way to make them validated."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from opencen.formats.reporting.choosing import Period
from opencen.kernel.actor import Actor
from opencen.records.review import validate_record
from tests import make

Document = dict[str, Any]
PERIOD = Period(date(2026, 1, 1), date(2026, 12, 31))


def full_case(**changes: Any) -> Document:
    """State a case with every field that any report reads, cocaine, ivory and pangolin scales in it."""
    document = make.case_document(
        form="full",
        unit="Mobile team 2",
        place={"locode": "TNRDS"},
        goods_origin="EC",
        agencies=[{"id": "a1", "role": "lead", "name": "Tunisian Customs"}],
        detection_techniques=[{"id": "t1", "technique": "imaging.container"}],
        external_references=[{"id": "x1", "system": "seizure_instruction", "number": "SI-2026-0042"}],
        conveyances=[{"id": "v1", "mode": "vessel", "name": "CASTOR LINE", "vessel_imo": "9365049"}],
        consignments=[
            {
                "id": "s1",
                "bill_of_lading": "OCLGYE2610447",
                "containers": [{"id": "c1", "number": "OCLU3026189", "seals": []}],
                "consignee": "Sahel Fruits Import SARL",
                "consignee_country": "TN",
                "declaration_number": "D-2026-77",
                "declared_description": "Bananas",
                "declared_value": "21000",
                "declared_currency": "USD",
            }
        ],
        companies=[
            {"id": "k1", "role": "consignee", "name": "Sahel Fruits Import SARL", "address": "Rue du Port 4, Radès"},
            {"id": "k2", "role": "broker", "name": "Transit Carthage"},
        ],
        persons=_people(),
        staff=[{"id": "f1", "officer": "Amel Trabelsi", "unit": "Dog unit"}],
        offences=[
            {"id": "o1", "kind": "trafficking", "provision": "Law 92-52, article 5", "result": "convicted.prison"},
            {
                "id": "o2",
                "kind": "prohibited_goods",
                "provision": "Customs code 388",
                "lines": ["l2"],
                "result": "settled",
            },
        ],
        lines=[_cocaine(), _tusks(), _carvings(), _scales()],
    )
    return make.stated(document, changes)


def _people() -> list[Document]:
    return [
        {"id": "p1", "role": "driver", "standing": "suspected", "nationality": "EC", "name": "Diego Arteaga"},
        {
            "id": "p2",
            "role": "corrupt_insider",
            "standing": "suspected",
            "nationality": "TN",
            "name": "Nabil Rezgui",
        },
        {"id": "p3", "role": "crew", "standing": "cleared", "nationality": "PH", "name": "Jose Lacson"},
    ]


def _cocaine() -> Document:
    value = {"amount": "4300000", "currency": "EUR", "basis": "appraised"}
    status = [
        {"id": "g1", "status": "seized", "on": "2026-06-12"},
        {"id": "g2", "status": "forfeited", "on": "2026-09-01"},
        {"id": "g3", "status": "auctioned", "on": "2026-10-05"},
    ]
    return make.line(
        declared_as="Bananas", found_as="Bricks in the cooling unit", value=value, goods_status=status, persons=["p1"]
    )


def _tusks() -> Document:
    attributes = {
        "scientific_name": "Loxodonta africana", "specimen_term": "TUS", "appendix": "I", "cites_source": "W",
        "cites_purpose": "T", "raw_ivory_pieces": "12", "raw_ivory_kg": "61.4",
    }  # fmt: skip
    return make.line(
        id="l2",
        commodity="environment.fauna.mammals.elephant",
        quantity="61.4",
        goods_origin="TZ",
        attributes=attributes,
        value={"amount": "55000", "currency": "USD", "basis": "appraised"},
        goods_status=[{"id": "g4", "status": "forfeited", "on": "2026-09-01"}],
    )


def _carvings() -> Document:
    return make.line(
        id="l3",
        commodity="environment.fauna.mammals.elephant",
        quantity="40",
        unit="piece",
        basis="counted",
        measures=[{"id": "m1", "quantity": "2.5", "unit": "kg"}],
        attributes={"scientific_name": "Loxodonta africana", "specimen_term": "IVC", "appendix": "I"},
    )


def _scales() -> Document:
    return make.line(
        id="l4",
        commodity="environment.fauna.mammals.elephant",
        quantity="800",
        unit="g",
        attributes={"scientific_name": "Loxodonta africana", "specimen_term": "HAI", "appendix": "I"},
    )


def validated(by: Actor, document: Document) -> UUID:
    """Submit a case and have a second person validate it; return its id."""
    receipt = make.taken(make.submit(by, make.submission(document, reasons=EVERY)))
    validate_record(make.actor("validator"), record_id=receipt.record_id, revision=1)
    return receipt.record_id


EVERY = {"*": "as the officer saw it"}
