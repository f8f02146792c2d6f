"""Promotion: a person, company or means of transport stated inside a case becomes, or joins, a record of its own.

Both the new record and the case's amendment go through the one door: they have an author, and a second person
validates them. The case keeps what it states; the link is added to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, NotFound
from opencen.kernel.ids import uuid7
from opencen.log.service import service
from opencen.records.documents import reasons_of
from opencen.records.intake import Receipt, SubmissionIn, check, submit
from opencen.records.lock import is_own, visible_to
from opencen.records.models import Record, Revision
from opencen.records.showing import show_revision
from opencen.records.types import domain
from opencen.seizures.permissions import RECORD_CASES
from opencen.seizures.projection import main_line

Document = dict[str, Any]
HALF_A_YEAR, FIVE_YEARS = timedelta(days=182), timedelta(days=5 * 365)
AS_STATED = "As the case states it."
ONLY_LINKED = "Linked to its own record; nothing else was changed."
# What is said of an earlier record is for a person to decide, not for one click.
DECIDED_BY_A_PERSON = frozenset({"document.known_suspect"})
LISTS = {
    "suspect": ("persons", "suspect"),
    "company": ("companies", "company"),
    "conveyance": ("conveyances", "record"),
}


@dataclass(frozen=True, slots=True)
class Promoted:
    """The record that a part of a case is linked to, and the case's new revision."""

    kind: str
    record_id: UUID
    reference: str
    case: Receipt


@service(RECORD_CASES)
def promote_part(actor: Actor, *, case_id: UUID, item: str, record_id: UUID | None = None) -> Promoted:
    """Link a person, company or means of transport of a case to a record: a named one, else one made of it."""
    record, revision, document = _case(actor, case_id)
    kind, part = _part(document, item)
    domain(kind)
    _held, field = LISTS[kind]
    if part.get(field):
        raise Conflict("promote.linked_already")
    if record_id is None:
        actor.require(f"{kind}:record")
        # What a case under wraps states is under the same wraps where it becomes a record of its own.
        stated = SubmissionIn(
            kind,
            uuid7(),
            uuid7(),
            MAKERS[kind](document, part, record),
            sensitivity=record.sensitivity,
            compartment=record.compartment_id,
        )
        made = _insist(actor, stated, AS_STATED)
        target, reference = made.record_id, made.reference or ""
    else:
        found = visible_to(actor).filter(pk=record_id, type=kind).first()
        if found is None:
            raise NotFound("record.not_found")
        target, reference = found.id, found.reference or ""
    linked = _with_link(document, kind, part, target)
    given = SubmissionIn(
        "case", record.id, uuid7(), linked, base_revision=record.revision, reasons=reasons_of(revision)
    )
    return Promoted(kind, target, reference, _insist(actor, given, ONLY_LINKED))


def _case(actor: Actor, case_id: UUID) -> tuple[Record, Revision, Document]:
    record = visible_to(actor).filter(pk=case_id, type="case").first()
    if record is None:
        raise NotFound("case.not_found")
    if not is_own(record):
        raise Conflict("record.not_ours", origin=record.origin)
    revision = Revision.objects.get(record_id=record.id, number=record.revision)
    return record, revision, show_revision(actor, revision, "case")


def _part(document: Document, item: str) -> tuple[str, Document]:
    """Return what a part of a case is, and its statement; a party of a consignment is a company."""
    for kind, (held, _field) in LISTS.items():
        for found in document.get(held, ()):
            if found["id"] == item:
                return kind, found
    consignment_id, dot, role = item.rpartition(".")
    for consignment in document.get("consignments", ()) if dot else ():
        if consignment["id"] == consignment_id and role in ("consignee", "consignor", "declarant"):
            item_id = f"{consignment_id}-{role}"[:64]
            if known := next((one for one in document.get("companies", ()) if one["id"] == item_id), None):
                return "company", known
            party = {"id": item_id, "role": role, "name": consignment.get(role)}
            country = consignment.get(f"{role}_country")
            return "company", {**party, **({"country": country} if country else {}), "standing": "mentioned"}
    raise NotFound("item.unknown", path="item")


def _with_link(document: Document, kind: str, part: Document, target: UUID) -> Document:
    held, field = LISTS[kind]
    linked = {**part, field: str(target)}
    items = [linked if found["id"] == part["id"] else found for found in document.get(held, ())]
    if all(found["id"] != part["id"] for found in items):
        items.append(linked)
    return {**document, held: items}


def _insist(actor: Actor, given: SubmissionIn, reason: str) -> Receipt:
    """Hand in, answering the warnings that say nothing new; what only a person can decide is refused."""
    doubts = [found for found in check(actor, given).findings if found.level == "warning"]
    reasons = {found.key: reason for found in doubts if found.code not in DECIDED_BY_A_PERSON}
    receipt = submit(actor, replace(given, reasons={**reasons, **given.reasons}))
    if not receipt.is_accepted:
        found = next((one for one in receipt.findings if one.code in DECIDED_BY_A_PERSON), None)
        if found is not None:
            raise Conflict("promote.known", reference=found.data.get("reference", ""))
        raise Conflict("promote.refused", codes=", ".join(sorted({one.code for one in receipt.findings})))
    return receipt


def _common(case: Document, record: Record, part: Document) -> Document:
    """State why the record is kept: the case it comes from, the law, and the days of review and end."""
    offence: Document = next(
        (
            found
            for found in case.get("offences", ())
            if part["id"] in (found.get("person"), found.get("company")) or len(case["offences"]) == 1
        ),
        {},
    )
    stated = {
        "on": str(case.get("detected_at") or case.get("seized_at") or "")[:10],
        "offence": offence.get("kind"),
        "commodity": main_line(case).get("commodity"),
        "record": str(record.id),
    }
    today = now().date()
    return {
        "form": "short",
        "office": case.get("office"),
        "entries": [{"id": "e1", **_stated(stated)}],
        "legal_basis": "customs_law",
        "review_on": _day(today + HALF_A_YEAR),
        "expires_on": _day(today + FIVE_YEARS),
    }


def _suspect(case: Document, part: Document, record: Record) -> Document:
    birth = part.get("birth_date") or (str(part["birth_year"]) if part.get("birth_year") else "")
    documents = [{k: v for k, v in found.items() if k != "national"} for found in part.get("documents", ())]
    return _stated(
        {
            **_common(case, record, part),
            "standing": part.get("standing") or "mentioned",
            "names": _named(part, "full"),
            "births": [{"id": "b1", "date": birth}] if birth else [],
            "sex": part.get("sex"),
            "nationalities": [part["nationality"]] if part.get("nationality") else [],
            "documents": documents,
            "phones": list(part.get("phones", ())),
            "addresses": _addressed(part),
            "occupation": part.get("occupation"),
        }
    )


def _company(case: Document, part: Document, record: Record) -> Document:
    numbers = [
        {"id": kind, "kind": kind, "number": part[field], **_stated({"country": part.get("country")})}
        for field, kind in (("registration_number", "trade_register"), ("tax_number", "tax"))
        if part.get(field)
    ]
    return _stated(
        {
            **_common(case, record, part),
            "standing": part.get("standing") or "mentioned",
            "names": _named(part, "registered"),
            "country": part.get("country"),
            "registrations": numbers,
            "phones": list(part.get("phones", ())),
            "addresses": _addressed(part),
        }
    )


def _conveyance(case: Document, part: Document, record: Record) -> Document:
    kinds = {"vessel": "vessel", "air": "aircraft", "vehicle": "vehicle", "rail": "wagon"}
    return _stated(
        {
            **_common(case, record, part),
            "kind": kinds.get(part.get("mode", ""), "other"),
            "type": part.get("vehicle_type"),
            "names": _named(part, ""),
            "imo": part.get("vessel_imo"),
            "flag": part.get("flag"),
            "plate": part.get("plate"),
            "plate_country": part.get("plate_country"),
            "vin": part.get("vin"),
            "wagon": part.get("wagon"),
            "make": part.get("make"),
            "operator": part.get("operator") or part.get("carrier"),
            "description": part.get("flight"),
        }
    )


MAKERS = {"suspect": _suspect, "company": _company, "conveyance": _conveyance}


def _named(part: Mapping[str, Any], type: str) -> list[Document]:
    return [{"id": "n1", "text": part["name"], **_stated({"type": type})}] if part.get("name") else []


def _addressed(part: Mapping[str, Any]) -> list[Document]:
    return [{"id": "a1", "text": part["address"]}] if part.get("address") else []


def _stated(values: Mapping[str, Any]) -> Document:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _day(found: date) -> str:
    return found.isoformat()
