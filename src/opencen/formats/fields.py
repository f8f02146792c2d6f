"""The fields a column may go to: every path of a type with fixed item ids, and the words it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext, override

from opencen.formats.spelling import heads
from opencen.formats.values import fold
from opencen.kernel.languages import LANGUAGES
from opencen.records.effective import EffectiveSchema
from opencen.records.forms import field_label
from opencen.records.schema import Annotations, Node

ITEM_IDS = {"lines": "l1", "conveyances": "v1", "consignments": "s1", "persons": "p1", "companies": "c1",
            "external_references": "r1"}  # fmt: skip
LEGS = ("departure", "transit", "destination")


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One place a column may go to."""

    path: str
    label: str
    group: str
    leaf: Annotations
    names: tuple[str, ...]
    type: str = "case"


@cache
def head_words(path: str) -> tuple[str, ...]:
    """Return what registers write over a column of a field, folded."""
    return tuple(dict.fromkeys(fold(word).rstrip(".:") for word in heads().get(path, ())))


_kept: dict[tuple[str, str], tuple[FieldChoice, ...]] = {}


def field_choices(schema: EffectiveSchema, language: str) -> tuple[FieldChoice, ...]:
    """List the places a column may go to, labelled in a language."""
    key = (schema.fingerprint, language)
    if key not in _kept:
        _kept[key] = tuple(_walk(schema, schema.tree, "", "", language))
    return _kept[key]


def choice_at(schema: EffectiveSchema, path: str, language: str) -> FieldChoice | None:
    """Return the place of a path, whatever the mapping calls its items."""
    plain = plain_path(path)
    exact = next((found for found in field_choices(schema, language) if found.path == path), None)
    return exact or next((found for found in field_choices(schema, language) if plain_path(found.path) == plain), None)


def plain_path(path: str) -> str:
    """Return a path without its items' ids, as the layout names it."""
    return "".join(part.split("]")[-1] for part in path.split("["))


def _walk(schema: EffectiveSchema, node: Node, path: str, plain: str, language: str) -> list[FieldChoice]:
    found: list[FieldChoice] = []
    for name, leaf in node.leaves.items():
        if name == "national" or leaf.kind.startswith(("item:", "media", "record")):
            continue
        here = f"{path}.{name}" if path else name
        full = f"{plain}.{name}" if plain else name
        group = _word(schema, plain.split(".")[0], language) if plain else ""
        names = tuple({fold(_word(schema, full, lang)) for lang in LANGUAGES} | set(head_words(here)))
        label = _word(schema, full, language) or full
        found.append(FieldChoice(here, label, _leg(path, language) or group, leaf, names, schema.type.name))
    for name, inner in node.groups.items():
        full = f"{plain}.{name}" if plain else name
        if name == "media":
            continue
        for step in _steps(name, name in node.repeats):
            found += _walk(schema, inner, f"{path}.{step}" if path else step, full, language)
    return found


def _steps(name: str, is_list: bool) -> list[str]:
    if name == "route":
        return [f"route[{role}]" for role in LEGS]
    return [f"{name}[{ITEM_IDS.get(name, name[0] + '1')}]"] if is_list else [name]


def _leg(path: str, language: str) -> str:
    words = {"departure": "Departure", "transit": "Transit", "destination": "Destination"}
    role = next((role for role in LEGS if path == f"route[{role}]"), "")
    with override(language):
        return gettext(words[role]) if role else ""


def _word(schema: EffectiveSchema, path: str, language: str) -> str:
    layout = schema.layout
    with override(language):
        if path in layout.groups:
            return gettext(layout.groups[path].label)
        for section in layout.sections:
            for line in section.fields:
                if line.path == path and line.label:
                    return field_label(line, language)
        for group in layout.groups.values():
            for line in group.fields:
                if f"{group.path}.{line.path}" == path and line.label:
                    return field_label(line, language)
    return path.rpartition(".")[2].replace("_", " ").capitalize() if path else ""
