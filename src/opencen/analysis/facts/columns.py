"""The columns of the facts, each with the fields it is taken from; a test shows that none of them is nominal."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import pyarrow as pa

QUANTITY = pa.decimal128(38, 9)
TEXTS = pa.list_(pa.string())
LEGS = pa.list_(pa.struct([("role", pa.string()), ("country", pa.string()), ("mode", pa.string())]))
MOMENT = pa.timestamp("us")  # in UTC
NATIONAL = pa.map_(pa.string(), pa.string())
MEASURES = pa.list_(
    pa.struct([("family", pa.string()), ("base_unit", pa.string()), ("quantity", QUANTITY), ("stage", pa.string())])
)


@dataclass(frozen=True, slots=True)
class Column:
    """Name a column, its type and the schema paths of the fields it rests on (none: a value of the record's head)."""

    name: str
    type: pa.DataType
    sources: tuple[str, ...] = ()


def _texts(prefix: str, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, pa.string(), (f"{prefix}{name}",)) for name in names)


HEAD = (
    Column("record_id", pa.uuid()),
    Column("revision", pa.int32()),
    Column("office_id", pa.uuid()),
    Column("sensitivity", pa.int16()),
    Column("compartment_id", pa.uuid()),
    Column("origin", pa.string()),
    Column("state", pa.string()),
    Column("batch", pa.string()),
    Column("reported_at", MOMENT),
    Column("validated_at", MOMENT),
    Column("reported_month", pa.date32()),
    Column("validated_month", pa.date32()),
    Column("quality", pa.int16()),
)

_OCCURRED = ("detected_at", "seized_at")
CASE = (
    Column("occurred_on", pa.date32(), _OCCURRED),
    Column("occurred_precision", pa.string(), _OCCURRED),
    Column("occurred_month", pa.date32(), _OCCURRED),
    Column("occurred_year", pa.int16(), _OCCURRED),
    *_texts("", "kind", "form", "country", "location_type", "direction", "procedure", "e_commerce"),
    Column("detection_method", pa.string(), ("detection_method",)),
    Column("techniques", TEXTS, ("detection_techniques.technique",)),
    Column("departure", pa.string(), ("route.country", "route.role")),
    Column("destination", pa.string(), ("route.country", "route.role")),
    Column("legs", LEGS, ("route.country", "route.role", "route.mode")),
    Column("locode", pa.string(), ("place.locode",)),
    Column("latitude", pa.float64(), ("place.latitude",)),
    Column("longitude", pa.float64(), ("place.longitude",)),
    Column("place_precision", pa.string(), ("place.precision",)),
    Column("same_event", TEXTS, ("relations.record", "relations.kind")),
    Column("persons", pa.int16(), ("persons.role",)),
    Column("arrested", pa.int16(), ("persons.arrest.at",)),
    Column("nationalities", TEXTS, ("persons.nationality",)),
    Column("case_national", NATIONAL),
)

LINE = (
    Column("line_id", pa.string()),
    Column("is_first", pa.bool_()),
    *_texts("lines.", "role", "commodity"),
    Column("commodity_stated", pa.string(), ("lines.commodity",)),
    Column("section", pa.string(), ("lines.commodity",)),
    Column("flow", pa.string(), ("lines.commodity",)),
    Column("concealment_place", pa.string(), ("lines.concealment.place",)),
    Column("concealment", pa.string(), ("lines.concealment.place",)),
    Column("mode", pa.string(), ("conveyances.mode", "lines.conveyance")),
    Column("goods_origin", pa.string(), ("lines.goods_origin", "goods_origin")),
    Column("quantity", QUANTITY, ("lines.quantity", "lines.assessments.quantity", "lines.attributes.pack_size")),
    Column("family", pa.string(), ("lines.unit", "lines.assessments.unit")),
    Column("base_unit", pa.string(), ("lines.unit", "lines.attributes.currency")),
    Column("stage", pa.string(), ("lines.assessments.stage",)),
    Column("quantity_rule", pa.string(), ("lines.unit",)),
    Column("measures", MEASURES, ("lines.measures.quantity", "lines.measures.unit")),
    Column("amount", QUANTITY, ("lines.value.amount",)),
    Column("currency", pa.string(), ("lines.value.currency",)),
    Column("value_basis", pa.string(), ("lines.value.basis",)),
    *_texts("lines.attributes.", "appendix", "ipr_right", "brand"),
    Column("goods_form", pa.string(), ("lines.attributes.form",)),
    Column("line_national", NATIONAL),
)

CONTROL = (
    Column("occurred_on", pa.date32(), ("at",)),
    Column("occurred_precision", pa.string(), ("at",)),
    Column("occurred_month", pa.date32(), ("at",)),
    Column("occurred_year", pa.int16(), ("at",)),
    *_texts("", "country", "subject", "detection_method", "technique", "result"),
    Column("checks", pa.int32(), ("count",)),
)

LINES = (*HEAD, *CASE, *LINE)
CONTROLS = (*HEAD, *CONTROL)
TABLES = {"lines": LINES, "controls": CONTROLS}
SCHEMAS = {
    name: pa.schema([pa.field(column.name, column.type) for column in columns]) for name, columns in TABLES.items()
}


def fingerprint() -> str:
    """Return a digest that changes with the columns: facts written under another one are built anew."""
    text = "\n".join(f"{name}: {schema}" for name, schema in SCHEMAS.items())
    return sha256(text.encode()).hexdigest()[:12]
