"""Layouts: where a document's fields stand on form, page and template.

A layout is a TOML file, `<domain>/layouts/<type>.toml`, read alike by the entry form,
the server pages, the Excel templates and the print. Its shape:

    type = "case"

    [[section]]                      # a band of the form, in the order of work
    key = "detection"
    label = "Why and how"            # English; other languages come from the catalogues
    fields = [                       # one line a field
      { path = "detected_at", label = "Found on", short = true, width = 3, hint = "…" },
      { path = "lines" },            # a repeating group stands where it is placed
    ]

    [[group]]                        # the fields of a nested group, wherever it stands
    path = "lines"                   # dotted: "lines.assessments"
    label = "Goods"
    item = "line of goods"           # "Another line of goods"
    fields = [ { path = "commodity", label = "Goods", short = true, width = 5 }, … ]

Keys of a field: `path` (relative to its group), `label`, `hint`, `short` (asked by the short
form), `optional` (never counted as missing), `width` (of 12 columns), `default` ("office", "duty" or
"last": where the value is taken from and shown as filled), `unlocks` (what an answer gives back at
once, "finds earlier cases with this company"), `with` (paths drawn in the same
box, such as quantity with unit), and `when`, a list of conditions that must all hold:
`{ path = "commodity", under = ["drugs"] }` (or `outside`), `{ path = "role", is = ["contraband"] }` or
`{ path = "procedure", present = true }`; a path is looked for in the same item first, then
in the items around it, then at the root.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class LayoutField:
    """One line of a layout."""

    path: str
    label: str
    hint: str = ""
    short: bool = False
    optional: bool = False
    width: int = 6
    default: str = ""
    unlocks: str = ""
    together: tuple[str, ...] = ()
    when: tuple[dict[str, Any], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    audience: str = ""


class _Asking:
    """What is asked of the fields that stand together."""

    fields: tuple[LayoutField, ...]

    @cached_property
    def open_fields(self) -> tuple[LayoutField, ...]:
        """Return the fields that everybody sees."""
        return tuple(field for field in self.fields if not field.audience)

    @cached_property
    def short_fields(self) -> tuple[LayoutField, ...]:
        """Return those of them that the short form asks."""
        return tuple(field for field in self.open_fields if field.short)


@dataclass(frozen=True)
class Section(_Asking):
    """A band of the form."""

    key: str
    label: str
    fields: tuple[LayoutField, ...]


@dataclass(frozen=True)
class GroupLayout(_Asking):
    """The fields of a nested group."""

    path: str
    label: str
    item: str
    fields: tuple[LayoutField, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A document type's whole layout."""

    type: str
    sections: tuple[Section, ...]
    groups: dict[str, GroupLayout]

    def labels(self) -> dict[str, str]:
        """Map every dotted path (item ids left out) to its English label."""
        found = {line.path: line.label for section in self.sections for line in section.fields}
        for group in self.groups.values():
            found[group.path] = group.label
            found |= {f"{group.path}.{line.path}": line.label for line in group.fields}
        return found


def _field(entry: dict[str, Any]) -> LayoutField:
    return LayoutField(
        path=entry["path"],
        label=entry.get("label", ""),
        hint=entry.get("hint", ""),
        short=entry.get("short", False),
        optional=entry.get("optional", False),
        width=entry.get("width", 6),
        default=entry.get("default", ""),
        unlocks=entry.get("unlocks", ""),
        together=tuple(entry.get("with", ())),
        when=tuple(entry.get("when", ())),
    )


@cache
def load_layout(package: str, name: str) -> Layout:
    """Read the layout file of a type from its domain's package."""
    text = resources.files(package).joinpath("layouts", f"{name}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    sections = tuple(Section(s["key"], s["label"], tuple(map(_field, s["fields"]))) for s in data["section"])
    groups = {
        g["path"]: GroupLayout(g["path"], g["label"], g.get("item", ""), tuple(map(_field, g["fields"])))
        for g in data.get("group", ())
    }
    return Layout(data["type"], sections, groups)
