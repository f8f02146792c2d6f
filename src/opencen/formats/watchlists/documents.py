"""Entries of published lists as documents: suspects, companies, conveyances."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from opencen.formats.watchlists.countries import country_code
from opencen.formats.watchlists.listed import Listed, ListedBirth, ListedDocument, ListedName, ListedPlace
from opencen.formats.watchlists.remarks import read_date
from opencen.kernel.errors import Invalid
from opencen.kernel.partial_dates import PartialDate

Document = dict[str, Any]
LONGEST_LINE = 400
LONGEST_PROSE = 20_000
_TYPES = {"person": "suspect", "company": "company", "vessel": "conveyance", "aircraft": "conveyance"}
_PERSON_NAMES = {
    "main": "full",
    "alias": "alias",
    "former": "former",
    "now": "alias",
    "original_script": "transliteration",
}
_COMPANY_NAMES = {**_PERSON_NAMES, "main": "registered"}
_SCRIPTS = (
    (0x0600, 0x06FF, "arab"),
    (0x0400, 0x04FF, "cyrl"),
    (0x4E00, 0x9FFF, "hans"),
    (0xAC00, 0xD7AF, "kore"),
    (0x3040, 0x30FF, "jpan"),
    (0x0590, 0x05FF, "hebr"),
)
_LEI = re.compile(r"LEI\b|Legal Entity Ident", re.IGNORECASE)
_IDENTITY = (
    (r"diplomatic passport", "passport.diplomatic"),
    (r"(service|official) passport", "passport.service"),
    (r"passport|passeport|pasaporte", "passport"),
    (r"travel document|refugee", "passport.refugee"),
    (r"tax|r\.?f\.?c|nit|ruc|rif|fiscal|c\.u\.i\.t|nuit|fein", "tax_number"),
    (r"ssn|social security", "social_security"),
    (r"driver", "driving_licence"),
    (r"electoral|i\.f\.e", "voter_card"),
    (r"residency|residencia", "residence_permit"),
    (r"birth certificate", "birth_certificate"),
    (r"military|militar|ration|fardc", "military_card"),
    (r"seafarer", "seafarer_book"),
    (r"national|identi|cedula|d\.n\.i|personal|id card|citizen|c\.u\.r\.p|carte|numero", "identity_card"),
)
_REGISTRATION = (
    (r"v\.?a\.?t", "vat"),
    (r"tax|nit|ruc|rif|r\.f\.c|fiscal|fein|inn\b|c\.u\.i\.t|rtn", "tax"),
    (r"d-u-n-s", "duns"),
    (r"(company|identification) number imo", "imo_company"),
    (
        r"regist|company|folio|matricula|gazette|commerc|chamber|c\.r\.|ogrn|incorporation|business|enterprise|charity",
        "trade_register",
    ),
)


def document_of(listed: Listed, title: str) -> tuple[str, Document]:
    """Return the type of record and the document that an entry becomes; `title` names the list."""
    kind = _TYPES[listed.kind]
    builders = {"suspect": _suspect, "company": _company, "conveyance": _conveyance}
    document = {**_shared(listed, title), **builders[kind](listed)}
    return kind, {name: value for name, value in document.items() if value not in ("", None, [], {})}


def gone_document(document: Document, day: str) -> Document:
    """Return a document that says since when its list no longer names the subject."""
    lists = [{**item, "until": day} for item in document.get("lists", ())]
    return {**document, "lists": lists}


def _shared(listed: Listed, title: str) -> Document:
    on = listed.listed_on if _is_date(listed.listed_on) else ""
    source = {"id": "list", "list": _line(title), "number": _line(listed.reference or listed.key), "on": on}
    return {
        "form": "full",
        "legal_basis": "sanctions",
        "legal_provision": _line(", ".join(listed.programmes)),
        "lists": [_filled(source)],
        "note": _note(listed),
    }


def _note(listed: Listed) -> str:
    """Join what has no field of its own: the remarks as they stand, and what they do not hold already."""
    parts = [listed.remarks]
    parts += [fact for fact in listed.unread if fact not in listed.remarks]
    parts += [place.text for place in listed.birth_places if len(place.text) > LONGEST_LINE]
    parts += [birth.note for birth in listed.births if birth.note and not birth.at]
    parts += [f"{word}: {text}" for word, text in _unplaced(listed)]
    return "\n".join(part for part in parts if part.strip())[:LONGEST_PROSE]


def _unplaced(listed: Listed) -> Iterator[tuple[str, str]]:
    """Yield what one kind of record has no field for."""
    if listed.kind == "person":
        yield from (("website", text) for text in listed.websites)
        yield from (("established", text) for text in (listed.established,) if text)
    else:
        yield from (("born", birth.at) for birth in listed.births if birth.at)
        yield from (("place of birth", place.text) for place in listed.birth_places)
        yield from (("title", text) for text in listed.titles)
        yield from (("sex", text) for text in (listed.sex,) if text)
    if listed.kind not in ("person", "company"):
        contacts = (*listed.phones, *listed.emails, *listed.websites, *listed.accounts)
        yield from (("contact", text) for text in contacts)
        yield from (("address", place.text) for place in listed.addresses if place.text)
        yield from ((document.label, document.number) for document in listed.documents)
        yield from (("established", text) for text in (listed.established,) if text)
    texts = (*listed.nationalities, *listed.citizenships)
    unknown = texts if listed.kind != "person" else tuple(text for text in texts if not country_code(text))
    yield from (("nationality", text) for text in unknown)


def _suspect(listed: Listed) -> Document:
    nationalities = [country_code(text) for text in (*listed.nationalities, *listed.citizenships)]
    return {
        "standing": "mentioned",
        "sex": listed.sex,
        "names": _items(_person_name(name) for name in listed.names),
        "births": _items(_births(listed)),
        "nationalities": list(dict.fromkeys(code for code in nationalities if code)),
        "documents": _items(_identity(found) for found in listed.documents),
        "addresses": _items(_address(place) for place in listed.addresses),
        "phones": _lines(listed.phones),
        "emails": _lines(listed.emails),
        "accounts": _items({"kind": "wallet", "number": _line(text)} for text in listed.accounts),
        "occupation": _line("; ".join(listed.titles)),
        "associates": _associates(listed),
    }


def _company(listed: Listed) -> Document:
    lei = next((found.number for found in listed.documents if _LEI.match(found.label)), "")
    country = next((code for place in listed.addresses if (code := country_code(place.country))), "")
    return {
        "standing": "mentioned",
        "names": _items(_company_name(name) for name in listed.names),
        "country": country,
        "founded": listed.established if _is_date(listed.established) else "",
        "registrations": _items(_registration(found) for found in listed.documents),
        "lei": _line(lei),
        "addresses": _items(_address(place) for place in listed.addresses),
        "phones": _lines(listed.phones),
        "emails": _lines(listed.emails),
        "websites": _lines(listed.websites),
        "accounts": _items({"kind": "wallet", "number": _line(text)} for text in listed.accounts),
        "associates": _associates(listed),
    }


def _conveyance(listed: Listed) -> Document:
    craft = listed.craft
    assert craft is not None
    is_vessel = listed.kind == "vessel"
    owners = [{"role": "registered_owner", "name": _line(craft.owner)}] if craft.owner else []
    flags = [{"country": code} for text in craft.former_flags if (code := country_code(text))]
    described = [craft.type] if craft.type else []
    described += [f"construction number {craft.construction_number}"] if craft.construction_number else []
    described += [f"former flag {text}" for text in craft.former_flags if not country_code(text)]
    described += [f"flag {craft.flag}"] if craft.flag and not country_code(craft.flag) else []
    built = _built(craft.manufactured)
    described += [f"built {craft.manufactured}"] if craft.manufactured and not built else []
    described += [f"serial number {craft.serial}"] if craft.serial else []
    described += [
        f"{word} {text}"
        for word, text in (("tonnage", craft.tonnage), ("gross tonnage", craft.gross_tonnage))
        if text and not _number(text)
    ]
    return {
        "kind": "vessel" if is_vessel else "aircraft",
        "names": _items(_craft_name(name) for name in listed.names),
        "imo": _line(craft.imo),
        "mmsi": _line(craft.mmsi),
        "call_sign": _line(craft.call_sign),
        "flag": country_code(craft.flag),
        "former_flags": _items(flags),
        "registration": _line(craft.tail_number or ("" if is_vessel else listed.names[0].text)),
        "model": _line(craft.model),
        "built": built,
        "gross_tonnage": _number(craft.gross_tonnage),
        "deadweight": _number(craft.tonnage),
        "operator": _line(craft.operator),
        "holders": _items(owners),
        "description": "\n".join(described),
        "associates": _associates(listed),
    }


def _person_name(name: ListedName) -> Document:
    order = "family_first" if name.family and name.text.startswith(name.family) else ""
    return _filled(
        {
            "id": f"a{name.key}" if name.key else "",
            "text": _line(name.text),
            "type": _PERSON_NAMES[name.use],
            "script": script_of(name.text),
            "order": order,
            "given": _line(name.given),
            "family": _line(name.family),
            "quality": name.quality,
        }
    )


def _company_name(name: ListedName) -> Document:
    key = f"a{name.key}" if name.key else ""
    kind = _COMPANY_NAMES[name.use]
    return _filled({"id": key, "text": _line(name.text), "type": kind, "script": script_of(name.text)})


def _craft_name(name: ListedName) -> Document:
    return _filled({"id": f"a{name.key}" if name.key else "", "text": _line(name.text), "script": script_of(name.text)})


def _births(listed: Listed) -> Iterator[Document]:
    """Yield dates and places of birth; one of each belong together, more stay apart."""
    dates = [birth for birth in listed.births if birth.at]
    places = [place for place in listed.birth_places if place.text]
    if len(dates) == len(places) == 1:
        yield {**_birth_date(dates[0]), **_birth_place(places[0])}
        return
    yield from (_birth_date(birth) for birth in dates)
    yield from (_birth_place(place) for place in places)


def _birth_date(birth: ListedBirth) -> Document:
    said = [f"{birth.at} to {birth.until}" if birth.until else "", "about" if birth.is_about else "", birth.note]
    at = birth.at if _is_date(birth.at) else ""
    said += [birth.at] if not at else []
    return _filled({"date": at, "source": _line("; ".join(part for part in said if part))})


def _birth_place(place: ListedPlace) -> Document:
    code = country_code(place.country)
    parts = (place.street, place.city, place.region, place.postcode, "" if code else place.country)
    text = ", ".join(part for part in parts if part)
    found = {"place": _line(text), "country": code}
    return _filled(found | ({"source": _line(place.note)} if place.note else {}))


def _identity(found: ListedDocument) -> Document:
    code = country_code(found.country)
    note = [found.note, found.country if found.country and not code else ""]
    kind = _kind(found.label, _IDENTITY)
    note += [found.label] if kind == "other" or (found.label and not found.number) else []
    return _filled(
        {
            "kind": kind,
            "number": _line(found.number),
            "country": code,
            "issued": found.issued if _is_date(found.issued) else "",
            "expires": found.expires if _is_date(found.expires) else "",
            "note": _line("; ".join(part for part in note if part)),
        }
    )


def _registration(found: ListedDocument) -> Document:
    kind = _kind(found.label, _REGISTRATION)
    number = found.number if kind != "other" else f"{found.label} {found.number}"
    since = found.issued if _is_date(found.issued) else ""
    return _filled({"kind": kind, "number": _line(number), "country": country_code(found.country), "since": since})


def _address(place: ListedPlace) -> Document:
    code = country_code(place.country)
    parts = (place.street, place.region, "" if code else place.country, place.note)
    return _filled(
        {
            "id": f"d{place.key}" if place.key else "",
            "text": _line(", ".join(part for part in parts if part)),
            "city": _line(place.city),
            "postcode": _line(place.postcode),
            "country": code,
        }
    )


def _associates(listed: Listed) -> list[Document]:
    return _items({"role": "other", "name": _line(text)} for text in listed.linked_to)


def script_of(text: str) -> str:
    """Name the script of the first letter that tells one."""
    for sign in text:
        for first, last, name in _SCRIPTS:
            if first <= ord(sign) <= last:
                return name
    return "latn" if any(sign.isalpha() for sign in text) else ""


def _kind(label: str, kinds: Iterable[tuple[str, str]]) -> str:
    plain = label.lower()
    return next((code for pattern, code in kinds if re.search(pattern, plain)), "other")


def _items(parts: Iterable[Document]) -> list[Document]:
    """Give every item an id of its own content, so that a refresh finds it again; what repeats is left out."""
    found: dict[str, Document] = {}
    for part in parts:
        content = {name: value for name, value in part.items() if name != "id"}
        if content or part.get("id"):
            digest = sha256(repr(sorted(content.items())).encode()).hexdigest()[:12]
            key = part.get("id") or f"i{digest}"
            found.setdefault(key, {"id": key, **content})
    return list(found.values())


def _filled(part: Document) -> Document:
    return {name: value for name, value in part.items() if value not in ("", None)}


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_LINE]


def _lines(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(_line(text) for text in texts if text.strip()))


def _is_date(text: str) -> bool:
    if not text:
        return False
    try:
        PartialDate.parse(text)
    except Invalid:
        return False
    return True


def _built(text: str) -> str:
    from_words = re.fullmatch(r"(\d{1,2} )?([A-Z][a-z]{2} )?(\d{4})", text)
    if from_words is None:
        return text if _is_date(text) else ""
    return read_date(text)


def _number(text: str) -> str:
    plain = text.replace(",", "")
    return plain if re.fullmatch(r"\d{1,12}(\.\d{1,4})?", plain) else ""
