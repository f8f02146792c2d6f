"""What records may share: a phone, a container, an account. A field says so by its annotation or by its name.

A new document type joins by stating such fields; nothing is registered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers
from django.conf import settings

from opencen.kernel.text import fold, identifier_key
from opencen.records.schema import Annotations


def _phone_key(text: str) -> str:
    """Bring a number to its international form, so that it is known again however it is written."""
    written = f"+{text.strip()[2:]}" if text.strip().startswith("00") else text
    try:
        parsed = phonenumbers.parse(written, str(settings.NODE_COUNTRY))
    except phonenumbers.NumberParseException:
        return identifier_key(text)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def _written(text: str) -> str:
    return text.strip().casefold()


@dataclass(frozen=True, slots=True)
class ThingKind:
    """A kind of thing that records share: how it is told apart, and whether sharing it suggests a link."""

    name: str
    key: Callable[[str], str] = identifier_key
    shortest: int = 4
    suggests: bool = True


KINDS = {
    kind.name: kind
    for kind in (
        ThingKind("phone", _phone_key, 6),
        ThingKind("email", _written, 6),
        ThingKind("account"),
        ThingKind("document", shortest=5),
        ThingKind("container", shortest=10),
        ThingKind("vessel", shortest=7),
        ThingKind("plate"),
        ThingKind("vehicle", shortest=11),
        ThingKind("wagon", shortest=6),
        ThingKind("flight", shortest=3),
        ThingKind("bill", shortest=6),
        ThingKind("parcel", shortest=9),
        ThingKind("address", fold, 10),
        ThingKind("registration", shortest=5),
        ThingKind("website", _written, 6),
        ThingKind("party", fold, 4, suggests=False),
    )
}

_BY_IDENTIFIER = {
    "iso6346": "container",
    "imo": "vessel",
    "mmsi": "vessel",
    "vin": "vehicle",
    "s10": "parcel",
    "iata_awb": "bill",
    "iban": "account",
    "lei": "registration",
    "vat": "registration",
    "tax": "registration",
    "phone": "phone",
    "email": "email",
}
_BY_NAME = {
    "phones": "phone",
    "phone": "phone",
    "phones.number": "phone",
    "emails": "email",
    "email": "email",
    "accounts.number": "account",
    "documents.number": "document",
    "plate": "plate",
    "registration": "plate",
    "wagon": "wagon",
    "flight": "flight",
    "bill_of_lading": "bill",
    "house_bill": "bill",
    "address": "address",
    "addresses.text": "address",
    "registration_number": "registration",
    "tax_number": "registration",
    "registrations.number": "registration",
    "websites": "website",
}


def thing_kind(group: str, leaf: Annotations) -> ThingKind | None:
    """Return what kind of thing a field names; `group` is the list or group that the field stands in."""
    if name := _BY_IDENTIFIER.get(leaf.identifier):
        return KINDS[name]
    if leaf.kind == "party":
        return KINDS["party"]
    found = _BY_NAME.get(f"{group}.{leaf.name}") or _BY_NAME.get(leaf.name)
    return KINDS[found] if found else None


def thing_key(kind: ThingKind, leaf: Annotations, value: str) -> str:
    """Return by what a thing is told from others of its kind; empty where too little stands there to tell."""
    key = kind.key(value)
    if len(key) < kind.shortest:
        return ""
    return f"{leaf.identifier}:{key}" if leaf.identifier == "mmsi" else key
