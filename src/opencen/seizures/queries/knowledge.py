"""What we already know of an entry while it is typed: earlier cases and clean checks with the same numbers and ways.

Everything is counted within what the reader may see; a number that only others have seen is not known here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.db.models import QuerySet

from opencen.accounts.queries import office_tree
from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.languages import comma
from opencen.kernel.text import fold, identifier_key
from opencen.records.effective import effective_schema
from opencen.records.lock import visible_to
from opencen.records.models import IndexValue, MediaObject, MediaUse, Record
from opencen.records.paths import walk_leaves
from opencen.records.projection import index_key
from opencen.records.search.queries import search
from opencen.records.search.request import SearchRequest
from opencen.records.texts import translate, write_code, write_date, write_field
from opencen.records.types import address_of, domain_names
from opencen.seizures.queries.known_records import items_of, known_records
from opencen.seizures.titles import record_title

Document = Mapping[str, Any]

MOST = 1000
_NEWEST = 3
_ENTRIES = 12
_MANY_ITEMS = 12

# The fields whose earlier values are worth telling, in the order of their weight: (path, also in controls as).
ASKED: tuple[tuple[str, str], ...] = (
    ("consignments.consignee", "consignee"),
    ("consignments.consignor", ""),
    ("companies.name", "consignee"),
    ("consignments.containers.number", "container"),
    ("consignments.bill_of_lading", ""),
    ("consignments.parcel_number", ""),
    ("conveyances.plate", "plate"),
    ("conveyances.vin", ""),
    ("conveyances.vessel_imo", ""),
    ("conveyances.flight", ""),
    ("traveller.flight", ""),
    ("persons.documents.number", ""),
    ("persons.phones", ""),
    ("lines.attributes.serial", ""),
)
_KINDS = {
    "consignments": "company", "companies": "company", "conveyances": "conveyance", "traveller": "flight",
    "persons": "person", "lines": "goods",
}  # fmt: skip
_ICONS = {
    "company": "building", "conveyance": "ship", "flight": "plane", "person": "user", "goods": "box",
    "container": "package", "number": "id", "route": "route", "concealment": "snowflake",
}  # fmt: skip
_PHOTOS = 3


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known: how many cases, how many clean checks, and the last case.

    `title` is the number, party or way itself, `text` what is known of it, `count` how many cases.
    """

    kind: str
    icon: str
    path: str
    label: str
    title: str
    text: str
    count: int
    checks: int
    is_more: bool
    last: Mapping[str, str]
    newest: tuple[Mapping[str, str], ...] = ()
    url: str = ""
    photos: tuple[str, ...] = ()
    patch: Mapping[str, str] = field(default_factory=dict)


def known(actor: Actor, document: Document, record_id: UUID | None = None, kind: str = "case") -> list[dict[str, Any]]:
    """Return what earlier records, but not the entry's own, say of its people, numbers, route and concealment."""
    if not isinstance(document, dict) or kind not in domain_names():
        return []
    records = known_records(actor, kind, document, record_id)
    if kind != "case" or not actor.may("case:read"):
        return records
    found = [*_by_numbers(actor, document, record_id), *_by_ways(actor, document)]
    return [*records, *(asdict(entry) for entry in found[:_ENTRIES])]


def _by_numbers(actor: Actor, document: Document, own: UUID | None) -> Iterator[Known]:
    """Look up each indexed number and name of the entry, and which of the records behind it the reader may see."""
    keys = _keys(document)
    if not keys:
        return
    checks_as = dict(ASKED)
    by_key: dict[tuple[str, str], set[UUID]] = {}
    for path, key in keys:
        # One question a number: a name that thousands share must not crowd the others out.
        values = IndexValue.objects.filter(path__in=[path, checks_as[path]], text=key)
        for found_at, record_id in values.values_list("path", "record_id")[:MOST]:
            by_key.setdefault((found_at, key), set()).add(record_id)
    seen = _visible(actor, {record_id for ids in by_key.values() for record_id in ids} - {own})
    told: set[tuple[str, str]] = set()
    for (path, key), value in keys.items():
        cases = [seen[i] for i in by_key.get((path, key), ()) if i in seen and seen[i].type == "case"]
        checks = [seen[i] for i in by_key.get((checks_as[path], key), ()) if i in seen and seen[i].type == "control"]
        if (cases or checks) and (key, checks_as[path]) not in told:
            told.add((key, checks_as[path]))
            yield _entry(actor, path, value, cases, checks)


def _keys(document: Document) -> dict[tuple[str, str], str]:
    """Return (path, index key) of what the entry states in the fields asked for, with the value as written."""
    tree = effective_schema("case").tree
    wanted = {path for path, _ in ASKED}
    found: dict[tuple[str, str], str] = {}
    for path, _, leaf, value in _leaves(document, tree):
        plain = _plain(path)
        if plain not in wanted or len(found) >= _MANY_ITEMS:
            continue
        for single in value if isinstance(value, list) else [value]:
            if isinstance(single, str) and len(fold(single) or identifier_key(single)) > 2:
                found.setdefault((plain, index_key(leaf, single)[0]), single)
    return dict(sorted(found.items(), key=lambda pair: [path for path, _ in ASKED].index(pair[0][0])))


def _leaves(document: Document, tree: Any) -> Iterator[Any]:
    """Walk what is typed so far; what does not have the document's shape yet says nothing."""
    for name, value in document.items():
        try:
            yield from walk_leaves({name: value}, tree)
        except (AttributeError, KeyError, TypeError):
            continue


def _plain(path: str) -> str:
    return "".join(part.partition("]")[2] if index else part for index, part in enumerate(path.split("[")))


def _visible(actor: Actor, ids: Collection[UUID | None]) -> dict[UUID, Record]:
    found: dict[UUID, Record] = {}
    wanted = sorted(record_id for record_id in ids if record_id)
    for start in range(0, len(wanted), 400):
        rows: QuerySet[Record] = visible_to(actor).filter(pk__in=wanted[start : start + 400])
        found |= {row.id: row for row in rows.exclude(state="cancelled")}
    return found


def _entry(actor: Actor, path: str, value: str, cases: list[Record], checks: list[Record]) -> Known:
    language = actor.language
    newest = sorted(cases or checks, key=lambda row: (str(row.occurred_on or ""), row.created_at), reverse=True)
    clean = sum(int(orjson.loads(row.summary).get("count") or 1) for row in checks)
    parts = []
    if cases:
        parts.append(_cases_text(len(cases), language))
    if clean:
        parts.append(translate("{count} clean checks", language, count=clean))
    return Known(
        kind=_kind(path),
        icon=_ICONS[_kind(path)],
        path=path,
        label=write_field(path, language),
        title=value,
        text=comma(language).join(parts),
        count=len(cases),
        checks=clean,
        is_more=len(cases) >= MOST,
        url="/cases?" + urlencode({"q": f'"{value}"'}),
        last=_last(newest[0], language),
        newest=tuple(_last(row, language) for row in newest[:_NEWEST]),
    )


def _cases_text(count: int, language: str) -> str:
    if count == 1:
        return translate("1 earlier case", language)
    return translate("{count} earlier cases", language, count=count)


def _last(record: Record, language: str) -> dict[str, str]:
    office = office_tree().by_id.get(record.office_id)
    return {
        "id": str(record.id),
        "reference": record.reference or "",
        "title": record_title(record.type, orjson.loads(record.summary), language),
        "on": write_date(str(record.occurred_on), language) if record.occurred_on else "",
        "url": address_of(record.type, record.id),
        "office": office.name if office else "",
    }


def _kind(path: str) -> str:
    return "container" if path.endswith("containers.number") else _KINDS.get(path.partition(".")[0], "number")


def _by_ways(actor: Actor, document: Document) -> Iterator[Known]:
    """Count earlier cases on the same corridor, and with the same goods hidden in the same place."""
    legs = [leg for leg in items_of(document, "route") if isinstance(leg.get("country"), str)]
    ends = {str(leg.get("role")): str(leg["country"]) for leg in legs}
    if "departure" in ends and "destination" in ends and ends["departure"] != ends["destination"]:
        filters = {"departure": [ends["departure"]], "destination": [ends["destination"]]}
        names = [write_code("country", ends[name], actor.language) for name in ("departure", "destination")]
        yield from _counted(actor, "route", " – ".join(names), filters)
    for line in items_of(document, "lines")[:1]:
        place = (line.get("concealment") or {}).get("place") if isinstance(line.get("concealment"), dict) else None
        section = str(line.get("commodity") or "").partition(".")[0]
        if isinstance(place, str) and "." in place and section:
            goods = write_code("commodity", section, actor.language)
            label = f"{goods}: {write_code('concealment', place, actor.language)}"
            yield from _counted(actor, "concealment", label, {"concealment": [place], "commodity": [section]})


def _photos(records: Sequence[Record]) -> tuple[str, ...]:
    """Return the addresses of one photo of each of some cases."""
    ids = [record.id for record in records]
    pictures = MediaObject.objects.filter(kind="photo", erased_at=None).values("sha256")
    shown = MediaUse.objects.filter(record_id__in=ids, sha256__in=pictures).order_by("id")
    first = dict(reversed(list(shown.values_list("record_id", "sha256"))))
    return tuple(f"/media/{first[record_id]}/thumb" for record_id in ids if record_id in first)


def _counted(actor: Actor, kind: str, value: str, filters: dict[str, list[str]]) -> Iterator[Known]:
    codes = {"commodity": "commodity", "concealment": "concealment", "departure": "country", "destination": "country"}
    if any(code not in get_list(codes[name]) for name, chosen in filters.items() for code in chosen):
        return
    found = search(actor, SearchRequest(type="case", filters=filters, limit=_PHOTOS))
    if not found.total or not found.rows:
        return
    yield Known(
        kind=kind,
        icon=_ICONS[kind],
        path="route" if kind == "route" else "lines.concealment.place",
        label=write_field("route" if kind == "route" else "lines.concealment.place", actor.language),
        title=value,
        text=_cases_text(found.total, actor.language),
        count=found.total,
        checks=0,
        is_more=False,
        url="/cases?" + urlencode(filters, doseq=True),
        photos=_photos(found.rows) if kind == "concealment" else (),
        last=_last(found.rows[0], actor.language),
        newest=tuple(_last(row, actor.language) for row in found.rows[:_NEWEST]),
    )
