"""What an act of a kind holds: one definition that the form, the check and the page read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from django.utils.translation import gettext_noop as N_

from opencen.codelists.catalogue import get_list
from opencen.kernel.errors import Invalid

FieldKind = Literal["text", "long", "number", "day", "choice", "code", "flag", "people", "media", "party", "items"]
Answers = dict[str, Any]

LONGEST = {"text": 200, "long": 4000, "party": 64, "media": 64}
MOST_PEOPLE = 30
MOST_ITEMS = 30
SMALLEST = -18
"""The power of ten below which nothing is weighed; written out, far smaller ones would fill a disk."""
CAPACITIES = (
    ("officer", N_("Officer")),
    ("owner", N_("Owner")),
    ("representative", N_("Representative of the owner")),
    ("witness", N_("Witness")),
    ("storekeeper", N_("Storekeeper")),
    ("prosecutor", N_("Prosecutor")),
    ("expert", N_("Expert")),
    ("other", N_("Other")),
)


@dataclass(frozen=True, slots=True)
class ActField:
    """One answer of an act; what is nominal is kept apart and can be erased."""

    name: str
    label: str
    kind: FieldKind = "text"
    is_required: bool = False
    is_nominal: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    codelist: str = ""


CONCERNS = ActField("concerns", N_("Whom it concerns"), "items")
"""Persons and companies of the case by their item ids: an erasure finds by them what names nobody, a scan above all."""


@dataclass(frozen=True, slots=True)
class ActKind:
    """A kind of act: what it is called, its sign and what it holds."""

    name: str
    label: str
    icon: str
    fields: tuple[ActField, ...]

    @property
    def paper(self) -> str:
        """Return the name of the field that holds a scanned paper, or nothing."""
        return next((field.name for field in self.fields if field.kind == "media"), "")


def read_answers(kind: ActKind, given: Mapping[str, Any]) -> tuple[Answers, Answers]:
    """Check what was given for an act; return its public and its nominal part, each as it is kept."""
    known = {field.name for field in kind.fields}
    if unknown := sorted(set(given) - known):
        raise Invalid("act.unknown_field", path=unknown[0][:64])
    public: Answers = {}
    nominal: Answers = {}
    for field in kind.fields:
        value = _read(field, given.get(field.name))
        if value in (None, "", [], False):
            if field.is_required:
                raise Invalid("act.missing", path=field.name, field=field.label)
            continue
        (nominal if field.is_nominal else public)[field.name] = value
    return public, nominal


def _read(field: ActField, value: Any) -> Any:
    if field.kind == "people":
        return _people(field, value or ())
    if field.kind == "items":
        return _items(field, value or ())
    if field.kind == "flag":
        return str(value).lower() in ("1", "true", "on", "yes")
    if isinstance(value, list | tuple | dict):
        raise Invalid("act.not_one_answer", path=field.name)
    text = str(value if value is not None else "").strip()
    if not text:
        return None
    if field.kind == "number":
        return number_of(text, field.name)
    if field.kind == "day":
        return _day(text, field.name)
    if field.kind == "choice" and text not in dict(field.choices):
        raise Invalid("act.not_a_choice", path=field.name, value=text[:64])
    if field.kind == "code" and text not in get_list(field.codelist).codes:
        raise Invalid("act.not_a_choice", path=field.name, value=text[:64])
    if len(text) > LONGEST.get(field.kind, 200):
        raise Invalid("act.too_long", path=field.name, limit=LONGEST.get(field.kind, 200))
    return text


def number_of(text: str, path: str) -> str:
    """Read a decimal, with a point or a comma; never below nothing."""
    plain = text.replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    if "." not in plain and plain.count(",") == 1:
        plain = plain.replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise Invalid("act.not_a_number", path=path, value=text[:40]) from None
    if not found.is_finite() or found < 0 or found > Decimal("1e15") or found.adjusted() < SMALLEST:
        raise Invalid("act.not_a_number", path=path, value=text[:40])
    return format(found, "f")


def _day(text: str, path: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Invalid("act.not_a_day", path=path, value=text[:40]) from None


def _items(field: ActField, given: Any) -> list[str]:
    """Read a list of item ids, each once."""
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise Invalid("act.not_a_choice", path=field.name, value=str(given)[:64])
    items = list(dict.fromkeys(one.strip()[:64] for one in given if one.strip()))
    if len(items) > MOST_ITEMS:
        raise Invalid("act.too_many_people", path=field.name, limit=MOST_ITEMS)
    return items


def _people(field: ActField, given: Any) -> list[Answers]:
    """Read who was present: each with a capacity, and where somebody did not sign, why."""
    people: list[Answers] = []
    if not isinstance(given, list | tuple) or not all(isinstance(row, Mapping) for row in given):
        raise Invalid("act.not_people", path=field.name)
    for row in given:
        name = str(row.get("name", "")).strip()[:200]
        reason = str(row.get("reason", "")).strip()[:300]
        if not name:
            continue
        capacity = str(row.get("capacity", ""))
        if capacity not in dict(CAPACITIES):
            raise Invalid("act.capacity_missing", path=field.name, name=name)
        signed = str(row.get("signed", "")).lower() in ("1", "true", "on", "yes")
        if not signed and not reason:
            raise Invalid("act.signature_missing", path=field.name, name=name)
        people.append({"name": name, "capacity": capacity, "signed": signed, "reason": "" if signed else reason})
    if len(people) > MOST_PEOPLE:
        raise Invalid("act.too_many_people", path=field.name, limit=MOST_PEOPLE)
    return people
