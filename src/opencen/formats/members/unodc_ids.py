"""UNODC individual drug seizures: one row a line of drugs, quantities in the unit of their family."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from opencen.codelists.catalogue import get_list
from opencen.formats.reporting.profile import Canonical, Report, ReportColumn
from opencen.formats.reporting.subject import (
    BODY_LANGUAGE,
    Subject,
    in_family,
    join,
    leg_countries,
    name_code,
    name_country,
    place_of,
    seized_on,
    transport_of,
    unit_in,
    write_measure,
)

UNITS = {
    "kg": "Kilogram",
    "l": "Litre",
    "tablet": "Tablet",
    "capsule": "Capsule",
    "dose": "Dose",
    "plant": "Plant",
    "piece": "Unit",
}
_MEASURED = ("mass", "volume", "count")


def _is_drug(line: Canonical) -> bool:
    return bool(get_list("commodity").attribute(line.get("commodity") or "", "section") == "drugs")


def _substance(subject: Subject) -> str:
    """Write the substance by its own name: “Resin” alone, as the CEN prints it, says little outside its flow."""
    codes = get_list("commodity")
    return codes.label(codes.standard(subject.line.get("commodity") or ""), BODY_LANGUAGE)


def _region(subject: Subject) -> str:
    """Return the code of the sub-region that the country is in."""
    country = subject.case.get("country")
    codes = get_list("unodc_region")
    return next((code.code for code in codes if country in (code.attributes.get("countries") or ())), "")


def _label(code: str) -> str:
    return get_list("unodc_region").label(code, BODY_LANGUAGE) if code else ""


def _legs(role: str) -> ReportColumn:
    return ReportColumn(
        role.capitalize(),
        lambda subject: join(name_country(code) for code in leg_countries(subject, role)),
        ("route.country",),
        may_be_absent=role == "transit",
    )


COLUMNS = (
    ReportColumn("Seizure date", seized_on, ("detected_at", "seized_at"), "day", is_required=True),
    ReportColumn("Country", lambda s: name_country(s.case.get("country")), ("country",), is_required=True),
    ReportColumn("Region", lambda s: _label(_region(s).partition(".")[0]), ("country",)),
    ReportColumn("Sub-region", lambda s: _label(_region(s)), ("country",)),
    ReportColumn(
        "Substance", _substance, ("lines.commodity",), is_required=True
    ),
    ReportColumn(
        "Unit", lambda s: unit_in(s, in_family(s, *_MEASURED), UNITS), ("lines.unit", "lines.measures.unit"),
        is_required=True,
    ),
    ReportColumn(
        "Quantity", lambda s: write_measure(in_family(s, *_MEASURED)), ("lines.quantity", "lines.measures.quantity"),
        "number", is_required=True,
    ),
    ReportColumn("Transport mode", transport_of, ("conveyances.mode", "route.mode")),
    ReportColumn(
        "Location type", lambda s: name_code("location_type", s.case.get("location_type")), ("location_type",)
    ),
    ReportColumn("Place", place_of, ("place.locode", "place.name")),
    _legs("departure"),
    _legs("transit"),
    _legs("destination"),
)  # fmt: skip

FORMAT = Report(
    name="unodc_ids",
    title=N_("UNODC individual drug seizures"),
    body=N_("United Nations Office on Drugs and Crime"),
    columns=COLUMNS,
    includes=_is_drug,
    sections=("drugs",),
)
