"""The plain definition of what a list answers: a loop over every record, a few lines for each term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import orjson

from opencen.accounts.queries import office_tree
from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.text import fold, fold_ascii, identifier_key
from opencen.records.models import Record, Revision
from opencen.records.parts import join_parts
from opencen.records.search.request import SearchRequest

IN_NAMES = {"el", "al", "ul", "ben", "bin", "ibn", "de", "da", "van"}
CODED = {
    "commodity": "commodity",
    "country": "country",
    "consignee_country": "country",
    "place": "concealment",
    "mode": "conveyance_mode",
    "direction": "direction",
    "detection_method": "detection_method",
    "location_type": "location_type",
    "kind": "case_kind",
    "form": "case_form",
    "role": "line_role",
}


@dataclass
class Known:
    """One record as the database has it, with what the oracle reads from it."""

    record: Record
    document: dict[str, Any]
    facets: dict[str, set[str]]
    words: set[str]
    apart: set[str]
    keys: set[str]
    label_words: set[str]


def read_world() -> list[Known]:
    """Read every record with its present document."""
    found = []
    for record in Record.objects.all():
        revision = Revision.objects.get(record=record, number=record.revision)
        nominal = orjson.loads(revision.nominal)["document"]
        document = join_parts(orjson.loads(revision.public), nominal)
        found.append(know(record, document))
    return found


def know(record: Record, document: dict[str, Any]) -> Known:
    """Gather what a record is found by."""
    texts = list(texts_of(document))
    forms = [form.split() for text in texts for form in (fold(text), fold_ascii(text))]
    words = {word for form in forms for word in form}
    names = [name for stated in names_of(document) for name in {fold(stated), fold_ascii(stated)}]
    apart = {word for name in names for word in written_apart(name.split())}
    labels = {word for label in labels_of(document) for word in fold(label).split()}
    return Known(record, document, facets_of(record, document), words, apart, set(map(identifier_key, texts)), labels)


def names_of(document: dict[str, Any]) -> Iterator[str]:
    """Yield the names of people and companies."""
    yield from (person["name"] for person in document.get("persons", ()) if "name" in person)
    yield from (found["consignee"] for found in document.get("consignments", ()) if "consignee" in found)


def written_apart(words: list[str]) -> Iterator[str]:
    """Yield what two neighbours make together, or three around an article or a patronymic."""
    for at, word in enumerate(words):
        for run in (words[at : at + 2], words[at : at + 3]):
            together = "".join(run)
            is_run = len(run) == 2 or (len(run) == 3 and run[1] in IN_NAMES)
            are_long = min(len(run[0]), len(run[-1])) >= 2 and 5 <= len(together) <= 20
            if word and is_run and are_long and together.isalpha():
                yield together


def steps_of(code: str | None) -> set[str]:
    """Return a dotted code with all above it."""
    parts = code.split(".") if code else []
    return {".".join(parts[: end + 1]) for end in range(len(parts))}


def facets_of(record: Record, document: dict[str, Any]) -> dict[str, set[str]]:
    """Read the values of each facet."""
    lines = [line for line in document.get("lines", ()) if line.get("role", "contraband") == "contraband"]
    legs = document.get("route", ())
    at = document.get("detected_at", "")
    office = office_tree().by_id[record.office_id].code
    return {
        "commodity": set().union(*(steps_of(line.get("commodity")) for line in lines)),
        "concealment": set().union(*(steps_of(line.get("concealment", {}).get("place")) for line in lines)),
        "mode": {found["mode"] for found in document.get("conveyances", ()) if "mode" in found},
        "departure": {leg["country"] for leg in legs if leg["role"] == "departure"},
        "destination": {leg["country"] for leg in legs if leg["role"] == "destination"},
        "location_type": {document["location_type"]} if "location_type" in document else set(),
        "direction": {document["direction"]},
        "year": {at[:4]},
        "month": {at[:7]} if len(at) >= 7 else set(),
        "state": {record.state},
        "office": {office},
        "batch": {record.batch} - {""},
    }


def texts_of(value: Any) -> Iterator[str]:
    """Yield every text below a value; a place stands with its name."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "id":
                yield from texts_of(inner)
            if name == "place" and isinstance(inner, str) and "." not in inner:
                yield get_list("place").label(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)
    elif isinstance(value, str):
        yield value


def labels_of(value: Any) -> Iterator[str]:
    """Yield the labels, in every language, of every code below a value and of all above it."""
    if isinstance(value, list):
        for inner in value:
            yield from labels_of(inner)
    if not isinstance(value, dict):
        return
    for name, inner in value.items():
        if name in CODED and isinstance(inner, str):
            yield from code_labels(CODED[name], inner)
        else:
            yield from labels_of(inner)


def code_labels(name: str, code: str) -> Iterator[str]:
    """Yield the labels and aliases of a code and of all above it."""
    for found in filter(None, map(get_list(name).get, steps_of(code))):
        yield from found.labels.values()
        yield from (alias for aliases in found.aliases.values() for alias in aliases)


def has_word(known: Known, word: str) -> bool:
    """Tell whether a word stands in a text, begins a word of a code's label, or begins a number."""
    if fold(word) in known.words | known.apart:
        return True
    key = identifier_key(word)
    if any(c.isdigit() for c in key):
        return any(known_key.startswith(key) for known_key in known.keys)
    folded = fold(word)
    return any(part.startswith(folded) if len(folded) >= 4 else part == folded for part in known.label_words)


def sees(actor: Actor, record: Record) -> bool:
    """Tell whether a record exists for an actor."""
    return (
        f"{record.type}:read" in actor.permissions
        and (actor.office_ids is None or record.office_id in actor.office_ids)
        and record.sensitivity <= actor.clearance
        and (record.compartment_id is None or record.compartment_id in actor.compartments)
    )


def answers(actor: Actor, asked: SearchRequest, known: Known) -> bool:
    """Tell whether a record belongs to the answer."""
    record = known.record
    day = record.occurred_on
    words = [word for word in asked.text.split("|") if word]
    return (
        sees(actor, record)
        and asked.type in ("", record.type)
        and (
            all(has_word(known, word) for word in words)
            or (len(words) == 2 and all(word.isalpha() for word in words) and fold("".join(words)) in known.words)
        )
        and all(_has_value(known, name, values) for name, values in asked.filters.items() if values)
        and not (asked.occurred_from and (day is None or day < asked.occurred_from))
        and not (asked.occurred_to and (day is None or day > asked.occurred_to))
        and not (asked.quality_below is not None and record.quality >= asked.quality_below)
        and not (asked.mine and record.author_id != actor.id)
        and not (asked.has_photos and not known.document.get("media"))
        and not (asked.waiting and record.state not in ("submitted", "amended"))
    )


def _has_value(known: Known, name: str, values: list[str]) -> bool:
    stated = known.facets[name]
    return bool(stated & set(values)) or ("" in values and not stated)


def find(actor: Actor, asked: SearchRequest, world: list[Known]) -> set[Any]:
    """Return the ids of the answer."""
    return {known.record.id for known in world if answers(actor, asked, known)}


def count(actor: Actor, asked: SearchRequest, world: list[Known]) -> dict[str, dict[str, int]]:
    """Count each facet over the answer that leaves its own filter out."""
    counts = {}
    for name in asked.facets:
        others = {key: values for key, values in asked.filters.items() if key != name}
        kept = [known for known in world if answers(actor, replace(asked, filters=others), known)]
        counts[name] = dict(Counter(value for known in kept for value in known.facets[name] or {""}))
    return counts
