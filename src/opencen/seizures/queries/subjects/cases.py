"""The cases of a subject, with its role in each: those that state it, and those that an officer linked to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Window

from opencen.kernel.actor import Actor
from opencen.records.links.queries import linked_ends, roles_of
from opencen.records.lock import visible_to
from opencen.records.models import IndexValue, Record
from opencen.records.showing import show_documents
from opencen.records.texts import translate, write_code, write_date
from opencen.records.titles import head_summary
from opencen.records.types import address_of, domain_names
from opencen.seizures.queries.subjects.shapes import CaseOfSubject
from opencen.seizures.titles import quantity_text

MOST = 200
# kind of subject: the list of a case that holds it, the field that links it, the list of its roles.
HELD_IN = {
    "suspect": ("persons", "suspect", "person_role"),
    "company": ("companies", "company", "company_role"),
    "conveyance": ("conveyances", "record", "conveyance_mode"),
}
Document = Mapping[str, Any]


def link_path(kind: str) -> str:
    """Return the path in a case at which a kind of subject is linked."""
    return ".".join(HELD_IN[kind][:2])


def cases_of(actor: Actor, kind: str, record_id: UUID) -> list[CaseOfSubject]:
    """List the newest cases that state a subject or are linked to it, and that exist for the actor."""
    return cases_with_total(actor, kind, record_id)[0]


def cases_with_total(actor: Actor, kind: str, record_id: UUID) -> tuple[list[CaseOfSubject], int]:
    """Return the newest cases of a subject that exist for the actor, and how many there are of them."""
    if "case" not in domain_names() or not actor.may("case:read"):
        return [], 0
    roles = _linked_roles(record_id, actor.language)
    # One set of ids, not one of two: PostgreSQL would read every case to try the alternatives.
    stated = IndexValue.objects.filter(path=link_path(kind), text=str(record_id)).values_list("record_id")
    rows = visible_to(actor).filter(pk__in=stated.union(*linked_ends(record_id)), type="case")
    counted = rows.annotate(total=Window(Count("pk"))).order_by("-occurred_on", "-created_at")
    records = list(counted[:MOST])
    documents = show_documents(actor, "case", [(record.id, record.revision) for record in records])
    found = [_view(actor, kind, record_id, record, documents.get(record.id, {})) for record in records]
    named = [view if view.role else replace(view, role=roles.get(UUID(view.id), "")) for view in found]
    return named, records[0].total if records else 0


def _linked_roles(record_id: UUID, language: str) -> dict[UUID, str]:
    """Return what officers linked a subject to, with its role in it; what is unsure does not count."""
    return {other: write_code("link_role", role, language) if role else "" for other, role in roles_of(record_id)}


def _view(actor: Actor, kind: str, subject: UUID, record: Record, document: Document) -> CaseOfSubject:
    language = actor.language
    summary = head_summary(record)
    items = list(_items(kind, subject, document))
    goods = write_code("commodity", summary["commodity"], language) if summary.get("commodity") else ""
    quantity = quantity_text(summary, language)
    standings = [item["standing"] for item in items if item.get("standing")]
    concealment = summary.get("concealment")
    return CaseOfSubject(
        id=str(record.id),
        url=address_of("case", record.id),
        reference=record.reference or "",
        on=record.occurred_on,
        at=str(summary.get("at") or ""),
        goods=translate("{goods}, {quantity}", language, goods=goods, quantity=quantity) if quantity else goods,
        role=" · ".join(_roles(kind, items, language)),
        hidden=write_code("concealment", concealment, language) if concealment else "",
        outcome=_outcome(document, items, standings, language),
        is_cleared="cleared" in standings,
        state=record.state,
    )


def _items(kind: str, subject: UUID, document: Document) -> Iterator[Document]:
    held, field, _roles_list = HELD_IN[kind]
    for item in document.get(held, ()):
        if item.get(field) == str(subject):
            yield item


def _roles(kind: str, items: Sequence[Document], language: str) -> Iterator[str]:
    roles = HELD_IN[kind][2]
    field = "mode" if kind == "conveyance" else "role"
    for item in items:
        if item.get(field):
            yield write_code(roles, item[field], language)


def _outcome(document: Document, items: Sequence[Document], standings: Sequence[str], language: str) -> str:
    """Say how it ended for this subject: the result of its offence, else its standing in the case."""
    ids = {item["id"] for item in items}
    for offence in document.get("offences", ()):
        if offence.get("result") and ids & {offence.get("person"), offence.get("company")}:
            return write_code("outcome", offence["result"], language)
    if not standings:
        return ""
    written = write_code("standing", standings[0], language)
    arrested = next((item["arrest"]["at"] for item in items if (item.get("arrest") or {}).get("at")), None)
    if arrested:
        return f"{written} · {translate('arrested {day}', language, day=write_date(arrested, language))}"
    return written
