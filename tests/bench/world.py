"""A large, plausible, invented world of cases, written straight into the tables; everybody in it is made up.

world = load_world(500_000)        # offices, cases, index values and a sealed log; the rows are kept in .cache
world = load_world(300, seed=4)    # small ones are made anew in a moment
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BigAutoField, Model

from opencen.accounts.models import Office
from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.log.models import Entry, Seal
from opencen.log.stamps import change_stamp
from opencen.records.documents import to_bytes
from opencen.records.effective import effective_schema
from opencen.records.models import IndexValue, Record, Revision
from opencen.records.parts import split_document
from opencen.records.projection import index_rows
from opencen.seizures.projection import case_columns

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "world"
VERSION = 2
KEPT = 10_000
DISTRICTS = 8
OFFICES_EACH = 14
COMPARTMENTS = (UUID(int=71), UUID(int=72))
DAY = datetime(2016, 1, 1, tzinfo=UTC)
DAYS = 3800
MODELS: tuple[type[Model], ...] = (Record, Revision, IndexValue, Entry, Seal)
COMMON = (
    "found hidden container vehicle officer search behind panel bags bricks wrapped in plastic tape "
    "selected profile scanner image anomaly dog indication driver stated goods belonged to unknown person "
    "opened cavity floor roof tank weighed sealed handed police laboratory sample field test positive "
    "arrived departed declared manifest empty false compartment welded cover load fruit textile furniture "
    "parcel suitcase lining passenger nervous cash phone receipt "
)
FIRST = "Amar Lina Karim Nadia Joel Mara Tomas Iris Sami Vera Oskar Dalia Femi Rosa Yann Zaki Ines Pavel Noor Hugo "
SYLLABLES = "ba ko ra lin der sa mi ton vel ka ro ne tas mo ri el gan du fe shi lo na ber ti van zo "


@dataclass(frozen=True)
class World:
    """What was loaded: how many cases, who may look at them, and where its rows and what is built of them are kept."""

    count: int
    offices: dict[str, UUID]
    folder: Path

    def national(self) -> Actor:
        """Return an analyst who sees every office."""
        return _reader(None)

    def district(self, number: int = 1) -> Actor:
        """Return a validator who sees the offices of one district."""
        return _reader(frozenset(key for code, key in self.offices.items() if code.startswith(f"D{number:02d}")))

    def office(self, code: str = "D01O03") -> Actor:
        """Return an officer who sees one office."""
        return _reader(frozenset({self.offices[code]}))


def _reader(offices: frozenset[UUID] | None) -> Actor:
    return Actor(
        id=UUID(int=9),
        kind="user",
        name="Reader",
        office_ids=offices,
        permissions=frozenset({"case:read", "control:read"}),
        clearance=1,
        compartments=frozenset(COMPARTMENTS[:1]),
    )


class Maker:
    """Draw cases from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.syllables, self.first = SYLLABLES.split(), FIRST.split()
        self.words = [*COMMON.split(), *(self._word() for _ in range(12_000))]
        self.word_weights = list(accumulate(1 / (place + 4) for place in range(len(self.words))))
        self.surnames = [self._word().title() for _ in range(9000)]
        self.companies = [
            f"{self._word().title()} {kind}" for kind in ("Trading", "Import SARL", "Logistics") for _ in range(3000)
        ]
        self.commodities = self._weighted("commodity")
        self.concealments = self._weighted("concealment")
        self.countries = self._weighted("country")
        self.places = [code.code for code in get_list("port")][:600]
        self.lists = {
            name: [code.code for code in get_list(name)]
            for name in ("location_type", "direction", "detection_method", "conveyance_mode", "yes_no", "person_role")
        }
        self.office_weights = list(accumulate(1 / (place + 3) for place in range(DISTRICTS * OFFICES_EACH)))
        self.offices = [code for code, parent in office_codes() if parent not in ("", "HQ")]

    def _word(self) -> str:
        return "".join(self.random.choices(self.syllables, k=self.random.randint(2, 4)))

    def _weighted(self, name: str) -> tuple[list[str], list[float]]:
        codes = [code.code for code in get_list(name)]
        self.random.shuffle(codes)
        return codes, list(accumulate(1 / (place + 2) for place in range(len(codes))))

    def _draw(self, weighted: tuple[list[str], list[float]]) -> str:
        return self.random.choices(weighted[0], cum_weights=weighted[1])[0]

    def prose(self, length: int) -> str:
        """Write some words, few of them often and many rarely."""
        return " ".join(self.random.choices(self.words, cum_weights=self.word_weights, k=length))

    def case(self, office: str, day: datetime) -> dict[str, Any]:
        """State one case."""
        pick, chance = self.random.choice, self.random.random
        precise = chance()
        stated = f"{day:%Y}" if precise < 0.03 else f"{day:%Y-%m}" if precise < 0.06 else f"{day:%Y-%m-%dT%H:%M}+00:00"
        document: dict[str, Any] = {
            "kind": pick(("seizure",) * 8 + ("offence", "detention")),
            "form": "full" if chance() < 0.4 else "short",
            "detected_at": stated,
            "country": "TN",
            "office": office,
            "direction": pick(self.lists["direction"]),
            "e_commerce": pick(self.lists["yes_no"]),
            "detection_method": pick(self.lists["detection_method"]),
            "conveyances": [{"id": "v1", "mode": pick(self.lists["conveyance_mode"]), "plate": self._plate()}],
            "lines": [self._line(number) for number in range(pick((1, 1, 1, 2, 3)))],
        }
        if chance() < 0.9:
            document["location_type"] = pick(self.lists["location_type"])
        self._add_movement(document)
        self._add_people(document)
        return document

    def _line(self, number: int) -> dict[str, Any]:
        made: dict[str, Any] = {
            "id": f"l{number}",
            "role": "contraband" if number == 0 or self.random.random() < 0.7 else "cover_load",
            "commodity": self._draw(self.commodities),
            "quantity": f"{self.random.lognormvariate(2, 2):.2f}",
            "unit": "kg",
            "basis": "gross",
        }
        if self.random.random() < 0.7:
            made["concealment"] = {"place": self._draw(self.concealments)}
        return made

    def _add_movement(self, document: dict[str, Any]) -> None:
        if self.random.random() < 0.8:
            document["route"] = [
                {"id": "r1", "role": "departure", "country": self._draw(self.countries)},
                {
                    "id": "r2",
                    "role": "destination",
                    "country": self._draw(self.countries),
                    "place": self.random.choice(self.places),
                },
            ]
        if self.random.random() < 0.5:
            container = {"id": "c1", "number": f"{self._letters(3)}U{self.random.randrange(10**7):07d}"}
            document["consignments"] = [
                {
                    "id": "s1",
                    "bill_of_lading": f"{self._letters(4)}{self.random.randrange(10**8)}",
                    "containers": [container],
                    "consignee": self.random.choice(self.companies),
                    "consignee_country": "TN",
                }
            ]

    def _add_people(self, document: dict[str, Any]) -> None:
        for number in range(self.random.choice((0, 0, 1, 1, 2))):
            name = f"{self.random.choice(self.first)} {self.random.choice(self.surnames)}"
            person = {"id": f"p{number}", "role": self.random.choice(self.lists["person_role"]), "name": name}
            document.setdefault("persons", []).append(person)
        if self.random.random() < 0.6:
            document["narrative"] = self.prose(self.random.randint(20, 70))
        if self.random.random() < 0.2:
            digest = f"{self.random.getrandbits(256):064x}"
            document["media"] = [{"id": "m1", "sha256": digest, "kind": "photo", "caption": self.prose(4)}]

    def _letters(self, count: int) -> str:
        return "".join(self.random.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=count))

    def _plate(self) -> str:
        return f"{self.random.randrange(1000)} {self._letters(2)} {self.random.randrange(10_000)}"


def office_codes() -> Iterator[tuple[str, str]]:
    """Yield every office with the one above it."""
    yield "HQ", ""
    for district in range(DISTRICTS):
        yield f"D{district:02d}", "HQ"
        for number in range(OFFICES_EACH):
            yield f"D{district:02d}O{number:02d}", f"D{district:02d}"


def make_offices() -> dict[str, UUID]:
    """Make the tree of offices with the same ids in every world."""
    made: dict[str, Office] = {}
    for number, (code, above) in enumerate(office_codes()):
        parent = made.get(above)
        path = f"{parent.path}/{code}" if parent else code
        made[code] = Office(
            id=UUID(int=1000 + number), code=code, name=f"Office {code}", parent=parent, path=path, country="TN"
        )
    Office.objects.bulk_create(made.values())
    change_stamp("offices")
    return {code: office.id for code, office in made.items()}


def make_rows(count: int, seed: int, offices: dict[str, UUID]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield (table, row) of every case: head, revision, index values, log entry and seal."""
    maker = Maker(seed)
    tree = effective_schema("case").tree
    rng = maker.random
    columns = case_columns
    value_number = 0
    for number in range(1, count + 1):
        day = DAY + timedelta(days=DAYS * number / count, minutes=rng.randrange(1440))
        office = rng.choices(maker.offices, cum_weights=maker.office_weights)[0]
        document = maker.case(office, day)
        key = UUID(int=(int(day.timestamp() * 1000) << 80) | (7 << 76) | (2 << 62) | rng.getrandbits(62))
        head = columns(document)
        author = UUID(int=500 + rng.randrange(200))
        at = f"{day + timedelta(days=1):%Y-%m-%d %H:%M:%S}.{rng.randrange(10**6):06d}"
        yield "records_record", _head(key, number, office, offices[office], author, at, head, rng)
        public, nominal = split_document(document, tree)
        digest = f"{rng.getrandbits(256):064x}"
        yield "records_revision", (
            _id(rng), key.hex, 1, author.hex, at, "", _id(rng), None, 1, to_bytes(public).decode(),
            to_bytes({"document": nominal}).decode(), digest[:32], digest, digest, None, "[]", "{}",
        )  # fmt: skip
        for row in index_rows(key, document, tree):
            value_number += 1
            value = (value_number, key.hex, row.path, row.item, row.text, row.number, int(row.is_nominal))
            yield "records_index", value
        yield "log_entry", (
            number, _id(rng), at, "record.stored", author.hex, "user", "case", str(key), 1, digest, "{}",
        )  # fmt: skip
        yield "log_seal", (number, number, digest)


def _head(
    key: UUID, number: int, code: str, office: UUID, author: UUID, at: str, columns: Any, rng: random.Random
) -> tuple[Any, ...]:
    state = rng.choices(("validated", "submitted", "amended", "returned", "cancelled"), (85, 8, 3, 2, 2))[0]
    is_validated = state in ("validated", "amended")
    compartment = rng.choice(COMPARTMENTS).hex if rng.random() < 0.01 else None
    return (
        key.hex, "local", "case", f"TN-{code}-{at[:4]}-{number:06d}", state, 1, office.hex,
        rng.choices((0, 1, 2, 3), (88, 8, 3, 1))[0], compartment, columns.kind,
        columns.occurred_on.isoformat() if columns.occurred_on else None, to_bytes(columns.summary).decode(), "{}",
        rng.randint(40, 100), rng.choice((0, 0, 0, 1, 2)), f"batch-{number // 5000}" if rng.random() < 0.05 else "",
        author.hex, at, at, at if is_validated else None, 1 if is_validated else None,
    )  # fmt: skip


def _id(rng: random.Random) -> str:
    return f"{rng.getrandbits(128):032x}"


def load_world(count: int, seed: int = 1) -> World:
    """Fill the tables of this installation and return who may look at them."""
    offices = make_offices()
    folder = CACHE / f"{count}-{seed}-v{VERSION}"
    if count < KEPT:
        with TemporaryDirectory() as name:
            _write_files(Path(name), count, seed, offices)
            _load_files(Path(name))
        return World(count, offices, folder)
    if not (folder / "complete").exists():
        _write_files(folder, count, seed, offices)
    _load_files(folder)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return World(count, offices, folder)


def _load_files(folder: Path) -> None:
    load = _copy if connection.vendor == "postgresql" else _insert
    for model in MODELS:
        load(model, folder / model._meta.db_table)


def _write_files(folder: Path, count: int, seed: int, offices: dict[str, UUID]) -> None:
    """Keep the rows in the text form that PostgreSQL copies in."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        table: (folder / table).open("w", encoding="utf-8") for table in (model._meta.db_table for model in MODELS)
    }
    for table, row in make_rows(count, seed, offices):
        files[table].write("\t".join(map(_escape, row)) + "\n")
    for file in files.values():
        file.close()
    (folder / "complete").touch()


def _escape(value: Any) -> str:
    if value is None:
        return "\\N"
    text = str(value)
    return (
        text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") if "\\" in text or "\n" in text else text
    )


def _copy(model: type[Model], path: Path) -> None:
    table, columns = _names(model)
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        with cursor.cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy, path.open("rb") as file:
            while block := file.read(1 << 20):
                copy.write(block)
        if isinstance(model._meta.pk, BigAutoField):
            name = model._meta.pk.column
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{name}'), max({name})) FROM {table}")


def _insert(model: type[Model], path: Path) -> None:
    table, columns = _names(model)
    places = ",".join("?" * (columns.count(",") + 1))
    with path.open(encoding="utf-8") as file, transaction.atomic():
        rows = (tuple(map(_unescape, line[:-1].split("\t"))) for line in file)
        connection.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


def _names(model: type[Model]) -> tuple[str, str]:
    return model._meta.db_table, ",".join(f'"{field.column}"' for field in model._meta.local_concrete_fields)


def _unescape(text: str) -> str | None:
    if text == "\\N":
        return None
    return text.replace("\\\\", "\\") if "\\" in text else text
