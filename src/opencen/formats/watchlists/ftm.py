"""FollowTheMoney entities, one JSON object a line: persons, companies, vessels and aircraft with their addresses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from opencen.formats.watchlists.guarding import check_bytes, read_text
from opencen.formats.watchlists.listed import (
    Craft,
    Listed,
    ListedBirth,
    ListedDocument,
    ListedKind,
    ListedName,
    ListedPlace,
    ParsedList,
)
from opencen.kernel.errors import Invalid

NAME = "ftm"
FILES = ("json",)
_KINDS: dict[str, ListedKind] = {
    "Person": "person",
    "Company": "company",
    "Organization": "company",
    "LegalEntity": "company",
    "PublicBody": "company",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
_DOCUMENTS = {
    "passportNumber": "Passport",
    "idNumber": "National ID",
    "taxNumber": "Tax number",
    "vatCode": "VAT",
    "registrationNumber": "Registration number",
    "leiCode": "LEI",
    "swiftBic": "SWIFT/BIC",
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "dunsCode": "D-U-N-S Number",
    "socialSecurityNumber": "Social Security Number",
    "isinCode": "ISIN",
}
_EXPECTED = "id, schema, properties"
Entity = dict[str, Any]


def parse(files: Mapping[str, bytes]) -> ParsedList:
    """Read the file; what is neither listed itself nor an address is a relation, and is counted as one."""
    if "json" not in files:
        raise Invalid("watchlist.file_missing", path="file", missing="json")
    check_bytes(files["json"])
    entities = list(_entities(read_text(files["json"])))
    by_id = {entity["id"]: entity for entity in entities}
    if len(by_id) != len(entities):
        raise Invalid("watchlist.repeated_id", path="file", count=len(entities) - len(by_id))
    counts = Counter(str(entity["schema"]) for entity in entities)
    mentions = _relations(entities, by_id)
    found = [_entry(one, by_id, mentions) for one in entities if one["schema"] in _KINDS]
    if not found:
        raise Invalid("watchlist.empty", path="file")
    return ParsedList(NAME, tuple(found), counts=dict(counts))


def _entities(text: str) -> Iterator[Entity]:
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
        except json.JSONDecodeError:
            code = "watchlist.truncated" if number == len(lines) else "watchlist.line_unreadable"
            raise Invalid(code, path="file", line=number) from None
        is_entity = isinstance(entity, dict) and isinstance(entity.get("properties"), dict)
        if not is_entity or not entity.get("id") or not entity.get("schema"):
            raise Invalid(
                "watchlist.version", path="file", line=number, found=line[:40], expected="id, schema, properties"
            )
        yield entity


def _relations(entities: list[Entity], by_id: Mapping[str, Entity]) -> dict[str, list[str]]:
    """Tell of each listed one what relations say of it: the other end by name, and what kind of relation it is."""
    found: dict[str, list[str]] = {}
    for entity in entities:
        if entity["schema"] in _KINDS or entity["schema"] == "Address":
            continue
        ends = [value for values in entity["properties"].values() for value in values if value in by_id]
        for end in ends:
            others = [_first(by_id[other], "name") for other in ends if other != end]
            found.setdefault(end, []).extend(f"{entity['schema']}: {other}" for other in others if other)
    return {key: list(dict.fromkeys(values)) for key, values in found.items()}


def _all(entity: Entity, *names: str) -> tuple[str, ...]:
    values = (str(value) for name in names for value in entity["properties"].get(name, ()))
    return tuple(dict.fromkeys(value for value in values if value))


def _first(entity: Entity, *names: str) -> str:
    return next(iter(_all(entity, *names)), "")


def _entry(entity: Entity, by_id: Mapping[str, Entity], mentions: Mapping[str, list[str]]) -> Listed:
    kind = _KINDS[entity["schema"]]
    countries = _all(entity, "nationality") if kind == "person" else ()
    return Listed(
        key=str(entity["id"]),
        kind=kind,
        names=tuple(_names(entity)),
        reference=_first(entity, "sourceUrl")[:200],
        programmes=_all(entity, "program", "topics"),
        updated_on=_first(entity, "modifiedAt")[:10],
        sex=_first(entity, "gender") if _first(entity, "gender") in ("male", "female") else "",  # type: ignore[arg-type]
        titles=_all(entity, "position", "title"),
        births=tuple(ListedBirth(value[:10]) for value in _all(entity, "birthDate")),
        birth_places=tuple(ListedPlace(city=value) for value in _all(entity, "birthPlace")),
        nationalities=countries,
        citizenships=_all(entity, "citizenship"),
        documents=tuple(
            ListedDocument(label, value) for name, label in _DOCUMENTS.items() for value in _all(entity, name)
        ),
        addresses=tuple(_addresses(entity, by_id)),
        phones=_all(entity, "phone"),
        emails=_all(entity, "email"),
        websites=_all(entity, "website"),
        accounts=_all(entity, "publicKey", "ibanCode"),
        established=_first(entity, "incorporationDate")[:10],
        linked_to=tuple(mentions.get(entity["id"], ())),
        craft=_craft(entity) if kind in ("vessel", "aircraft") else None,
        remarks="\n".join(_all(entity, "summary", "description", "notes")),
        unread=tuple(_unread(entity)),
    )


def _names(entity: Entity) -> Iterator[ListedName]:
    names = _all(entity, "name")
    for place, text in enumerate(names):
        family, given = (_first(entity, "lastName"), _first(entity, "firstName")) if place == 0 else ("", "")
        yield ListedName(text, "alias" if place else "main", family, given, "good")
    yield from (ListedName(text, quality="good") for text in _all(entity, "alias"))
    yield from (ListedName(text, quality="low") for text in _all(entity, "weakAlias"))
    yield from (ListedName(text, "former", quality="good") for text in _all(entity, "previousName"))


def _addresses(entity: Entity, by_id: Mapping[str, Entity]) -> Iterator[ListedPlace]:
    for key in entity["properties"].get("addressEntity", ()):
        if key not in by_id:
            raise Invalid("watchlist.unresolved", path="file", count=1, first=key)
        address = by_id[key]
        country = _first(address, "country") or _first(entity, "country")
        street, city = _first(address, "street"), _first(address, "city")
        street = street or ("" if city else _first(address, "full"))
        yield ListedPlace(key[:40], street, city, _first(address, "region"), _first(address, "postalCode"), country)
    for text in _all(entity, "address"):
        yield ListedPlace(street=text, country=_first(entity, "country"))
    if not entity["properties"].get("addressEntity") and not _all(entity, "address"):
        yield from (ListedPlace(country=country) for country in _all(entity, "country"))


def _craft(entity: Entity) -> Craft:
    return Craft(
        imo=_first(entity, "imoNumber"),
        mmsi=_first(entity, "mmsi"),
        call_sign=_first(entity, "callSign"),
        type=_first(entity, "type"),
        tonnage=_first(entity, "deadweightTonnage", "tonnage"),
        gross_tonnage=_first(entity, "grossRegisteredTonnage"),
        flag=_first(entity, "flag", "country"),
        former_flags=_all(entity, "pastFlags"),
        owner=_first(entity, "owner"),
        operator=_first(entity, "operator"),
        model=_first(entity, "model"),
        serial=_first(entity, "serialNumber"),
        manufactured=_first(entity, "buildDate"),
        tail_number=_first(entity, "registrationNumber"),
    )


_READ = {
    *_DOCUMENTS, "name", "alias", "weakAlias", "previousName", "lastName", "firstName", "sourceUrl", "program",
    "topics", "modifiedAt", "gender", "position", "title", "birthDate", "birthPlace", "nationality", "citizenship",
    "phone", "email", "website", "publicKey", "ibanCode", "incorporationDate", "summary", "description", "notes",
    "addressEntity", "address", "country",
}  # fmt: skip
_CRAFT_READ = {
    "imoNumber", "mmsi", "callSign", "type", "deadweightTonnage", "tonnage", "grossRegisteredTonnage", "flag",
    "pastFlags", "owner", "operator", "model", "serialNumber", "buildDate", "registrationNumber",
}  # fmt: skip


def _unread(entity: Entity) -> Iterator[str]:
    known = _READ | (_CRAFT_READ if _KINDS[entity["schema"]] in ("vessel", "aircraft") else set())
    for name, values in entity["properties"].items():
        if name not in known:
            yield f"{name}: {'; '.join(map(str, values))}"
