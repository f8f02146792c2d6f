"""The facets of means of transport."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from opencen.records.facets import Facet

FACETS = (
    Facet("kind", N_("Kind"), codelist="conveyance_kind"),
    Facet("type", N_("Type"), "type", "vehicle_type"),
    Facet("list", N_("Published list")),
    Facet("flag", N_("Flag"), "flag", "country"),
    Facet("plate_country", N_("Country of the plate"), "plate_country", "country"),
    Facet("offence", N_("Offence"), "entries.offence", "offence_type"),
    Facet("commodity", N_("Goods"), "entries.commodity", "commodity"),
    Facet("flags", N_("Warnings"), "flags", "warning_flag"),
    Facet("legal_basis", N_("Legal basis"), "legal_basis", "legal_basis"),
)
