"""The fields a column may go to: every path of a type with fixed item ids, and the words it goes by."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, override

from opencen.formats.values import fold
from opencen.kernel.languages import LANGUAGES
from opencen.records.effective import EffectiveSchema
from opencen.records.forms import field_label
from opencen.records.schema import Annotations, Node

ITEM_IDS = {"lines": "l1", "conveyances": "v1", "consignments": "s1", "persons": "p1", "companies": "c1",
            "external_references": "r1"}  # fmt: skip
LEGS = ("departure", "transit", "destination")
# Words that registers use for what the labels say otherwise; in any language.
ALIASES = {
    "detected_at": (
        "date",
        "date of seizure",
        "date de saisie",
        "seizure date",
        "found",
        "jour",
        "fecha",
        "data",
        "fecha de incautación",
        "data da apreensão",
        "التاريخ",
        "تاريخ الحجز",
    ),
    "external_references[r1].number": (
        "reference",
        "ref",
        "case number",
        "n° pv",
        "no pv",
        "pv",
        "numéro",
        "dossier",
        "number",
        "expediente",
        "processo",
        "رقم المحضر",
    ),
    "office": ("bureau", "customs office", "post", "station"),
    "country": ("pays", "country of seizure"),
    "place.name": ("location", "lieu", "place", "locality"),
    "place.latitude": ("latitude", "lat"),
    "place.longitude": ("longitude", "lon", "long", "lng"),
    "lines[l1].commodity": (
        "goods",
        "marchandise",
        "commodity",
        "product",
        "produit",
        "nature",
        "mercancía",
        "mercadoria",
        "البضاعة",
        "نوع البضاعة",
    ),
    "lines[l1].quantity": ("quantity", "qty", "quantité", "qté", "qte", "amount", "cantidad", "quantidade", "الكمية"),
    "lines[l1].unit": ("unit", "unit of measure", "unité", "unite", "uom", "unidad", "unidade", "الوحدة"),
    "lines[l1].value.amount": ("value", "valeur", "val"),
    "lines[l1].concealment.place": ("concealment", "cache", "hiding place"),
    "lines[l1].description": ("description of goods", "désignation"),
    "conveyances[v1].mode": ("transport", "means of transport", "moyen transp", "moyen de transport", "mode"),
    "conveyances[v1].plate": ("plate", "immatriculation", "registration"),
    "route[departure].country": (
        "provenance",
        "from",
        "departure",
        "origin",
        "procedencia",
        "procedência",
        "المصدر",
        "بلد المغادرة",
    ),
    "route[transit].country": ("via", "transit"),
    "route[destination].country": ("destination", "dest", "to"),
    "consignments[s1].declaration_number": (
        "declaration",
        "déclaration",
        "n° déclaration",
        "dum",
        "sad",
        "declaración",
        "declaração",
        "التصريح",
    ),
    "persons[p1].name": ("name", "nom", "nom contrev", "offender", "suspect"),
    "persons[p1].nationality": ("nationality", "nationalité"),
    "detection_method": ("why selected", "détection", "detection"),
    "direction": ("direction", "sens"),
    "narrative": ("remarks", "obs", "observations", "comments", "notes", "commentaire", "facts"),
}


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One place a column may go to."""

    path: str
    label: str
    group: str
    leaf: Annotations
    names: tuple[str, ...]


_kept: dict[tuple[str, str], tuple[FieldChoice, ...]] = {}


def field_choices(schema: EffectiveSchema, language: str) -> tuple[FieldChoice, ...]:
    """List the places a column may go to, labelled in a language."""
    key = (schema.fingerprint, language)
    if key not in _kept:
        _kept[key] = tuple(_walk(schema, schema.tree, "", "", language))
    return _kept[key]


def choice_at(schema: EffectiveSchema, path: str, language: str) -> FieldChoice | None:
    """Return the place of a path, whatever the mapping calls its items."""
    plain = _plain(path)
    exact = next((found for found in field_choices(schema, language) if found.path == path), None)
    return exact or next((found for found in field_choices(schema, language) if _plain(found.path) == plain), None)


def _plain(path: str) -> str:
    return "".join(part.split("]")[-1] for part in path.split("["))


def _walk(schema: EffectiveSchema, node: Node, path: str, plain: str, language: str) -> list[FieldChoice]:
    found: list[FieldChoice] = []
    for name, leaf in node.leaves.items():
        if name == "national" or leaf.kind.startswith(("item:", "media", "record")):
            continue
        here = f"{path}.{name}" if path else name
        full = f"{plain}.{name}" if plain else name
        group = _word(schema, plain.split(".")[0], language) if plain else ""
        names = tuple({fold(_word(schema, full, lang)) for lang in LANGUAGES} | set(ALIASES.get(here, ())))
        label = _word(schema, full, language) or full
        found.append(FieldChoice(here, label, _leg(path, language) or group, leaf, names))
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
