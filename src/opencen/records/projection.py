"""The projection of a document: head columns, the typed index and the media it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from opencen.kernel.text import fold, identifier_key
from opencen.log.inserting import insert_rows, insert_stated
from opencen.records.conditions import Asked, asked_fields, completeness
from opencen.records.documents import to_bytes
from opencen.records.effective import effective_schema
from opencen.records.findings import Finding
from opencen.records.models import IndexValue, MediaUse, Record
from opencen.records.paths import Leaf, schema_path, walk_leaves
from opencen.records.schema import Annotations, Node
from opencen.records.types import Domain

_BY_WORDS = ("party", "person_name", "company_name", "prose")


def project_head(
    record: Record,
    domain: Domain,
    document: dict[str, Any],
    findings: Iterable[Finding],
    asked: Iterable[Asked] | None = None,
) -> None:
    """Write a document's projection into its head; `asked` is what its form asks for, where that is known already."""
    columns = domain.project(document)
    is_short = document.get("form") != "full"
    record.kind = columns.kind
    record.occurred_on = columns.occurred_on
    record.summary = to_bytes(columns.summary).decode()
    record.nominal_summary = to_bytes(columns.nominal).decode()
    if asked is None:
        asked = asked_fields(document, effective_schema(record.type).layout, short=is_short)
    record.quality = completeness(asked).percent
    record.warnings = sum(found.level == "warning" for found in findings)


class IndexRow(NamedTuple):
    """One value as the typed index holds it."""

    record_id: UUID
    path: str
    item: str
    text: str
    number: Decimal | None
    is_nominal: bool


def index_rows(record_id: UUID, document: dict[str, Any], tree: Node) -> Iterator[IndexRow]:
    """Yield the index values of a document's indexed fields."""
    return index_leaves(record_id, walk_leaves(document, tree))


def index_leaves(record_id: UUID, leaves: Iterable[Leaf]) -> Iterator[IndexRow]:
    """Yield the index values of a document whose leaves have been walked."""
    for path, item, leaf, value in leaves:
        if not leaf.indexed or leaf.audience:
            continue
        for single in value if isinstance(value, list) else [value]:
            text, number = index_key(leaf, single)
            yield IndexRow(record_id, schema_path(path), item, text, number, leaf.nominal)


def index_key(leaf: Annotations, value: Any) -> tuple[str, Decimal | None]:
    """Return how a value stands in the index: identifiers as one key, names folded, numbers as numbers."""
    if leaf.kind in ("decimal", "integer"):
        return "", Decimal(str(value))
    if leaf.kind == "boolean":
        return ("true" if value else "false"), None
    text = str(value)
    if leaf.kind in ("code", "record", "partial_date"):
        return text[:200], None
    return (fold(text) if leaf.kind in _BY_WORDS else identifier_key(text) or fold(text))[:200], None


def replace_index(known: Sequence[UUID], rows: Sequence[IndexRow]) -> None:
    """Write index values, dropping what stood there for records that were known."""
    if known:
        IndexValue.objects.filter(record_id__in=known).delete()
    insert_stated(IndexValue, IndexRow._fields, rows)


def media_rows(record_id: UUID, document: dict[str, Any], domain: Domain) -> Iterator[MediaUse]:
    """Yield which media a document shows."""
    for item in document.get(domain.media_list, ()) if domain.media_list else ():
        if item.get("sha256"):
            yield MediaUse(record_id=record_id, sha256=item["sha256"], item=item["id"])


def replace_media(known: Sequence[UUID], rows: Sequence[MediaUse]) -> None:
    """Write media uses, dropping what stood there for records that were known."""
    if known:
        MediaUse.objects.filter(record_id__in=known).delete()
    insert_rows(rows)
