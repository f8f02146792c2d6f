"""ETIS, the Elephant Trade Information System: one row a case, its ivory raw and worked, in pieces and kilograms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from django.utils.translation import gettext_noop as N_

from opencen.codelists.catalogue import get_list
from opencen.formats.reporting.profile import Canonical, Report, ReportColumn
from opencen.formats.reporting.subject import (
    BODY_LANGUAGE,
    Subject,
    agency_of,
    concealment_of,
    detection_of,
    join,
    leg_countries,
    name_code,
    nationalities_of,
    origin_of,
    place_of,
    seized_on,
    transport_of,
    values_of,
    write_measure,
    write_number,
    write_values,
)
from opencen.seizures.quantities import normalised_line

ELEPHANT = "environment.fauna.mammals.elephant"
# Terms of specimens (CITES) that are ivory as it grew, and ivory that was worked.
TERMS = {"raw": ("TUS", "IVP"), "worked": ("IVC", "IVJ", "KEY")}
_FAMILIES = {"pieces": "count", "kg": "mass"}


def _is_elephant(line: Canonical) -> bool:
    commodity = line.get("commodity") or ""
    codes = get_list("commodity")
    return codes.is_under(codes.standard(commodity), ELEPHANT) if commodity else False


def _amount(line: Canonical, state: str, unit: str) -> Decimal | None:
    """Return how much ivory a line is: as stated for it, else as the term of its specimen lets one say."""
    attributes = line.get("attributes") or {}
    stated = attributes.get(f"{state}_ivory_{unit}")
    if stated is not None:
        return Decimal(str(stated))
    if attributes.get("specimen_term") not in TERMS[state]:
        return None
    found = normalised_line(line)
    every = (found.counted, *found.alternatives)
    return next((m.value for m in every if m is not None and m.family == _FAMILIES[unit]), None)


def _ivory(state: str, unit: str) -> Callable[[Subject], str]:
    def read(subject: Subject) -> str:
        amounts = [found for line in subject.lines if (found := _amount(line, state, unit)) is not None]
        return write_number(sum(amounts, Decimal(0))) if amounts else ""

    return read


def _others(subject: Subject) -> Iterator[str]:
    """Yield what of the elephant is no ivory."""
    terms = get_list("cites_term")
    for line in subject.lines:
        if any(_amount(line, state, unit) is not None for state in TERMS for unit in _FAMILIES):
            continue
        term = (line.get("attributes") or {}).get("specimen_term")
        counted = normalised_line(line).counted
        amount = f"{write_measure(counted)} {counted.base_unit}" if counted and counted.value is not None else ""
        yield join([terms.label(term, BODY_LANGUAGE) if term else "Unspecified", amount], ", ")


def _species(subject: Subject) -> str:
    return join((line.get("attributes") or {}).get("scientific_name") for line in subject.lines)


def _more(subject: Subject) -> str:
    appendices = ((line.get("attributes") or {}).get("appendix") for line in subject.lines)
    estimated = ["quantity estimated"] if any(line.get("is_estimate") for line in subject.lines) else []
    return join([*(f"Appendix {code.replace('_', '/')}" for code in appendices if code), *estimated])


_IVORY = tuple(
    ReportColumn(
        f"{state.capitalize()} ivory {unit}", _ivory(state, unit),
        (f"lines.attributes.{state}_ivory_{unit}", "lines.attributes.specimen_term"), "number", may_be_absent=True,
    )
    for state in TERMS for unit in _FAMILIES
)  # fmt: skip

COLUMNS = (
    ReportColumn("Seizure year", lambda s: seized_on(s)[:4], ("detected_at", "seized_at"), is_required=True),
    ReportColumn("Seizure date", seized_on, ("detected_at", "seized_at"), "day", is_required=True),
    ReportColumn("Agency", agency_of, ("agencies.name",), is_required=True),
    ReportColumn(
        "Place of discovery", lambda s: name_code("location_type", s.case.get("location_type")), ("location_type",)
    ),
    ReportColumn("City of discovery", place_of, ("place.locode", "place.name")),
    ReportColumn("Country of discovery", lambda s: str(s.case.get("country") or ""), ("country",), is_required=True),
    ReportColumn("Country of origin", lambda s: join(origin_of(s)), ("lines.goods_origin", "goods_origin")),
    ReportColumn("Country of export", lambda s: join(leg_countries(s, "departure")), ("route.country",)),
    ReportColumn(
        "Country of transit", lambda s: join(leg_countries(s, "transit")), ("route.country",), may_be_absent=True
    ),
    ReportColumn("Country of destination", lambda s: join(leg_countries(s, "destination")), ("route.country",)),
    ReportColumn("Species", _species, ("lines.attributes.scientific_name",)),
    *_IVORY,
    ReportColumn("Other products", lambda s: join(_others(s)), ("lines.attributes.specimen_term",), may_be_absent=True),
    ReportColumn("Value", lambda s: write_values(values_of(s)), ("lines.value.amount",)),
    ReportColumn("Mode of transport", transport_of, ("conveyances.mode", "route.mode")),
    ReportColumn("Method of concealment", concealment_of, ("lines.concealment.place",)),
    ReportColumn("Method of detection", detection_of, ("detection_method", "detection_techniques.technique")),
    ReportColumn("Nationalities of suspects", lambda s: join(nationalities_of(s)), ("persons.nationality",)),
    ReportColumn("Additional information", _more, ("lines.attributes.appendix",)),
)

FORMAT = Report(
    name="etis",
    title=N_("ETIS elephant products"),
    body=N_("Elephant Trade Information System (TRAFFIC for CITES)"),
    columns=COLUMNS,
    includes=_is_elephant,
    sections=(ELEPHANT,),
    per_line=False,
)
