"""The facets of cases and controls."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from opencen.records.facets import Facet

CONTRABAND = ("role", "contraband")

CASE_FACETS = (
    Facet("kind", N_("Kind"), codelist="case_kind"),
    Facet("commodity", N_("Goods"), "lines.commodity", "commodity", CONTRABAND, or_empty=True),
    Facet("concealment", N_("Concealment"), "lines.concealment.place", "concealment", CONTRABAND, or_empty=True),
    Facet("location_type", N_("Location"), "location_type", "location_type"),
    Facet("direction", N_("Direction"), "direction", "direction"),
    Facet("detection_method", N_("Detection"), "detection_method", "detection_method"),
    Facet("mode", N_("Means of transport"), "conveyances.mode", "conveyance_mode"),
    Facet("departure", N_("Departure"), "route.country", "country", ("role", "departure")),
    Facet("destination", N_("Destination"), "route.country", "country", ("role", "destination")),
    Facet("form", N_("Form"), "form", "case_form"),
)

CONTROL_FACETS = (
    Facet("subject", N_("What was checked"), "subject", "control_subject"),
    Facet("detection_method", N_("Detection"), "detection_method", "detection_method"),
    Facet("technique", N_("Technique"), "technique", "detection_technique"),
    Facet("result", N_("Result"), "result", "control_result"),
)
