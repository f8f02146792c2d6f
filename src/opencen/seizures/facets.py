"""The facets of cases and controls."""

from __future__ import annotations

from opencen.records.facets import Facet

CONTRABAND = ("role", "contraband")

CASE_FACETS = (
    Facet("kind", "Kind", codelist="case_kind"),
    Facet("commodity", "Goods", "lines.commodity", "commodity", CONTRABAND, or_empty=True),
    Facet("concealment", "Concealment", "lines.concealment.place", "concealment", CONTRABAND, or_empty=True),
    Facet("location_type", "Location", "location_type", "location_type"),
    Facet("direction", "Direction", "direction", "direction"),
    Facet("detection_method", "Detection", "detection_method", "detection_method"),
    Facet("mode", "Means of transport", "conveyances.mode", "conveyance_mode"),
    Facet("departure", "Departure", "route.country", "country", ("role", "departure")),
    Facet("destination", "Destination", "route.country", "country", ("role", "destination")),
    Facet("form", "Form", "form", "case_form"),
)

CONTROL_FACETS = (
    Facet("subject", "What was checked", "subject", "control_subject"),
    Facet("detection_method", "Detection", "detection_method", "detection_method"),
    Facet("technique", "Technique", "technique", "detection_technique"),
    Facet("result", "Result", "result", "control_result"),
)
