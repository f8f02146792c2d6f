"""Invented persons, companies, means of transport and the cases that name them, as documents; drawn by number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from random import Random
from typing import Any
from uuid import UUID

from opencen.codelists.catalogue import get_list
from opencen.kernel.check_digits.iso6346 import Container
from tests.bench.subject_names import misspelt, mixed, name_company, name_person
from tests.bench.world import DAY, DAYS, Maker

Document = dict[str, Any]
KINDS = ("suspect", "company", "conveyance", "case")
HEAVY = 0
"""The number of the person, company and means of transport that a thousand cases name."""
HEAVY_CASES = 1000


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each kind a world holds."""

    suspect: int
    company: int
    conveyance: int
    case: int

    @classmethod
    def of(cls, suspects: int) -> Size:
        """Return a world of so many persons, in the proportions of the goal."""
        return cls(suspects, suspects // 5, suspects // 10, suspects // 2)

    def count(self, kind: str) -> int:
        """Return how many of a kind there are."""
        return int(getattr(self, kind))

    def start(self, kind: str) -> int:
        """Return how many records of the kinds before stand in front of a kind."""
        return sum(self.count(name) for name in KINDS[: KINDS.index(kind)])

    @property
    def total(self) -> int:
        """Return how many records there are."""
        return sum(self.count(kind) for kind in KINDS)


def day_of(kind: str, number: int, size: Size) -> datetime:
    """Return when a record was made: the kinds grow side by side over the years."""
    return DAY + timedelta(days=DAYS * (number + 0.5) / size.count(kind), minutes=mixed(number, 3) % 1440)


def record_of(kind: str, number: int, size: Size) -> UUID:
    """Return the id of a record, which its kind and number give."""
    bits = int.from_bytes(blake2b(f"{kind}:{number}".encode(), digest_size=9).digest(), "big")
    stamp = int(day_of(kind, number, size).timestamp() * 1000)
    return UUID(int=stamp << 80 | 7 << 76 | (bits >> 60) << 64 | 2 << 62 | bits % 2**62)


class SubjectMaker(Maker):
    """Draw subjects and cases. What others must know of one, its id and names, follows from its number."""

    def __init__(self, size: Size, seed: int) -> None:
        super().__init__(1)
        self.size = size
        self.random = Random(seed)

    @cached_property
    def codes(self) -> dict[str, list[str]]:
        """Return the codes of the lists that subjects use."""
        names = (
            "offence_type", "warning_flag", "legal_basis", "sector", "fraud_pattern", "associate_role",
            "holder_role", "person_role", "company_role", "vehicle_type", "registration_kind", "address_kind",
        )  # fmt: skip
        return {name: [code.code for code in get_list(name)] for name in names}

    def make(self, kind: str, number: int, office: str) -> Document:
        """State one record."""
        makers: dict[str, Callable[[int, Document], None]] = {
            "suspect": self._suspect,
            "company": self._company,
            "conveyance": self._conveyance,
        }
        if kind == "case":
            document = self.case(office, day_of(kind, number, self.size))
            document.pop("media", None)
            self._name_subjects(number, document)
            return document
        is_full = self.random.random() < 0.3
        document = {"form": "full" if is_full else "short", "office": office}
        makers[kind](number, document)
        self._add_reasons(kind, number, document, is_full=is_full)
        return document

    def partial(self, bits: int, first: int, last: int) -> str:
        """Return a day between two years, as exactly as it is known: most to the day, some to the year only."""
        start = date(first, 1, 1)
        day = start + timedelta(days=bits % ((last - first) * 365))
        share = bits // 40_000 % 20
        return f"{day:%Y}" if share < 2 else f"{day:%Y-%m}" if share < 3 else day.isoformat()

    def _suspect(self, number: int, document: Document) -> None:
        rng, called = self.random, name_person(number)
        bits = mixed(number, 4)
        document["standing"] = rng.choices(
            ("mentioned", "suspected", "charged", "convicted", "settled", "cleared"), (38, 34, 10, 11, 4, 3)
        )[0]
        document["sex"] = rng.choices(("male", "female", "unknown"), (80, 17, 3))[0]
        document["names"] = self._names(number, bits)
        document["nationalities"] = [called.country if rng.random() < 0.96 else "FR"]
        if rng.random() < 0.92:
            birth = {"id": "b1", "date": self.partial(mixed(number, 5), 1950, 2006)}
            document["births"] = [birth]
            if rng.random() < 0.4:
                birth["place"], birth["country"] = self._town(), called.country
            if rng.random() < 0.03:
                document["births"].append({"id": "b2", "date": self.partial(mixed(number, 6), 1950, 2006)})
        if rng.random() < 0.7:
            kind = rng.choice(("passport", "passport", "identity_card"))
            paper = {"id": "d1", "kind": kind, "number": passport_number(number), "country": called.country}
            if rng.random() < 0.5:
                paper["expires"] = f"{rng.randint(2024, 2034)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
            document["documents"] = [paper]
        if rng.random() < 0.55:
            document["phones"] = [self._phone()]
        if rng.random() < 0.5:
            document["addresses"] = [self._address(called.country)]
        if rng.random() < 0.3:
            document["residence"] = called.country
        if rng.random() < 0.06:
            other = int(rng.random() ** 2 * self.size.suspect)
            document["associates"] = [
                {
                    "id": "s1",
                    "role": rng.choice(self.codes["associate_role"]),
                    "record": str(record_of("suspect", other, self.size)),
                    "name": name_person(other).latin,
                }
            ]

    def _names(self, number: int, bits: int) -> list[Document]:
        """State the name as written at home, mostly in Latin letters too, and what else the person goes by."""
        called = name_person(number)
        first = {
            "id": "n1", "text": called.text, "type": "full", "script": called.script, "order": called.order,
            "given": called.given, "family": called.family,
        }  # fmt: skip
        names: list[Document] = [first]
        if called.script != "latn" and bits % 10 < 8:
            names.append({"id": "n2", "text": called.latin, "type": "transliteration", "script": "latn"})
        if bits // 10 % 10 < 2:
            alias = misspelt(called.latin, bits // 100)
            names.append({"id": "n3", "text": alias, "type": "alias", "script": "latn", "quality": "low"})
        if bits // 1000 % 10 < 1:
            nickname = self.surnames[bits // 10_000 % len(self.surnames)]
            names.append({"id": "n4", "text": f"“{nickname}”", "type": "alias"})
        return names

    def _company(self, number: int, document: Document) -> None:
        rng = self.random
        name, country = name_company(number)
        document["standing"] = rng.choices(("mentioned", "suspected", "charged", "convicted"), (60, 30, 6, 4))[0]
        document["names"] = [{"id": "n1", "text": name, "type": "registered", "script": "latn"}]
        if rng.random() < 0.25:
            trading = " ".join(name.split()[:2])
            document["names"].append({"id": "n2", "text": trading, "type": "trading", "script": "latn"})
        document["country"] = country
        document["sector"] = rng.choice(self.codes["sector"])
        kind = rng.choice(("trade_register", "tax", "customs_code"))
        number_ = f"{country}{mixed(number, 7) % 10**8:08d}"
        document["registrations"] = [{"id": "r1", "kind": kind, "number": number_, "country": country}]
        if rng.random() < 0.3:
            document["patterns"] = [rng.choice(self.codes["fraud_pattern"])]
        if rng.random() < 0.6:
            document["addresses"] = [self._address(country)]
        if rng.random() < 0.6:
            document["phones"] = [self._phone()]
        if rng.random() < 0.5:
            other = rng.randrange(self.size.suspect)
            document["people"] = [
                {
                    "id": "h1",
                    "role": rng.choice(("director", "manager", "owner")),
                    "record": str(record_of("suspect", other, self.size)),
                    "name": name_person(other).latin,
                }
            ]

    def _conveyance(self, number: int, document: Document) -> None:
        rng = self.random
        kind = rng.choices(("vehicle", "container", "vessel"), (60, 30, 10))[0]
        document["kind"] = kind
        if kind == "vehicle":
            document |= {"type": rng.choice(("car", "truck", "van", "pick_up")), "plate": plate_of(number)}
            document |= {"plate_country": rng.choice(("TN", "DZ", "LY", "FR", "IT"))}
            document |= {"make": rng.choice(("Toyota", "Mercedes-Benz", "Renault", "Iveco", "Scania", "Peugeot"))}
        elif kind == "container":
            owner = "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=3)) + "U"
            stem = f"{owner}{mixed(number, 8) % 10**6:06d}"
            document |= {"type": "container", "container": f"{stem}{Container().check_digits(stem)}"}
        else:
            name = f"{self._word().title()} {rng.choice(('Star', 'Express', 'Queen', 'Trader'))}"
            document |= {"type": "general_cargo", "flag": rng.choice(("PA", "LR", "MT", "TZ", "KM"))}
            document |= {"names": [{"id": "n1", "text": name, "script": "latn"}]}
            document |= {"registration": f"{document['flag']}{mixed(number, 9) % 10**7:07d}"}
        if rng.random() < 0.3:
            other = rng.randrange(self.size.company)
            key = str(record_of("company", other, self.size))
            document["holders"] = [{"id": "h1", "role": "owner", "record": key, "name": name_company(other)[0]}]

    def _add_reasons(self, kind: str, number: int, document: Document, *, is_full: bool) -> None:
        """State why the record is kept and until when."""
        rng, day = self.random, day_of(kind, number, self.size)
        entries = []
        for place in range(rng.choices((0, 1, 2), (25, 60, 15))[0]):
            entry = {"id": f"e{place}", "on": self.partial(mixed(number, 10 + place), day.year - 1, day.year + 1)}
            entry |= {"offence": rng.choice(self.codes["offence_type"]), "commodity": self._draw(self.commodities)}
            if rng.random() < 0.5:
                entry["grounds"] = self.prose(rng.randint(6, 24))
                grading = {"source_reliability": rng.choice("123"), "information_credibility": rng.choice("ABCDE")}
                entry |= grading | {"handling": "P"}
            entries.append(entry)
        if entries:
            document["entries"] = entries
        if rng.random() < 0.12:
            document["flags"] = [rng.choice(self.codes["warning_flag"])]
        document["legal_basis"] = rng.choice(self.codes["legal_basis"])
        document["review_on"] = f"{day.year + 3}-{day:%m}-01"
        document["expires_on"] = f"{day.year + 10}-{day:%m}-01"
        if is_full and rng.random() < 0.5:
            document["note"] = self.prose(rng.randint(10, 40))

    def _name_subjects(self, number: int, document: Document) -> None:
        """Link persons, companies and means of transport of a case to records; some stay as they are."""
        rng = self.random
        every = max(1, self.size.case // HEAVY_CASES)
        is_heavy = number % every == 0
        for place, person in enumerate(document.get("persons", ())):
            if rng.random() < 0.7:
                self._link_person(person, int(rng.random() ** 2 * self.size.suspect))
            elif is_heavy and place == 0:
                self._link_person(person, HEAVY)
        if is_heavy:
            heavy: Document = {
                "id": "p9",
                "role": rng.choice(("courier", "driver", "traveller")),
                "standing": "suspected",
            }
            self._link_person(heavy, HEAVY)
            document.setdefault("persons", []).append(heavy)
        if is_heavy or rng.random() < 0.3:
            other = HEAVY if is_heavy else int(rng.random() ** 2 * self.size.company)
            key, name = str(record_of("company", other, self.size)), name_company(other)[0]
            role = rng.choice(("consignee", "importer", "carrier"))
            document["companies"] = [{"id": "k1", "role": role, "company": key, "name": name}]
        if is_heavy or rng.random() < 0.2:
            other = HEAVY if is_heavy else int(rng.random() ** 2 * self.size.conveyance)
            document["conveyances"][0]["record"] = str(record_of("conveyance", other, self.size))

    def _link_person(self, person: Document, other: int) -> None:
        person["suspect"] = str(record_of("suspect", other, self.size))
        person["name"] = name_person(other).latin

    def _address(self, country: str) -> Document:
        street = f"{self.random.randrange(1, 200)} {self.random.choice(self.surnames)} Street"
        return {"id": "a1", "text": street, "city": self._town(), "country": country}

    def _town(self) -> str:
        return self.surnames[int(self.random.random() ** 3 * 800)]

    def _phone(self) -> str:
        return f"+2169{self.random.randrange(10**7):07d}"


def passport_number(number: int) -> str:
    """Return the number on a person's paper."""
    bits = mixed(number, 12)
    return f"{chr(65 + bits % 26)}{chr(65 + bits // 26 % 26)}{bits // 676 % 10**7:07d}"


def plate_of(number: int) -> str:
    """Return the plate of a vehicle."""
    bits = mixed(number, 13)
    return f"{bits % 250} TU {bits // 250 % 10_000:04d}"
