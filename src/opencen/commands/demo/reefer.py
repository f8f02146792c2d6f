"""The case of the guide: cocaine in the cooling unit of a reefer container, before and after the laboratory."""

from __future__ import annotations

import random
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from opencen.commands.demo import names
from opencen.commands.demo.cases import write_moment
from opencen.commands.demo.marginals import seeded

Part = dict[str, Any]
CONSIGNEE = "Sahel Fruits Import SARL"
NARRATIVE = (
    "Selected before arrival. The scan showed dense blocks in the cooling unit. "
    "78 bricks came out from behind the fan panel; the cargo of bananas was untouched. "
    "Sami Ouerdanel, who came for the container, was arrested at the gate."
)
INTELLIGENCE = {
    "modus_operandi": "Rip-on in the cooling unit, duplicate seal.",
    "source_reliability": "1",
    "information_credibility": "B",
    "handling": "P",
}


def reefer_case(found: datetime) -> Part:
    """State the case as the officer recorded it on the day."""
    rng = seeded(302618)
    return {
        "kind": "seizure",
        "form": "full",
        "country": "TN",
        "office": "RDS",
        "unit": "Container unit",
        "location_type": "seaport",
        "place": {"locode": "TNRDS"},
        "direction": "import",
        "procedure": "home_use",
        "e_commerce": "no",
        "detected_at": write_moment(found),
        "seized_at": write_moment(found + timedelta(hours=1, minutes=10)),
        "detection_method": "intelligence",
        "prompted_by": [{"id": "q1", "kind": "alert", "reference": "W-2026-0147"}],
        "detection_techniques": [
            {"id": "t1", "technique": "imaging.container", "result": "indication", "scan_number": "8841"},
            {"id": "t2", "technique": "manual.cargo", "result": "indication"},
        ],
        "operations": ["BLUE REEF"],
        "external_references": [{"id": "x1", "system": "declaration", "number": "26-TN-118204"}],
        "route": _route(found),
        "conveyances": [
            {
                "id": "v1",
                "mode": "vessel",
                "name": "CASTOR LINE",
                "vessel_imo": names.imo_number(seeded(0)),
                "carrier": "Castorline Shipping",
            }
        ],
        "consignments": [_consignment(rng)],
        "lines": _lines(found),
        **_people(rng, found),
        "narrative": NARRATIVE,
        "intelligence": INTELLIGENCE,
        "national": {"register_number": "RS 004512"},
    }


def _route(found: datetime) -> list[Part]:
    def day(before: int) -> str:
        return f"{found - timedelta(days=before):%Y-%m-%d}"

    return [
        {"id": "r1", "role": "departure", "country": "EC", "place": "ECGYE", "mode": "vessel", "departed": day(24)},
        {"id": "r2", "role": "transit", "country": "ES", "place": "ESALG", "mode": "vessel", "arrived": day(5)},
        {"id": "r3", "role": "destination", "country": "TN", "place": "TNRDS", "arrived": day(1)},
    ]


def _consignment(rng: random.Random) -> Part:
    return {
        "id": "s1",
        "bill_of_lading": "ZZCLGYE2610447",
        "containers": [
            {
                "id": "c1",
                "number": names.container_number(rng),
                "size_type": "45R1",
                "load": "fcl",
                "seals": [{"id": "e1", "expected": "ZZ0482917", "found": "ZZ0482911"}],
            }
        ],
        "consignor": names.shipper_name("EC"),
        "consignor_country": "EC",
        "consignee": CONSIGNEE,
        "consignee_country": "TN",
        "declarant": "Transit El Bahrine",
        "declaration_number": "26-TN-118204",
        "declared_description": "Fresh bananas in cartons",
    }


def _lines(found: datetime) -> list[Part]:
    day = f"{found:%Y-%m-%d}"
    return [
        {
            "id": "l1",
            "role": "contraband",
            "commodity": "drugs.cocaine.hydrochloride",
            "description": "78 bricks, yellow wrapping, a horse as mark",
            "quantity": "86.42",
            "unit": "kg",
            "basis": "gross",
            "packages": "78",
            "package_type": "brick",
            "concealment": {"place": "in_transport.container.cooling_unit", "note": "behind the fan panel"},
            "consignment": "s1",
            "persons": ["p1"],
            "attributes": {"form": "compressed"},
            "assessments": [
                {"id": "a1", "stage": "suspected", "on": day, "quantity": "80", "unit": "kg", "basis": "estimated"},
                {"id": "a2", "stage": "field_test", "on": day, "result": "positive", "kit": "T-3"},
                {"id": "a3", "stage": "weighed", "on": day, "quantity": "86.42", "unit": "kg", "basis": "gross"},
            ],
            "goods_status": [{"id": "g1", "status": "seized", "on": day}],
        },
        {
            "id": "l2",
            "role": "instrument",
            "commodity": "revenue.goods.electronics",
            "description": "GPS trackers among the bricks",
            "quantity": "2",
            "unit": "piece",
        },
        {
            "id": "l3",
            "role": "cover_load",
            "commodity": "revenue.goods.fruit_nuts",
            "description": "Bananas, fresh",
            "quantity": "20160",
            "unit": "kg",
            "basis": "declared",
            "consignment": "s1",
        },
    ]


def _people(rng: random.Random, found: datetime) -> Part:
    company = {"standing": "mentioned"}
    return {
        "persons": [
            {
                "id": "p1",
                "role": "owner",
                "standing": "charged",
                "name": "Sami Ouerdanel",
                "sex": "male",
                "nationality": "TN",
                "birth_year": found.year - 39,
                "documents": [{"id": "d1", "kind": "identity_card", "number": names.passport(rng), "country": "TN"}],
                "phones": [names.phone(rng)],
                "arrest": {"at": write_moment(found + timedelta(hours=5)), "authority": "Public prosecutor"},
            },
            {
                "id": "p2",
                "role": "driver",
                "standing": "suspected",
                "name": "Lotfi Mejdoubel",
                "sex": "male",
                "nationality": "TN",
                "birth_year": found.year - 47,
            },
        ],
        "companies": [
            {"id": "k1", "role": "consignee", "standing": "suspected", "name": CONSIGNEE, "country": "TN"},
            {"id": "k2", "role": "consignor", "name": names.shipper_name("EC"), "country": "EC", **company},
            {"id": "k3", "role": "declarant", "name": "Transit El Bahrine", "country": "TN", **company},
        ],
        "offences": [
            {"id": "o1", "kind": "smuggling", "provision": "Customs code, art. 391", "person": "p1", "lines": ["l1"]}
        ],
    }


def with_laboratory(document: Part, at: datetime) -> Part:
    """State the case again after the laboratory: net weight and purity; the driver is cleared."""
    changed = deepcopy(document)
    changed["lines"][0]["assessments"].append(
        {
            "id": "a4",
            "stage": "laboratory",
            "on": f"{at:%Y-%m-%d}",
            "substance": "drugs.cocaine.hydrochloride",
            "quantity": "78.17",
            "unit": "kg",
            "basis": "net",
            "purity": "81.3",
            "certificate": "LC-26-2231",
            "laboratory": "Central laboratory",
        }
    )
    changed["persons"][1]["standing"] = "cleared"
    return changed
