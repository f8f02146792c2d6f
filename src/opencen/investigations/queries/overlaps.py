"""What another team holds too, as its owner is told: what the own investigation holds, and whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import phonenumbers
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_noop as N_

from opencen.accounts.queries import name_of_user, office_tree
from opencen.investigations.models import Held, Investigation, Overlap
from opencen.investigations.queries.shapes import LinkView, OverlapView
from opencen.kernel.actor import Actor
from opencen.records.linking import as_id
from opencen.records.lock import visible_to
from opencen.records.models import Record
from opencen.records.texts import translate
from opencen.records.types import address_of

KIND_WORDS = {
    "record": N_("Same record"),
    "phone": N_("Same telephone"),
    "document": N_("Same identity document"),
    "registration": N_("Same company number"),
    "vessel": N_("Same vessel"),
    "vehicle": N_("Same vehicle"),
    "plate": N_("Same plate"),
}


def overlaps_of(actor: Actor, one: Investigation, links: Iterable[LinkView]) -> list[OverlapView]:
    """Return what the owner is told, each thing once; who leads both teams knows it already."""
    mine = Held.objects.filter(investigation=one, key=OuterRef("key"))
    rows = Overlap.objects.select_related("first__record", "second__record").filter(
        Q(first=one) | Q(second=one), Exists(mine)
    )
    rows = rows.annotate(
        held_in=Subquery(mine.values("record_id")[:1]),
        first_owner=name_of_user("first__lead_id"),
        second_owner=name_of_user("second__lead_id"),
    )
    found = [(row, row.second if row.first_id == one.pk else row.first) for row in rows.order_by("at", "id")]
    found = [(row, other) for row, other in found if other.lead_id != one.lead_id]
    if not found:
        return []
    offices = office_tree().by_id
    named = _records(actor, [row for row, _other in found])
    seen = {link.record_id: link for link in links}
    views: dict[tuple[str, str, UUID], OverlapView] = {}
    for row, other in found:
        kind, _sep, text = row.key.partition(":")
        link = seen.get(row.held_in) if row.held_in else None
        what, url = (link.reference, link.url) if link else ("", "")
        record = named.get(row.key)
        if record is not None:
            what, url = record.reference or "", address_of(record.type, record.pk)
        elif kind != "record":
            what = write_phone(text) if kind == "phone" else text
        office = offices.get(other.record.office_id)
        views.setdefault(
            (kind, what, other.lead_id),
            OverlapView(
                kind=translate(KIND_WORDS[kind], actor.language), what=what, url=url,
                owner=row.second_owner if row.first_id == one.pk else row.first_owner,
                office=office.name if office else "", at=row.at,
            ),
        )  # fmt: skip
    return list(views.values())


def write_phone(key: str) -> str:
    """Write a telephone by which two teams met as one would dial it from abroad."""
    try:
        parsed = phonenumbers.parse(f"+{key}")
    except phonenumbers.NumberParseException:
        return key
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _records(actor: Actor, rows: Iterable[Overlap]) -> Mapping[str, Record]:
    """Return the records that both hold, by the key of the overlap, those that exist for the actor."""
    asked = {row.key: as_id(row.key.partition(":")[2]) for row in rows if row.key.startswith("record:")}
    ids = [found for found in asked.values() if found is not None]
    records = visible_to(actor).in_bulk(ids) if ids else {}
    return {key: records[found] for key, found in asked.items() if found in records}
