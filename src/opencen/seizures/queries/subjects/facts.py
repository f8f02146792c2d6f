"""The identity of a subject in words, what belongs to it, and why it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as N_

from opencen.kernel.languages import comma
from opencen.records.linking import as_id
from opencen.records.models import Record
from opencen.records.texts import translate, write_at, write_code, write_date, write_field
from opencen.records.titles import head_summary, record_title
from opencen.records.types import address_of
from opencen.seizures.queries.subjects.shapes import EntryView, FactView, PartView, SightingView

Document = Mapping[str, Any]
Seen = Mapping[UUID, Record]

PLAIN = {
    "suspect": (
        "sex", "nationalities", "residence", "occupation", "height", "deceased", "phones", "emails", "description",
    ),
    "company": ("legal_form", "country", "sector", "lei", "founded", "dissolved", "phones", "emails", "websites"),
    "conveyance": (
        "type", "imo", "mmsi", "call_sign", "flag", "registration", "plate", "plate_country", "vin", "container",
        "size_type", "wagon", "make", "model", "colour", "built", "gross_tonnage", "deadweight", "operator",
        "description", "hiding_places",
    ),
}  # fmt: skip
CODES = frozenset({"imo", "mmsi", "call_sign", "registration", "plate", "vin", "container", "wagon", "lei"})
# Lists of what belongs to a subject, with the code list of its roles.
PARTS = {
    "suspect": (("associates", "associate_role"),),
    "company": (
        ("people", "holder_role"),
        ("owners", "holder_role"),
        ("brokers", "associate_role"),
        ("fleet", "associate_role"),
        ("associates", "associate_role"),
    ),
    "conveyance": (("holders", "holder_role"), ("associates", "associate_role")),
}
GRADES = (
    ("source_reliability", "grading_source"),
    ("information_credibility", "grading_information"),
    ("handling", "grading_handling"),
)


def linked_ids(kind: str, document: Document) -> set[UUID]:
    """Return the records that a subject's document links."""
    items = [item for name, _roles in PARTS[kind] for item in document.get(name, ())]
    stated = [item.get("record") for item in (*items, *document.get("entries", ()))]
    return {found for text in stated if text and (found := as_id(text)) is not None}


def identity_facts(kind: str, document: Document, language: str, doubted: Iterable[str]) -> Iterator[FactView]:
    """Yield the identity, names first; what a warning doubts is marked."""
    marks = set(doubted)
    yield from _names(kind, document, language)
    for birth in document.get("births", ()):
        path = f"births[{birth['id']}]"
        parts = [write_date(birth["date"], language)] if birth.get("date") else []
        parts += [birth[name] for name in ("place",) if birth.get(name)]
        parts += [write_code("country", birth["country"], language)] if birth.get("country") else []
        parts += [birth["source"]] if birth.get("source") else []
        is_doubted = any(mark.startswith(path) for mark in marks)
        yield FactView(translate("Born", language), (_joined(parts, language),), is_doubted=is_doubted)
    yield from _numbers(kind, document, language)
    for name in PLAIN[kind]:
        if document.get(name):
            written = write_at(name, document[name], language, kind)
            yield FactView(write_field(name, language, kind), (written,), is_code=name in CODES)
    yield from _addresses(document, language)
    yield from _accounts(document, language)
    for mark in document.get("marks", ()):
        parts = [write_code("mark_kind", mark["kind"], language)] if mark.get("kind") else []
        parts += [mark[part] for part in ("place", "description") if mark.get(part)]
        yield FactView(translate("Mark", language), (_joined(parts, language),))
    for listed in document.get("lists", ()):
        parts = [listed[part] for part in ("list", "number") if listed.get(part)]
        parts += [write_date(listed["on"], language)] if listed.get("on") else []
        yield FactView(translate("Published list", language), (_joined(parts, language),))


def _names(kind: str, document: Document, language: str) -> Iterator[FactView]:
    """Yield names by their type, each in its own script."""
    types = "company_name_type" if kind == "company" else "name_type"
    by_type: dict[str, list[str]] = {}
    for name in document.get("names", ()):
        if not name.get("text"):
            continue
        label = write_code(types, name["type"], language) if name.get("type") else translate("Name", language)
        until = translate("until {day}", language, day=write_date(name["until"], language)) if name.get("until") else ""
        by_type.setdefault(label, []).append(_isolated(name["text"], language) + (f" {until}" if until else ""))
    for flag in document.get("former_flags", ()):
        if flag.get("country"):
            label = write_field("former_flags", language, kind)
            by_type.setdefault(label, []).append(write_code("country", flag["country"], language))
    yield from (FactView(label, tuple(texts)) for label, texts in by_type.items())


def _numbers(kind: str, document: Document, language: str) -> Iterator[FactView]:
    for found in document.get("documents", ()):
        label = write_code("identity_document", found["kind"], language) if found.get("kind") else ""
        parts = [found["number"]] if found.get("number") else []
        parts += [write_code("country", found["country"], language)] if found.get("country") else []
        if found.get("expires"):
            parts.append(translate("expires {day}", language, day=write_date(found["expires"], language)))
        yield FactView(label or translate("Document", language), (_joined(parts, language),), is_code=True)
    for found in document.get("registrations", ()):
        label = write_code("registration_kind", found["kind"], language) if found.get("kind") else ""
        parts = [found["number"]] if found.get("number") else []
        parts += [write_code("country", found["country"], language)] if found.get("country") else []
        yield FactView(label or translate("Registration number", language), (_joined(parts, language),), is_code=True)


def _addresses(document: Document, language: str) -> Iterator[FactView]:
    for found in document.get("addresses", ()):
        label = write_code("address_kind", found["kind"], language) if found.get("kind") else ""
        parts = [found[name] for name in ("text", "postcode", "city") if found.get(name)]
        parts += [write_code("country", found["country"], language)] if found.get("country") else []
        yield FactView(label or translate("Address", language), (_joined(parts, language),))


def _accounts(document: Document, language: str) -> Iterator[FactView]:
    for found in document.get("accounts", ()):
        label = write_code("account_kind", found["kind"], language) if found.get("kind") else ""
        parts = [found[name] for name in ("number", "institution", "holder") if found.get(name)]
        yield FactView(label or translate("Account", language), (_joined(parts, language),), is_code=True)


def part_views(kind: str, document: Document, seen: Seen, language: str) -> Iterator[tuple[str, tuple[PartView, ...]]]:
    """Yield (label, members) of every list of what belongs to a subject, the present ones first."""
    for name, roles in PARTS[kind]:
        items = sorted(document.get(name, ()), key=lambda item: bool(item.get("until")))
        if items:
            yield write_field(name, language, kind), tuple(_part(item, roles, seen, language) for item in items)


def _part(item: Document, roles: str, seen: Seen, language: str) -> PartView:
    key = as_id(item.get("record") or "")
    record = seen.get(key) if key else None
    name = record_title(record, language) if record else item.get("name") or ""
    return PartView(
        id=item["id"],
        role=write_code(roles, item["role"], language) if item.get("role") else "",
        name=name,
        url=_address(record) if record else "",
        share=f"{item['share']} %" if item.get("share") else "",
        period=_period(item, language),
        standing=str(head_summary(record).get("standing") or "") if record else "",
        note=item.get("note") or "",
    )


def naming_part(record: Record, item: Document, roles: str, language: str) -> PartView:
    """Make a part of the record that names a subject, with the role, share and period that it states."""
    return replace(_part(item, roles, {}, language), name=record_title(record, language), url=_address(record))


def _address(record: Record) -> str:
    return address_of(record.type, record.id)


def _period(item: Document, language: str) -> str:
    since, until = item.get("since"), item.get("until")
    if since and until:
        first, last = write_date(since, language), write_date(until, language)
        return translate("{first} to {last}", language, first=first, last=last)
    if since:
        return translate("since {day}", language, day=write_date(since, language))
    return translate("until {day}", language, day=write_date(until, language)) if until else ""


def _joined(parts: Iterable[str], language: str) -> str:
    """Join the parts of one fact; in a script from the right, each keeps its own direction."""
    written = comma(language).join(_isolated(part, language) for part in parts)
    return f"\u200f{written}" if language.startswith("ar") else written  # isolated parts say no direction of the whole


def _isolated(text: str, language: str) -> str:
    return f"\u2068{text}\u2069" if language.startswith("ar") else text


def entry_views(document: Document, seen: Seen, language: str) -> Iterator[EntryView]:
    """Yield the suspicions, the newest first."""
    for item in sorted(document.get("entries", ()), key=lambda entry: entry.get("on") or "", reverse=True):
        key = as_id(item.get("record") or "")
        record = seen.get(key) if key else None
        grades = [(item[name], write_code(codes, item[name], language)) for name, codes in GRADES if item.get(name)]
        yield EntryView(
            id=item["id"],
            on=item.get("on") or "",
            offence=write_code("offence_type", item["offence"], language) if item.get("offence") else "",
            commodity=write_code("commodity", item["commodity"], language) if item.get("commodity") else "",
            grounds=item.get("grounds") or "",
            modus_operandi=item.get("modus_operandi") or "",
            grading="-".join(code.upper() for code, _words in grades),
            grading_words=comma(language).join(words for _code, words in grades),
            source=item.get("source") or "",
            record_url=_address(record) if record else "",
            record=(record.reference or "") if record else "",
        )


def sighting_views(document: Document, language: str) -> Iterator[SightingView]:
    """Yield where it was seen, the newest first."""
    for item in sorted(document.get("sightings", ()), key=lambda found: found.get("on") or "", reverse=True):
        parts = [write_code("place", item["locode"], language)] if item.get("locode") else []
        parts += [item["place"]] if item.get("place") else []
        parts += [write_code("country", item["country"], language)] if item.get("country") else []
        yield SightingView(
            on=item.get("on") or "",
            place=comma(language).join(parts),
            bound_for=item.get("bound_for") or "",
            source=item.get("source") or "",
            note=item.get("note") or "",
        )


def keeping_facts(kind: str, document: Document, language: str) -> Iterator[FactView]:
    """Yield why the record is kept and until when."""
    basis = [write_code("legal_basis", document["legal_basis"], language)] if document.get("legal_basis") else []
    basis += [document["legal_provision"]] if document.get("legal_provision") else []
    yield FactView(translate("Basis", language), (comma(language).join(basis) or translate("not stated", language),))
    for name, label in (("review_on", N_("Review")), ("expires_on", N_("Ends"))):
        stated = document.get(name)
        written = write_date(stated, language) if stated else translate("not set", language)
        yield FactView(translate(label, language), (written,))
