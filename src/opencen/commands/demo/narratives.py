"""Short accounts of what happened, written from what was drawn."""

from __future__ import annotations

from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.commands.demo.movement import Scene

_ENGLISH = (
    "{opening} {found} in {place}. {people}The goods were weighed and sealed in the presence of two officers.",
    "{opening} The search brought {found} to light, {place}. {people}Samples went to the central laboratory.",
    "{opening} On opening, {found} came out of {place}. {people}The prosecutor was told the same day.",
)
_OPENINGS = {
    "airport": "The arriving passenger took the green channel and was asked aside after the X-ray.",
    "mail_centre": "The item stood out on the belt scanner and was opened in the presence of the postal operator.",
    "express_courier": "The shipment was described as documents; the picture showed something else.",
    "seaport": "The unit was selected before arrival and moved to the scanner lane.",
    "land_boundary": "The vehicle was sent to the second lane, where the dog sat down beside it.",
    "inland": "A patrol stopped the vehicle on the national road.",
}
_FRENCH = (
    "{opening} La fouille a permis de découvrir {found}, {place}. {people}Le parquet a été avisé le jour même.",
    "Contrôle mené sur place. {found} : {place}. {people}Les marchandises ont été pesées et scellées.",
)


def write_narrative(scene: Scene) -> str:
    """Write an account in the language of the office."""
    rng = scene.rng
    language = "fr" if rng.random() < 0.35 else "en"
    line: dict[str, Any] = scene.parts["lines"][0]
    goods = get_list("commodity").label(line["commodity"], language)
    unit = get_list("unit").label(line["unit"], language).lower()
    opening = (
        "Contrôle de routine au poste." if language == "fr" else _OPENINGS.get(scene.location, "During a control:")
    )
    place = get_list("concealment").label(line["concealment"]["place"], language).lower()
    return rng.choice(_FRENCH if language == "fr" else _ENGLISH).format(
        opening=opening,
        found=f"{goods} ({line['quantity']} {unit})",
        place=place,
        people=_people(scene, language),
    )


def _people(scene: Scene, language: str) -> str:
    """Say who was there, sometimes by name, as officers do."""
    persons = scene.parts.get("persons") or []
    if not persons or scene.rng.random() < 0.4:
        return ""
    name = persons[0]["name"]
    return f"{name} a été entendu. " if language == "fr" else f"{name} said the bag belonged to a cousin. "
