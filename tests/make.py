"""Make what tests need, the way it is made in use: offices, people in roles, and records through the one door in.

country = make.country()                      # headquarters, a district, two offices below it
officer = make.actor("officer", "RDS")        # who acts for that office
receipt = make.submit_case(officer, lines=[make.line(quantity="2.5")])
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any
from uuid import UUID

from opencen.accounts.models import Grant, Office, User
from opencen.accounts.queries import actor_of
from opencen.kernel.actor import Actor
from opencen.kernel.ids import uuid7
from opencen.log.stamps import change_stamp
from opencen.records.intake import Receipt, SubmissionIn, submit, submit_many

Document = dict[str, Any]

OFFICES = (
    # code, name, parent, kind, location type, place
    ("HQ", "Headquarters", None, "headquarters", "", ""),
    ("DTN", "District Tunis North", "HQ", "district", "", ""),
    ("RDS", "Radès port", "DTN", "office", "seaport", "TNRDS"),
    ("TUN", "Tunis airport", "DTN", "office", "airport", "TNTUN"),
    ("DSF", "District Sfax", "HQ", "district", "", ""),
    ("SFA", "Sfax port", "DSF", "office", "seaport", "TNSFA"),
)


def office(code: str, *, name: str = "", parent: Office | None = None, **fields: Any) -> Office:
    """Make an office below another; one that exists is returned as it is."""
    found = Office.objects.filter(code=code).first()
    if found is not None:
        return found
    path = f"{parent.path}/{code}" if parent else code
    made = Office.objects.create(code=code, name=name or code, parent=parent, path=path, country="TN", **fields)
    change_stamp("offices")
    return made


def country() -> dict[str, Office]:
    """Make a national tree of offices: two districts below the headquarters, with the ports and the airport of each."""
    made = {office.code: office for office in Office.objects.filter(code__in=[row[0] for row in OFFICES])}
    if len(made) == len(OFFICES):
        return made
    for code, name, parent, kind, location, place in OFFICES:
        above = made[parent] if parent else None
        made[code] = office(code, name=name, parent=above, kind=kind, location_type=location, place=place)
    return made


def user(role: str = "officer", at: str = "RDS", *, name: str = "", covers: str = "", clearance: int = 1) -> User:
    """Make a user at an office who holds a role over it, or over the office named by `covers`."""
    offices = country()
    number = User.objects.count() + 1
    made = User.objects.create(
        username=f"{role}{number}", name=name or f"{role.title()} {number}", office=offices[at], clearance=clearance
    )
    made.set_unusable_password()
    made.save(update_fields=["password"])
    Grant.objects.create(user=made, role=role, office=offices[covers or at])
    return made


COVERS = {"validator": "DTN", "national_contact_point": "HQ", "analyst": "HQ", "legal": "HQ", "administrator": "HQ",
          "auditor": "HQ", "hub_operator": "HQ"}  # fmt: skip


def actor(role: str = "officer", at: str = "RDS", *, name: str = "", covers: str = "", **changes: Any) -> Actor:
    """Make the actor behind a new user of a role; officers see their office, validators their district, others all."""
    made = actor_of(user(role, at, name=name, covers=covers or COVERS.get(role, at)))
    return replace(made, **changes) if changes else made


def line(**changes: Any) -> Document:
    """State a line of cocaine in the cooling unit of a container."""
    return stated(
        {
            "id": "l1",
            "role": "contraband",
            "commodity": "drugs.cocaine.hydrochloride",
            "quantity": "86.42",
            "unit": "kg",
            "basis": "gross",
            "concealment": {"place": "in_transport.container.cooling_unit"},
        },
        changes,
    )


def case_document(**changes: Any) -> Document:
    """State a plausible short case: no rule finds anything in it. A change of None leaves the field out."""
    return stated(
        {
            "kind": "seizure",
            "form": "short",
            "detected_at": "2026-06-12T06:20+01:00",
            "country": "TN",
            "office": "RDS",
            "location_type": "seaport",
            "direction": "import",
            "e_commerce": "no",
            "detection_method": "risk_profiling",
            "route": [
                {"id": "r1", "role": "departure", "country": "EC", "place": "ECGYE", "mode": "vessel"},
                {"id": "r2", "role": "transit", "country": "ES", "place": "ESALG", "mode": "vessel"},
                {"id": "r3", "role": "destination", "country": "TN", "place": "TNRDS"},
            ],
            "consignments": [
                {
                    "id": "s1",
                    "bill_of_lading": "OCLGYE2610447",
                    "containers": [{"id": "c1", "number": "OCLU3026189", "seals": []}],
                    "consignee": "Sahel Fruits Import SARL",
                    "consignee_country": "TN",
                }
            ],
            "conveyances": [{"id": "v1", "mode": "vessel", "name": "CASTOR LINE", "vessel_imo": "9365049"}],
            "lines": [line()],
        },
        changes,
    )


def control_document(**changes: Any) -> Document:
    """State a control of one container that found nothing."""
    return stated(
        {
            "country": "TN",
            "office": "RDS",
            "at": "2026-06-12T09:00+01:00",
            "subject": "container",
            "count": 1,
            "detection_method": "risk_profiling",
            "technique": "imaging.container",
            "result": "none",
        },
        changes,
    )


def suspect_document(**changes: Any) -> Document:
    """State a courier with a passport and one suspicion: no rule finds more than a missing day of review."""
    return stated(
        {
            "form": "short",
            "office": "RDS",
            "standing": "suspected",
            "sex": "male",
            "names": [
                {"id": "n1", "text": "Sami Ouerdani", "type": "full", "script": "latn"},
                {"id": "n2", "text": "سامي الورداني", "type": "full", "script": "arab"},
            ],
            "births": [{"id": "b1", "date": "1987-04-12", "place": "Sfax", "country": "TN"}],
            "nationalities": ["TN"],
            "documents": [{"id": "d1", "kind": "passport", "number": "T4471180", "country": "TN"}],
            "phones": ["+216 71 555 018"],
            "entries": [{"id": "e1", "on": "2026-05", "offence": "trafficking", "grounds": "Paid for two tickets."}],
            "flags": ["escape_risk"],
            "legal_basis": "customs_law",
            "review_on": "2027-05-11",
        },
        changes,
    )


def company_document(**changes: Any) -> Document:
    """State a consignee with its tax number and its manager."""
    return stated(
        {
            "form": "short",
            "office": "RDS",
            "standing": "suspected",
            "names": [{"id": "n1", "text": "Sahel Fruits Import SARL", "type": "registered", "script": "latn"}],
            "country": "TN",
            "sector": "46.30",
            "registrations": [{"id": "r1", "kind": "trade_register", "number": "B24817262016", "country": "TN"}],
            "patterns": ["cover_load"],
            "people": [{"id": "h1", "role": "manager", "name": "Sami Ouerdani", "share": "60"}],
            "legal_basis": "customs_law",
            "review_on": "2027-05-11",
        },
        changes,
    )


def conveyance_document(**changes: Any) -> Document:
    """State a vessel that was seen once."""
    return stated(
        {
            "form": "short",
            "office": "RDS",
            "kind": "vessel",
            "type": "container_ship",
            "names": [{"id": "n1", "text": "CASTOR LINE"}],
            "imo": "9365049",
            "flag": "PA",
            "sightings": [{"id": "s1", "on": "2026-06-01", "locode": "ESALG"}],
            "legal_basis": "customs_law",
            "review_on": "2027-05-11",
        },
        changes,
    )


def stated(base: Document, changes: Document) -> Document:
    """Copy a statement with changes; what is changed to None is left out."""
    made = {**deepcopy(base), **deepcopy(changes)}
    return {name: value for name, value in made.items() if value is not None}


DOCUMENTS = {
    "case": case_document,
    "control": control_document,
    "suspect": suspect_document,
    "company": company_document,
    "conveyance": conveyance_document,
}


def submission(document: Document | None = None, type: str = "case", **fields: Any) -> SubmissionIn:
    """Hand in a document, by default as a new record; any field of the submission may be given."""
    default = DOCUMENTS[type]
    given: dict[str, Any] = {"id": uuid7(), "submission_id": uuid7(), **fields}
    return SubmissionIn(type=type, document=default() if document is None else document, **given)


def submit_subject(by: Actor, type: str = "suspect", /, **changes: Any) -> Receipt:
    """Submit a suspect, company or conveyance and insist that it was taken in."""
    return taken(submit(by, submission(DOCUMENTS[type](**changes), type)))


def submit_case(by: Actor, **changes: Any) -> Receipt:
    """Submit a case and insist that it was taken in."""
    return taken(submit(by, submission(case_document(**changes))))


def submit_cases(by: Actor, documents: list[Document], **fields: Any) -> list[Receipt]:
    """Submit many cases at once and insist that each was taken in."""
    return [taken(receipt) for receipt in submit_many(by, [submission(found, **fields) for found in documents])]


def amend_case(by: Actor, record_id: UUID, base: int, document: Document, **fields: Any) -> Receipt:
    """Submit another statement of a case that grew from a revision, and insist that it was taken in."""
    return taken(submit(by, submission(document, id=record_id, base_revision=base, **fields)))


def submit_control(by: Actor, **changes: Any) -> Receipt:
    """Submit a control and insist that it was taken in."""
    return taken(submit(by, submission(control_document(**changes), "control")))


def taken(receipt: Receipt) -> Receipt:
    """Return a receipt of something accepted; show the findings of what was refused."""
    assert receipt.is_accepted, [(found.level, found.key, found.data) for found in receipt.findings]
    return receipt
