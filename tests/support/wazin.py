"""A border post of one's own, with a label in each language: it lies in the country beyond the border."""

from __future__ import annotations

from opencen.codelists.services import add_national_code
from tests import make

CODE = "tn:wazin"
LABELS = {
    "en": "Wazin crossing",
    "fr": "Poste de Wazin",
    "es": "Paso de Wazin",
    "ar": "معبر وازن",
    "pt": "Posto de Wazin",
}


def add_wazin() -> None:
    """Add it to the national places."""
    add_national_code(make.actor("administrator"), list_name="place", code=CODE, maps_to="LYTIP", labels=LABELS)
