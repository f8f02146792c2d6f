"""The narrative as it would leave: what looks like a name, plate, phone or document number is decided by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opencen.accounts.queries import office_tree
from opencen.codelists.catalogue import get_list
from opencen.kernel.free_text import KnownName, Phrases, Span, find_identifying, make_phrases, replacement

KEEP = "keep"
REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Narrative:
    """A text with its flagged places, what was decided of each, and the text as it goes."""

    written: str
    spans: tuple[Span, ...]
    decisions: Mapping[str, str]

    @property
    def undecided(self) -> list[Span]:
        """Return the flags that nobody has decided."""
        return [span for span in self.spans if span_key(span) not in self.decisions]

    @property
    def goes(self) -> str:
        """Return the text with everything replaced that was not kept on purpose."""
        text, at = [], 0
        for span in self.spans:
            if self.decisions.get(span_key(span)) == KEEP:
                continue
            text.append(self.written[at : span.start])
            text.append(replacement(span.kind))
            at = span.end
        return "".join(text) + self.written[at:]


def span_key(span: Span) -> str:
    """Name a flagged place of a text, with its kind, so that a decision is for that place only."""
    return f"{span.start}-{span.end}-{span.kind}"


def read_narrative(
    text: str, names: Sequence[KnownName], decisions: Mapping[str, str], *, places: Phrases = frozenset()
) -> Narrative:
    """Flag a text and put the decisions beside the flags they are for; names of places are no names of people."""
    spans = tuple(sorted(find_identifying(text, names, not_names=places), key=lambda span: (span.start, -span.end)))
    apart: list[Span] = []
    for span in spans:
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    keys = {span_key(span) for span in apart}
    kept = {key: value for key, value in decisions.items() if key in keys and value in (KEEP, REPLACE)}
    return Narrative(text, tuple(apart), kept)


def known_names(document: dict[str, Any]) -> list[KnownName]:
    """Return the names that the document itself holds: of persons, companies and vessels."""
    found = [KnownName(person["name"]) for person in document.get("persons", ()) if person.get("name")]
    found += [KnownName(company["name"], "company") for company in document.get("companies", ()) if company.get("name")]
    found += [KnownName(c["name"], "vessel") for c in document.get("conveyances", ()) if c.get("name")]
    for consignment in document.get("consignments", ()):
        parties = (consignment.get(role) for role in ("consignor", "consignee", "declarant"))
        found += [KnownName(name, "company") for name in parties if name]
    return found


def known_places(document: dict[str, Any]) -> Phrases:
    """Return the names of places that the document holds, of the offices, and of countries, in every language.

    Not the whole gazetteer: half of the family names of the world are also a place somewhere.
    """
    places, countries = get_list("place"), get_list("country")
    stated = document.get("place") or {}
    legs = document.get("route", ())
    offices = office_tree().by_id.values()
    codes = [stated.get("locode"), *(leg.get("place") for leg in legs), *(office.place for office in offices)]
    found = [places.label(code) for code in codes if code]
    found += [name for name in (stated.get("name"), *(leg.get("place_name") for leg in legs)) if name]
    found += [name for office in offices for name in office.names]
    found += [label for country in countries for label in country.labels.values()]
    return make_phrases(dict.fromkeys(found))
