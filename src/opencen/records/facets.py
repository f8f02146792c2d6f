"""Facets: the questions a list can be narrowed by, named once for list, figure and link."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_


@dataclass(frozen=True, slots=True)
class Facet:
    """Name one facet: the field it reads, its code list, and which items of a repeating group count.

    `where` is (field, value) of the same item; an item that leaves the field out counts when `or_empty` is set.
    A facet without a path is read from the record's head; a domain may name it anew to give its code list.
    """

    name: str
    label: str
    path: str = ""
    codelist: str = ""
    where: tuple[str, str] | None = None
    or_empty: bool = False
    nominal: bool = False

    @property
    def key(self) -> str:
        """Return under which key its values stand in the text search."""
        if not self.path:
            return f"head/{self.name}"
        plain = self.path.replace(".", "/")
        return f"{plain}@{self.where[1]}" if self.where else plain


HEAD_FACETS = (
    Facet("type", N_("Database")),
    Facet("state", N_("State"), codelist="case_state"),
    Facet("kind", N_("Kind")),
    Facet("office", N_("Office")),
    Facet("year", N_("Year")),
    Facet("month", N_("Month")),
    Facet("batch", N_("Batch")),
)
