"""The persons, companies and means of transport of a case, with the records they are linked to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.languages import comma
from opencen.records.linking import as_id
from opencen.records.lock import visible_to
from opencen.records.models import Record
from opencen.records.texts import translate, write_code, write_date
from opencen.records.titles import head_summary, record_title
from opencen.records.types import address_of
from opencen.seizures.queries.shapes import PartyView

Canonical = dict[str, Any]
Parties = tuple[PartyView, ...]
SUBJECTS = ("suspect", "company", "conveyance")


def linked_records(actor: Actor, document: Canonical, by_hand: Iterable[UUID] = ()) -> dict[str, Record]:
    """Return the records that a case links and that the reader may see, in one query where it links any."""
    ids = [found for _item, link in party_links(document) if (found := as_id(link)) is not None]
    ids += by_hand
    return {str(record.id): record for record in visible_to(actor).filter(pk__in=ids)} if ids else {}


def linked_parties(
    document: Canonical, roles: Iterable[tuple[UUID, str]], seen: Mapping[str, Record], language: str
) -> Parties:
    """Make parties of the persons, companies and means of transport that officers linked a case to.

    `roles` says what the case is to each; what the case states itself is not repeated.
    """
    stated = {link for _item, link in party_links(document)}
    found: dict[str, PartyView] = {}
    for other, role in roles:
        record = seen.get(str(other))
        if record is not None and record.type in SUBJECTS and str(other) not in stated:
            found.setdefault(str(other), _party_by_hand(record, role, language))
    return tuple(found.values())


def _party_by_hand(record: Record, role: str, language: str) -> PartyView:
    standing = str(head_summary(record).get("standing") or "")
    inverse = get_list("link_role").attribute(role, "inverse") if role else None
    return PartyView(
        id=str(record.id),
        is_person=record.type == "suspect",
        role=write_code("link_role", str(inverse or role), language) if role else "",
        name=record_title(record, language),
        standing=standing,
        standing_label=write_code("standing", standing, language) if standing else "",
        note=translate("linked by an officer", language),
        offences="",
        is_minor=False,
        identified="",
        kind=record.type,
        url=address_of(record.type, record.id),
        is_linked=True,
    )


def party_views(document: Canonical, language: str, seen: Mapping[str, Record] = MappingProxyType({})) -> Parties:
    """Make the persons and companies of a case, the parties of consignments with them.

    `seen` holds the records that they link and that the reader may see; of others, a party says nothing.
    """
    found = (*_consignment_parties(document, language), *_companies(document, language), *_persons(document, language))
    links = dict(party_links(document))
    return tuple(_linked(party, links.get(party.id, ""), seen) for party in found)


def conveyance_views(document: Canonical, language: str, seen: Mapping[str, Record]) -> Parties:
    """Make the means of transport of a case, each with its record where the reader may see it.

    One of which nothing but its mode is known goes by its mode.
    """
    views = []
    for item in document.get("conveyances", ()):
        names = [item[name] for name in ("name", "vessel_imo", "flight", "plate", "vin", "wagon") if item.get(name)]
        mode = write_code("conveyance_mode", item["mode"], language) if item.get("mode") else ""
        if names or mode:
            view = PartyView(
                id=item["id"],
                is_person=False,
                role=mode if names else "",
                name=comma(language).join(names) or mode,
                standing="",
                standing_label="",
                note="",
                offences="",
                is_minor=False,
                identified="",
                kind="conveyance",
            )
            views.append(_linked(view, item.get("record") or "", seen))
    return tuple(views)


def party_links(document: Canonical) -> Iterator[tuple[str, str]]:
    """Yield (item id, linked record) of every person, company and means of transport that links one."""
    for held, field in (("persons", "suspect"), ("companies", "company"), ("conveyances", "record")):
        for item in document.get(held, ()):
            if item.get(field):
                yield item["id"], item[field]


def _linked(party: PartyView, link: str, seen: Mapping[str, Record]) -> PartyView:
    kind = party.kind or ("suspect" if party.is_person else "company")
    record = seen.get(link)
    url = address_of(record.type, record.id) if record else ""
    return replace(party, kind=kind, url=url, is_linked=bool(link))


def _companies(document: Canonical, language: str) -> Iterator[PartyView]:
    for item in document.get("companies", ()):
        country = write_code("country", item["country"], language) if item.get("country") else ""
        yield _party(document, item, country, language, is_person=False)


def _persons(document: Canonical, language: str) -> Iterator[PartyView]:
    for item in document.get("persons", ()):
        yield _party(document, item, _person_note(item, language), language, is_person=True)


def _person_note(item: Canonical, language: str) -> str:
    parts = []
    if item.get("nationality"):
        parts.append(write_code("country", item["nationality"], language))
    year = str(item.get("birth_date") or item.get("birth_year") or "")[:4]
    if year:
        parts.append(translate("born {year}", language, year=year))
    if arrested := (item.get("arrest") or {}).get("at"):
        parts.append(translate("arrested {day}", language, day=write_date(arrested, language)))
    return " · ".join(parts)


def _party(document: Canonical, item: Canonical, note: str, language: str, *, is_person: bool) -> PartyView:
    roles = "person_role" if is_person else "company_role"
    standing = item.get("standing") or ""
    return PartyView(
        id=item["id"],
        is_person=is_person,
        role=write_code(roles, item["role"], language) if item.get("role") else "",
        name=item.get("name") or "",
        standing=standing,
        standing_label=write_code("standing", standing, language) if standing else "",
        note=note,
        offences=comma(language).join(_offences(document, item["id"], language)),
        is_minor=bool(item.get("minor")),
        identified=write_code("person_identified", item["identified"], language) if item.get("identified") else "",
    )


def _offences(document: Canonical, item_id: str, language: str) -> Iterator[str]:
    for offence in document.get("offences", ()):
        if item_id in (offence.get("person"), offence.get("company")):
            kind = write_code("offence_type", offence["kind"], language) if offence.get("kind") else ""
            yield comma(language).join(part for part in (kind, offence.get("provision")) if part)


def _consignment_parties(document: Canonical, language: str) -> Iterator[PartyView]:
    """Yield consignor, consignee and declarant of each consignment that no company of the case repeats."""
    named = {item.get("name") for item in document.get("companies", ())}
    for consignment in document.get("consignments", ()):
        for role in ("consignee", "consignor", "declarant"):
            name = consignment.get(role)
            if not name or name in named:
                continue
            named.add(name)
            country = consignment.get(f"{role}_country")
            yield PartyView(
                id=f"{consignment['id']}.{role}",
                is_person=False,
                role=write_code("company_role", role, language),
                name=name,
                standing="mentioned",
                standing_label=write_code("standing", "mentioned", language),
                note=write_code("country", country, language) if country else "",
                offences="",
                is_minor=False,
                identified="",
            )
