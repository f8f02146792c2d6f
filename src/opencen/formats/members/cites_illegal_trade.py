"""CITES annual illegal trade report: one row a specimen, countries by ISO codes, specimens by term codes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop as N_

from opencen.codelists.catalogue import get_list
from opencen.formats.reporting.profile import Canonical, Report, ReportColumn
from opencen.formats.reporting.subject import (
    Subject,
    agency_of,
    concealment_of,
    detection_of,
    in_family,
    join,
    last_status,
    leg_countries,
    name_code,
    nationalities_of,
    offences_of,
    origin_of,
    place_of,
    seized_on,
    transport_of,
    unit_in,
    values_of,
    write_measure,
    write_number,
)

UNITS = {"kg": "kg", "l": "l", "m": "m", "m2": "m2", "m3": "m3", "piece": "no."}
_MEASURED = ("mass", "count", "volume", "length", "area")
_NOTED = ("live", "dead", "whole")


def _is_listed(line: Canonical) -> bool:
    """Take what an appendix lists; where none is stated, what the commodity says is a matter of CITES."""
    appendix = (line.get("attributes") or {}).get("appendix")
    if appendix in (None, "", "unknown"):
        return bool(get_list("commodity").attribute(line.get("commodity") or "", "cites", False))
    return bool(appendix != "none")


def _attribute(subject: Subject, name: str) -> str:
    return str((subject.line.get("attributes") or {}).get(name) or "")


def _location(subject: Subject) -> str:
    return join([place_of(subject), name_code("location_type", subject.case.get("location_type"))], ", ")


def _value(subject: Subject) -> str:
    return join(write_number(amount) for amount in values_of(subject).values())


def _more(subject: Subject) -> Iterator[str]:
    """Yield what the report has no column for: appendix, source, purpose, how many were alive."""
    if appendix := _attribute(subject, "appendix"):
        yield f"Appendix {appendix.replace('_', '/')}"
    for label, name in (("source", "cites_source"), ("purpose", "cites_purpose")):
        if code := _attribute(subject, name):
            yield f"{label} {code}"
    for measure in subject.line.get("measures", ()):
        if measure.get("subject") in _NOTED and measure.get("quantity") is not None:
            yield f"{write_number(measure['quantity'])} {measure['subject']}"
    if subject.line.get("is_estimate"):
        yield "quantity estimated"


_ATTRIBUTES = "lines.attributes."
COLUMNS = (
    ReportColumn(
        "Species", lambda s: _attribute(s, "scientific_name"), (f"{_ATTRIBUTES}scientific_name",), is_required=True
    ),
    ReportColumn(
        "Description of specimen", lambda s: _attribute(s, "specimen_term"), (f"{_ATTRIBUTES}specimen_term",),
        is_required=True,
    ),
    ReportColumn(
        "Quantity", lambda s: write_measure(in_family(s, *_MEASURED)), ("lines.quantity",), "number", is_required=True
    ),
    ReportColumn("Unit", lambda s: unit_in(s, in_family(s, *_MEASURED), UNITS), ("lines.unit",), is_required=True),
    ReportColumn("Date of seizure", seized_on, ("detected_at", "seized_at"), "day", is_required=True),
    ReportColumn("Location of seizure", _location, ("place.locode", "place.name", "location_type"), is_required=True),
    ReportColumn("Detecting agency", agency_of, ("agencies.name",)),
    ReportColumn(
        "Reason for seizure", lambda s: join(name_code("offence_type", o.get("kind")) for o in offences_of(s)),
        ("offences.kind",),
    ),
    ReportColumn("Means of transport", transport_of, ("conveyances.mode", "route.mode")),
    ReportColumn("Method of detection", detection_of, ("detection_method", "detection_techniques.technique")),
    ReportColumn("Method of concealment", concealment_of, ("lines.concealment.place",)),
    ReportColumn("Alleged country of origin", lambda s: join(origin_of(s)), ("lines.goods_origin", "goods_origin")),
    ReportColumn(
        "Country of transit", lambda s: join(leg_countries(s, "transit")), ("route.country",), may_be_absent=True
    ),
    ReportColumn("Country of destination", lambda s: join(leg_countries(s, "destination")), ("route.country",)),
    ReportColumn("Estimated value", _value, ("lines.value.amount",), "number"),
    ReportColumn("Currency", lambda s: join(values_of(s)), ("lines.value.currency",)),
    ReportColumn("Nationality of offenders", lambda s: join(nationalities_of(s)), ("persons.nationality",)),
    ReportColumn("Law", lambda s: join(o.get("provision") for o in offences_of(s)), ("offences.provision",)),
    ReportColumn(
        "Sanction", lambda s: join(name_code("outcome", o.get("result")) for o in offences_of(s)),
        ("offences.result",),
    ),
    ReportColumn("Disposal of confiscated specimens", lambda s: last_status(s.line), ("lines.goods_status.status",)),
    ReportColumn(
        "Additional information", lambda s: join(_more(s)),
        (f"{_ATTRIBUTES}appendix", f"{_ATTRIBUTES}cites_source", f"{_ATTRIBUTES}cites_purpose"),
    ),
)  # fmt: skip

FORMAT = Report(
    name="cites_illegal_trade",
    title=N_("CITES illegal trade report"),
    body=N_("CITES Secretariat"),
    columns=COLUMNS,
    includes=_is_listed,
    sections=("environment.fauna", "environment.flora"),
)
