"""Random worlds: cases and controls of every kind, made through the door, judged, held and cancelled by services."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from opencen.accounts.models import Compartment
from opencen.accounts.queries import office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.records.holds import set_hold
from opencen.records.intake import SubmissionIn, submit_many
from opencen.records.models import Record
from opencen.records.review import cancel_record, validate_record
from opencen.records.types import domain
from tests import make

Document = dict[str, Any]

COMMODITIES = (
    "drugs.cannabis.resin", "drugs.cocaine.hydrochloride", "revenue.tobacco.cigarettes", "environment.fauna",
    "environment.flora",
    "money", "ipr", None,
)  # fmt: skip
UNITS = ("kg", "g", "piece", "l", None)
COUNTRIES = ("TN", "DZ", "LY", "IT", "CN", "unknown", None)
OFFICES = ("RDS", "TUN", "SFA")
PLACES = (
    {"locode": "TNRDS"},
    {"name": "Roadside", "latitude": "34.5", "longitude": "9.25", "precision": "locality"},
    {"name": "Tunisia", "latitude": "34", "longitude": "9", "precision": "country"},
)
DATES = ("2025", "2025-06", "2025-06-30", "2026-01-15", "2026-02", "2026-02-03T10:00+01:00", "2026-06-12", "2026")


def choose(dice: random.Random, *values: Any) -> Any:
    """Choose one of the values; None stands for an answer left out."""
    return dice.choice(values)


def make_line(dice: random.Random, number: int) -> Document:
    """State a line with some answers left out."""
    unit = dice.choice(UNITS)
    line = {
        "id": f"l{number}",
        "role": choose(dice, "contraband", "contraband", "contraband", None, "cover_load", "conveyance"),
        "commodity": dice.choice(COMMODITIES),
        "quantity": str(dice.randint(1, 900) / 4) if unit else None,
        "unit": unit,
        "concealment": {"place": choose(dice, "in_baggage", "in_baggage.hand", "in_transport.vehicle.boot", "unknown")},
        "conveyance": choose(dice, None, "v2"),
        "consignment": choose(dice, None, None, "c1"),
    }
    if dice.random() < 0.4:
        line |= price(dice, number)
    if line["commodity"] in ("money", "environment.fauna", "environment.flora"):
        line |= describe(dice, line["commodity"])
    if dice.random() < 0.2:
        line["measures"] = [{"id": f"m{number}", "quantity": str(dice.randint(1, 50)), "unit": "piece"}]
    if dice.random() < 0.15:
        del line["concealment"]
    return {name: value for name, value in line.items() if value is not None}


def price(dice: random.Random, number: int) -> Document:
    """State what a line is worth and the duties evaded, some of it in foreign money, some of that without a rate."""
    currency = choose(dice, "TND", "EUR")
    rate = choose(dice, None, "3.1") if currency == "EUR" else None
    value = {"amount": str(dice.randint(1, 900) / 4), "currency": currency, "rate": rate, "basis": "declared"}
    if rate:
        value["rate_source"] = choose(dice, "Central bank", None)
    duties = [
        {
            "id": f"d{number}{index}",
            "kind": "vat",
            "amount": str(dice.randint(1, 90)),
            "currency": choose(dice, "TND", "EUR"),
        }
        for index in range(dice.choice((0, 0, 1, 2)))
    ]
    found = {"value": {name: said for name, said in value.items() if said is not None}, "duties": duties}
    return {name: said for name, said in found.items() if said}


def make_person(dice: random.Random, number: int) -> Document:
    """State a person of whom some answers are known."""
    person = {
        "id": f"p{number}",
        "role": "driver",
        "nationality": choose(dice, "TN", "DZ", None),
        "sex": choose(dice, "male", "female", None),
        "age_band": choose(dice, "18_24", "35_44", None),
        "arrest": choose(dice, None, {"at": "2026-02-03"}),
    }
    return {name: value for name, value in person.items() if value is not None}


def make_consignments(dice: random.Random) -> list[Document]:
    """State up to two consignments."""
    return [
        {
            "id": f"c{index}",
            "containers": [{"id": f"b{index}", "load": load}] if load else [],
            "consignor_country": "CN",
        }
        for index, load in enumerate(
            (choose(dice, "fcl", None), choose(dice, "lcl", "empty"))[: dice.choice((0, 1, 2))]
        )
    ]


def describe(dice: random.Random, commodity: str) -> Document:
    """State the currency of money, or the appendix of a specimen."""
    if commodity == "money":
        quantity = str(dice.randint(1, 900))
        return {"unit": "currency", "quantity": quantity, "attributes": {"currency": choose(dice, "EUR", "USD")}}
    return {"attributes": {"appendix": choose(dice, "I", "II")}} if dice.random() < 0.7 else {}


def make_case(dice: random.Random, known: list[UUID]) -> Document:
    """State a case with some answers left out, some unknown, and now and then the same event as an earlier one."""
    legs = [
        {"id": f"r{index}", "role": role, "country": country}
        for index, role in enumerate(("departure", "transit", "destination"))
        if (country := dice.choice(COUNTRIES)) and dice.random() < 0.8
    ]
    kind = choose(dice, "seizure", "seizure", "seizure", "offence", "detention")
    document = {
        "kind": kind,
        "form": "short",
        "detected_at": dice.choice(DATES),
        "country": "TN",
        "office": dice.choice(OFFICES),
        "location_type": choose(dice, "airport", "seaport", "land_boundary", "unknown", None),
        "direction": choose(dice, "import", "export", "transit", None),
        "e_commerce": choose(dice, "no", "yes", "unknown", None),
        "detection_method": choose(dice, "risk_profiling", "routine_control", "unknown", None),
        "place": choose(dice, None, None, *PLACES),
        "route": legs,
        "conveyances": [{"id": "v1", "mode": choose(dice, "air", "vessel")}, {"id": "v2", "mode": "vehicle"}],
        "lines": [make_line(dice, number) for number in range(dice.choice((kind != "offence", 1, 1, 1, 2, 3)))],
    }
    document["persons"] = [make_person(dice, number) for number in range(dice.choice((0, 0, 1, 3)))]
    document["consignments"] = make_consignments(dice)
    used = dice.sample(("dog.drugs", "dog.tobacco"), dice.choice((0, 0, 1, 2)))
    document["detection_techniques"] = [{"id": f"t{index}", "technique": code} for index, code in enumerate(used)]
    if len(document["consignments"]) < 2:
        for line in document["lines"]:
            line.pop("consignment", None)
    if known and dice.random() < 0.25:
        document["relations"] = [{"id": "e1", "kind": "same_event", "record": str(dice.choice(known))}]
    return {name: value for name, value in document.items() if value not in (None, [])}


def make_control(dice: random.Random) -> Document:
    """State a control or a tally."""
    return make.control_document(
        office=dice.choice(OFFICES),
        at=dice.choice(DATES),
        count=dice.choice((None, 1, 7)),
        result=dice.choice(("none", "irregularity", "not_completed", None)),
        detection_method=dice.choice(("risk_profiling", "random_selection", None)),
    )


@dataclass
class World:
    """The people of a world and the compartment that some records lie in."""

    dice: random.Random
    authors: dict[str, Actor] = field(default_factory=dict)
    compartment: UUID = field(default_factory=uuid7)
    cases: list[UUID] = field(default_factory=list)

    @classmethod
    def make(cls, seed: int, cases: int = 45, controls: int = 12) -> World:
        """Make a world and fill it."""
        make.country()
        world = cls(random.Random(seed))
        world.compartment = Compartment.objects.create(name="Ring").id
        everything = {
            "office_ids": None, "clearance": 3, "compartments": frozenset({world.compartment}),
        }  # fmt: skip
        world.authors = {
            "officer": make.actor("officer", "RDS", **everything),
            "validator": make.actor("validator", "RDS", **everything),
            "legal": make.actor("legal", "HQ", **everything),
        }
        for _ in range(cases):
            world.add_case()
        for _ in range(controls):
            world.submit("control", make_control(world.dice))
        world.judge(world.cases)
        return world

    def add_case(self) -> UUID:
        """Hand in one more case."""
        made = self.submit("case", make_case(self.dice, self.cases))
        self.cases.append(made)
        return made

    def submit(self, kind: str, document: Document, **fields: Any) -> UUID:
        """Hand a document in, some of it sensitive or in a compartment."""
        dice = self.dice
        given = SubmissionIn(
            type=kind,
            id=uuid7(),
            submission_id=uuid7(),
            document=document,
            reasons={rule.code: "invented" for rule in domain("case").rules()} | {"field.missing": "invented"},
            mode="historical",
            sensitivity=dice.choice((0, 0, 0, 1, 2)),
            compartment=dice.choice((None, None, None, None, self.compartment)),
            **fields,
        )
        return make.taken(submit_many(self.authors["officer"], [given])[0]).record_id

    def judge(self, records: list[UUID]) -> None:
        """Validate many, cancel some, hold some."""
        for record in records:
            fate = self.dice.random()
            if fate < 0.6:
                validate_record(self.authors["validator"], record_id=record, revision=1)
            if 0.5 < fate < 0.65:
                cancel_record(self.authors["legal"], record_id=record, reason="invented")
            elif fate < 0.1:
                set_hold(
                    self.authors["validator"], record_id=record, kind="controlled_delivery", authority="Court",
                    reason="invented", until=now() + timedelta(days=3),
                )  # fmt: skip

    def amend(self, record: UUID) -> None:
        """State a case anew."""
        head = Record.objects.get(pk=record)
        if head.state == "cancelled":
            return
        others = [found for found in self.cases if found != record]
        given = SubmissionIn(
            type="case", id=record, submission_id=uuid7(), document=make_case(self.dice, others),
            base_revision=head.revision, mode="historical",
            reasons={rule.code: "invented" for rule in domain("case").rules()} | {"field.missing": "invented"},
        )  # fmt: skip
        make.taken(submit_many(self.authors["officer"], [given])[0])

    def readers(self) -> dict[str, Actor]:
        """Return people who see different parts of the world."""
        tree = office_tree()
        reads = {"permissions": frozenset({"analysis:read", "case:read", "control:read"})}
        one = frozenset({tree.by_code["RDS"].id})
        return {
            "all": make.actor("analyst", "HQ", clearance=3, compartments=frozenset({self.compartment})),
            "national": make.actor("analyst", "HQ", clearance=0),
            "one office": make.actor("officer", "RDS", office_ids=one, clearance=1, **reads),
            "nothing": make.actor("officer", "SFA", office_ids=frozenset(), clearance=9, **reads),
            "figures only": make.actor("analyst", "HQ", permissions=frozenset({"analysis:read"}), clearance=9),
        }
