"""The columns of the facts, each with the fields it is taken from; a test shows that none of them is nominal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from opencen.kernel.later import load_later

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = load_later("pyarrow")


@dataclass(frozen=True, slots=True)
class Column:
    """Name a column, its kind and the schema paths of the fields it rests on (none: a value of the record's head)."""

    name: str
    kind: str
    sources: tuple[str, ...] = ()


def _texts(prefix: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "string", (f"{prefix}{name}",)) for name in names)


HEAD = (
    Column("record_id", "uuid"),
    Column("revision", "int32"),
    Column("office_id", "uuid"),
    Column("sensitivity", "int16"),
    Column("compartment_id", "uuid"),
    Column("origin", "string"),
    Column("state", "string"),
    Column("batch", "string"),
    Column("reported_at", "moment"),
    Column("validated_at", "moment"),
    Column("reported_month", "date"),
    Column("validated_month", "date"),
    Column("quality", "int16"),
)

_OCCURRED = ("detected_at", "seized_at")
CASE = (
    Column("occurred_on", "date", _OCCURRED),
    Column("occurred_precision", "string", _OCCURRED),
    Column("occurred_month", "date", _OCCURRED),
    Column("occurred_year", "int16", _OCCURRED),
    *_texts("", "kind", "form", "country", "location_type", "direction", "procedure", "e_commerce"),
    Column("detection_method", "string", ("detection_method",)),
    Column("techniques", "texts", ("detection_techniques.technique",)),
    Column("departure", "string", ("route.country", "route.role")),
    Column("destination", "string", ("route.country", "route.role")),
    Column("region", "string", ("country",)),
    Column("departure_region", "string", ("route.country", "route.role")),
    Column("destination_region", "string", ("route.country", "route.role")),
    Column("legs", "legs", ("route.country", "route.role", "route.mode")),
    Column("locode", "string", ("place.locode",)),
    Column("latitude", "float64", ("place.latitude",)),
    Column("longitude", "float64", ("place.longitude",)),
    Column("place_precision", "string", ("place.precision",)),
    Column("same_event", "texts", ("relations.record", "relations.kind")),
    Column("persons", "int16", ("persons.role",)),
    Column("arrested", "int16", ("persons.arrest.at",)),
    Column(
        "people",
        "persons",
        ("persons.nationality", "persons.sex", "persons.age_band", "persons.arrest.at"),
    ),
    Column("case_national", "national"),
)

# By which answers of a line cases are counted most: `firsts` has a bit for each that its line is the first to state.
FIRSTS = ("section", "flow", "commodity", "concealment", "concealment_place", "mode")
EVERY_FIRST = (1 << len(FIRSTS)) - 1
# Further bits: on one line of every case that holds goods of several sections, and on a row that is all of its case.
SEVERAL_SECTIONS = 1 << len(FIRSTS)
ALONE = SEVERAL_SECTIONS << 1

LINE = (
    Column("line_id", "string"),
    Column("is_first", "boolean"),
    Column("firsts", "int16", ("lines.commodity", "lines.concealment.place", "conveyances.mode", "lines.conveyance")),
    *_texts("lines.", "role", "commodity"),
    Column("commodity_stated", "string", ("lines.commodity",)),
    Column("section", "string", ("lines.commodity",)),
    Column("flow", "string", ("lines.commodity",)),
    Column("concealment_place", "string", ("lines.concealment.place",)),
    Column("concealment", "string", ("lines.concealment.place",)),
    Column("mode", "string", ("conveyances.mode", "lines.conveyance")),
    Column("goods_origin", "string", ("lines.goods_origin", "goods_origin")),
    Column("consignment", "string", ("lines.consignment", "consignments.containers.load")),
    Column("consignor_country", "string", ("lines.consignment", "consignments.consignor_country")),
    Column("consignee_country", "string", ("lines.consignment", "consignments.consignee_country")),
    Column("quantity", "quantity", ("lines.quantity", "lines.assessments.quantity", "lines.attributes.pack_size")),
    Column("family", "string", ("lines.unit", "lines.assessments.unit")),
    Column("base_unit", "string", ("lines.unit", "lines.attributes.currency")),
    Column("stage", "string", ("lines.assessments.stage",)),
    Column("quantity_rule", "string", ("lines.unit",)),
    Column("measures", "measures", ("lines.measures.quantity", "lines.measures.unit")),
    Column("amount", "quantity", ("lines.value.amount",)),
    Column("currency", "string", ("lines.value.currency",)),
    Column("value_basis", "string", ("lines.value.basis",)),
    Column("own_currency", "string", ("country",)),
    Column("value_own", "quantity", ("lines.value.amount", "lines.value.rate")),
    Column("duties_own", "quantity", ("lines.duties.amount", "lines.duties.currency", "lines.value.rate")),
    Column("unrated", "int16", ("lines.value.rate", "lines.duties.currency")),
    Column("rate_source", "string", ("lines.value.rate_source",)),
    *_texts("lines.attributes.", "appendix", "ipr_right", "brand"),
    Column("goods_form", "string", ("lines.attributes.form",)),
    Column("line_national", "national"),
)

# What a reader knows by heart: columns of few different values.
CODED = (
    "origin", "state", "kind", "form", "country", "location_type", "direction", "procedure", "e_commerce",
    "detection_method", "departure", "destination", "region", "departure_region", "destination_region", "locode",
    "place_precision", "commodity", "section", "flow", "concealment_place", "concealment", "mode", "goods_origin",
    "family", "base_unit", "stage", "appendix", "ipr_right", "goods_form",
)  # fmt: skip

CONTROL = (
    Column("occurred_on", "date", ("at",)),
    Column("occurred_precision", "string", ("at",)),
    Column("occurred_month", "date", ("at",)),
    Column("occurred_year", "int16", ("at",)),
    Column("region", "string", ("country",)),
    *_texts("", "country", "subject", "detection_method", "technique", "result"),
    Column("checks", "int32", ("count",)),
)

LINES = (*HEAD, *CASE, *LINE)
CONTROLS = (*HEAD, *CONTROL)
TABLES = {"lines": LINES, "controls": CONTROLS}


@cache
def arrow_kinds() -> dict[str, pa.DataType]:
    """Return the Arrow type of every kind of column; moments are in UTC, numbers have nine decimals."""
    text, quantity = pa.string(), pa.decimal128(38, 9)
    measure = [("family", text), ("base_unit", text), ("quantity", quantity), ("stage", text)]
    return {
        "uuid": pa.uuid(),
        "int32": pa.int32(),
        "int16": pa.int16(),
        "string": text,
        "date": pa.date32(),
        "moment": pa.timestamp("us"),
        "boolean": pa.bool_(),
        "float64": pa.float64(),
        "quantity": quantity,
        "texts": pa.list_(text),
        "legs": pa.list_(pa.struct([("role", text), ("country", text), ("mode", text)])),
        "persons": pa.list_(
            pa.struct([("nationality", text), ("sex", text), ("age_band", text), ("arrested", pa.bool_())])
        ),
        "sums": pa.list_(pa.struct([("currency", text), ("amount", quantity)])),
        "measures": pa.list_(pa.struct(measure)),
        "national": pa.map_(text, text),
    }


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Return the Arrow schema of a fact table."""
    return pa.schema([pa.field(column.name, arrow_kinds()[column.kind]) for column in TABLES[name]])


@cache
def fingerprint() -> str:
    """Return a digest that changes with the columns: facts written under another one are built anew."""
    text = "\n".join(f"{name}: {column.name} {column.kind}" for name in TABLES for column in TABLES[name])
    return sha256(text.encode()).hexdigest()[:12]
