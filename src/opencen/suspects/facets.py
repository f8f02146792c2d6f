"""The facets of suspects; those that describe the person are nominal."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from opencen.records.facets import Facet

FACETS = (
    Facet("kind", N_("Standing"), codelist="standing"),
    Facet("list", N_("Published list")),
    Facet("offence", N_("Offence"), "entries.offence", "offence_type"),
    Facet("commodity", N_("Goods"), "entries.commodity", "commodity"),
    Facet("flags", N_("Warnings"), "flags", "warning_flag"),
    Facet("nationality", N_("Nationality"), "nationalities", "country", nominal=True),
    Facet("sex", N_("Sex"), "sex", "sex"),
    Facet("legal_basis", N_("Legal basis"), "legal_basis", "legal_basis"),
)
