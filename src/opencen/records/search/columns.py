"""Which fields of the index a facet or a filter reads, and which facets a list offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from opencen.accounts.queries import office_tree
from opencen.kernel.errors import Invalid
from opencen.kernel.text import fold
from opencen.records.effective import effective_schema
from opencen.records.facets import HEAD_FACETS, Facet
from opencen.records.paths import annotations_at
from opencen.records.schema import Annotations
from opencen.records.types import domain, domain_names

COUNTED = ("code", "boolean")


@dataclass(frozen=True, slots=True)
class Column:
    """One facet with the field of the index that holds it and the kind of its values."""

    facet: Facet
    kind: str

    @property
    def field(self) -> str:
        """Return the index's field: nominal values stand apart."""
        return f"{'nominal_values' if self.facet.nominal else 'values'}.{self.facet.key}"

    @property
    def is_counted(self) -> bool:
        """Tell whether its values are few enough to be counted as a facet."""
        return self.kind in COUNTED

    def to_term(self, value: str) -> str:
        """Return a value of a request as the index holds it: offices by id, texts folded."""
        if self.facet.name == "office":
            office = office_tree().by_code.get(value)
            return office.id.hex if office else value
        return fold(value)[:200] if self.kind == "text" else value

    def to_value(self, term: str) -> str:
        """Return a term of the index as a request would name it."""
        if self.facet.name == "office" and term:
            office = office_tree().by_id.get(UUID(hex=term))
            return office.code if office else term
        return term


def facets_of(kind: str = "") -> dict[str, Facet]:
    """Return the facets of a database by name: those of every head, its own, its national codes and yes/no fields."""
    found = {facet.name: facet for facet in HEAD_FACETS}
    for name in [kind] if kind else domain_names():
        found |= {facet.name: facet for facet in domain(name).facets}
        for info in effective_schema(name).national:
            if info.kind in COUNTED and not info.nominal and not info.audience:
                found[info.path] = Facet(info.path, info.labels.get("en", info.name), info.path, info.codelist)
    return found


def find_column(kinds: Iterable[str], name: str, *, reads_nominal: bool) -> Column:
    """Return the column of a facet or of any field's path; what one may not read is as unknown as what is not there."""
    for kind in kinds:
        facet = next((found for found in (*domain(kind).facets, *HEAD_FACETS) if found.name == name), None)
        if facet is not None:
            return Column(facet, "code")
        leaf = annotations_at(effective_schema(kind).tree, name)
        is_read = leaf is not None and not leaf.audience and (reads_nominal or not leaf.nominal)
        if leaf is not None and is_read and (type_ := _value_kind(leaf)):
            return Column(Facet(name, name, name, leaf.codelist, nominal=leaf.nominal), type_)
    raise Invalid("search.unknown_filter", path=f"filters.{name}", name=name)


def _value_kind(leaf: Annotations) -> str:
    """Return how a field's values stand in the index, or nothing where they do not."""
    if leaf.codelist:
        return "code"
    if leaf.kind == "boolean":
        return "boolean"
    if leaf.kind in ("decimal", "integer"):
        return "number" if leaf.indexed else ""
    return "text" if leaf.kind in ("text", "prose", "identifier") and leaf.indexed and leaf.kind != "prose" else ""
