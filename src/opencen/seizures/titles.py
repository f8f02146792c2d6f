"""The sentence one would say of a case, in any language: goods, how much, hidden where."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as N_

from opencen.codelists.catalogue import get_list
from opencen.records.texts import translate, write_code, write_decimal, write_quantity
from opencen.records.titles import title_of
from opencen.seizures.projection import case_columns, control_columns

Summary = Mapping[str, Any]

# What a place of concealment is a part of, where its label does not say so itself.
_PARTS = {
    "in_transport.container": N_("{place} of a container"),
    "in_transport.vehicle": N_("{place} of a vehicle"),
    "in_transport.vessel": N_("{place} of a vessel"),
    "in_transport.aircraft": N_("{place} of an aircraft"),
    "in_transport.rail": N_("{place} of a train"),
}
_WHOLE_LABELS = frozenset(
    {
        "in_transport.container.roof",
        "in_transport.vehicle.cargo_space",
        "in_transport.vehicle.trailer",
        "in_transport.vehicle.cabin",
        "in_transport.vehicle.cooling_unit",
        "in_transport.vehicle.luggage_hold",
        "in_transport.vehicle.magnetic_box",
        "in_transport.vessel.built_compartment",
        "in_transport.vessel.crew_quarters",
        "in_transport.vessel.fish_hold_nets",
        "in_transport.aircraft.cargo_hold",
        "in_transport.rail.technical",
        "in_transport.rail.lavatory",
        "in_transport.rail.locomotive",
        "in_transport.rail.wagon_structure",
    }
)
_NOUNS = ("container", "conteneur", "vehicle", "véhicule", "vessel", "navire", "aircraft", "aéronef", "train")
# Said shorter than the list labels them.
_SAID = {"on_person.body_packing": N_("swallowed"), "on_person.strapped": N_("strapped to the body")}
_BY_MODE = {
    "air": N_("by air"),
    "express_courier": N_("by express courier"),
    "mail": N_("by post"),
    "vessel": N_("by sea"),
    "vehicle": N_("in a vehicle"),
    "pedestrian": N_("on foot"),
    "rail": N_("by rail"),
}
_SENTENCES = {
    (True, True): N_("{goods}, {quantity}, {place}"),
    (True, False): N_("{goods}, {quantity}"),
    (False, True): N_("{goods}, {place}"),
    (False, False): N_("{goods}"),
}
_SILENT = ("unknown", "not_applicable", "not_concealed", None, "")


def case_title(summary: Summary, language: str) -> str:
    """Say what a case is about, from its head's summary."""
    goods = _goods(summary, language)
    quantity = quantity_text(summary, language)
    place = _place(summary, language)
    template = _SENTENCES[bool(quantity), bool(place)]
    sentence = translate(template, language, goods=goods, quantity=quantity, place=place)
    if more := summary.get("more"):
        return translate("{sentence}, and {count} more", language, sentence=sentence, count=more)
    return sentence


def document_title(document: Mapping[str, Any], language: str) -> str:
    """Say what a case is about, from its document."""
    return case_title(case_columns(dict(document)).summary, language)


def control_title(summary: Summary, language: str) -> str:
    """Say what was checked, how often and with what result."""
    subject = write_code("control_subject", summary.get("subject", ""), language)
    result = write_code("control_result", summary.get("result", "none"), language)
    count = summary.get("count") or 1
    if count == 1:
        return translate("{subject} checked: {result}", language, subject=subject, result=lowered(result, language))
    data = {"subject": subject, "count": write_decimal(count, language), "result": lowered(result, language)}
    return translate("{subject}, {count} checked: {result}", language, **data)


def document_control_title(document: Mapping[str, Any], language: str) -> str:
    """Say what was checked, from a control's document."""
    return control_title(control_columns(dict(document)).summary, language)


def record_title(type: str, summary: Summary, language: str) -> str:
    """Say what a record of any database is about, from what its head says."""
    return title_of(type, summary, language)


def quantity_text(summary: Summary, language: str) -> str:
    """Write the quantity that counts, as a summary holds it; empty where none is known."""
    if summary.get("value") is None:
        if summary.get("quantity") is None or not summary.get("unit"):
            return ""
        return write_quantity(Decimal(str(summary["quantity"])), summary["unit"], language)
    value, measure = Decimal(str(summary["value"])), summary.get("measure", "")
    written = write_decimal(value, language) if measure == "piece" else write_quantity(value, measure, language)
    return translate("about {quantity}", language, quantity=written) if summary.get("about") else written


def place_name(place: str | None, language: str, name: str | None = None) -> str:
    """Name a place: by its own name, else by its UN/LOCODE."""
    if name:
        return name
    return write_code("place", place, language) if place else ""


def leg_name(leg: Mapping[str, Any], language: str) -> str:
    """Name a stop of the route with its country: “Guayaquil, Ecuador”."""
    place = place_name(leg.get("place"), language, leg.get("place_name"))
    code = leg.get("country") or (get_list("place").attribute(leg["place"], "country") if leg.get("place") else None)
    country = write_code("country", code, language) if code else ""
    if place and country:
        return translate("{place}, {country}", language, place=place, country=country)
    return place or country


def route_text(summary: Summary, language: str) -> str:
    """Write from where to where, by countries: “Ecuador – Tunisia”."""
    ends = [summary.get("departure"), summary.get("destination")]
    return " – ".join(write_code("country", end, language) for end in ends if end)


def lowered(label: str, language: str) -> str:
    """Write a label inside a sentence: small first letter, but for abbreviations and names."""
    return label if label[1:2].isupper() or not label else label[:1].lower() + label[1:]


def _goods(summary: Summary, language: str) -> str:
    commodity = summary.get("commodity")
    if commodity:
        return write_code("commodity", commodity, language)
    if summary.get("offence"):
        return write_code("offence_type", summary["offence"], language)
    return write_code("case_kind", summary.get("kind") or "seizure", language)


def _place(summary: Summary, language: str) -> str:
    stated = summary.get("concealment")
    codes = get_list("concealment")
    standard = codes.standard(stated) if stated else None
    if standard in _SILENT:
        by = _BY_MODE.get(summary.get("mode") or "")
        return translate(by, language) if by else ""
    if standard in _SAID:
        return translate(_SAID[standard], language)
    label = lowered(codes.label(stated or "", language), language)
    template = next((text for code, text in _PARTS.items() if str(standard).startswith(f"{code}.")), None)
    if template is None or standard in _WHOLE_LABELS or any(noun in label for noun in _NOUNS):
        return label
    return translate(template, language, place=label)
