"""The non-nominal part of a case, for the hub and the global CEN."""

from __future__ import annotations

from opencen.release.profile import Canonical, Profile, age_band, day, keep, rules, standard_code, upper_level


def _is_contraband(line: Canonical) -> bool:
    return bool(line.get("role", "contraband") == "contraband")


def _is_not_cleared(person: Canonical) -> bool:
    return bool(person.get("standing") != "cleared")


PROFILE = Profile(
    name="global_cen",
    version=1,
    type="case",
    title="Global CEN",
    rules=rules(
        *keep("kind", "form", "country", "location_type", "direction", "procedure", "e_commerce", "goods_origin"),
        *day("detected_at", "seized_at"),
        *keep("detection_method", "prompted_by.kind", "detection_techniques.technique", "detection_techniques.result"),
        *keep("route.role", "route.country", "route.mode"),
        *keep("conveyances.mode", "conveyances.vehicle_type"),
        *keep("consignments.containers.load"),
        *keep("lines.role", "lines.quantity", "lines.unit", "lines.basis", "lines.is_estimate"),
        standard_code("lines.commodity", "commodity"),
        *keep("lines.measures.quantity", "lines.measures.unit", "lines.measures.basis", "lines.measures.subject"),
        *keep("lines.assessments.stage", "lines.assessments.result", "lines.assessments.quantity"),
        *keep("lines.assessments.unit", "lines.assessments.basis", "lines.assessments.purity"),
        standard_code("lines.assessments.substance", "commodity"),
        *day("lines.assessments.on", "lines.goods_status.on"),
        upper_level("lines.concealment.place", "concealment", 2),
        *keep("lines.concealment.exceptional", "lines.consignment", "lines.conveyance", "lines.persons"),
        *keep("lines.packages", "lines.package_type", "lines.hs_code"),
        *keep("lines.goods_origin", "lines.goods_status.status"),
        *keep("lines.value.amount", "lines.value.currency", "lines.value.basis"),
        *keep(
            *(
                f"lines.attributes.{name}"
                for name in (
                    "form", "purity", "pack_size", "tax_stamp", "intended_market", "brand", "alcohol_by_volume",
                    "ipr_right", "scientific_name", "specimen_term", "appendix", "cites_source", "cites_purpose",
                    "raw_ivory_pieces", "raw_ivory_kg", "worked_ivory_pieces", "worked_ivory_kg", "make", "model",
                    "calibre", "currency", "denomination", "counterfeit", "object_type", "period", "inn",
                    "medical_class", "waste_code",
                )
            )
        ),
        *keep("persons.role", "persons.nationality", "persons.sex", "persons.age_band", "persons.minor"),
        age_band("persons.birth_year", "age_band", "detected_at"),
    ),
    filters={
        "lines": (_is_contraband, "not_contraband"),
        "persons": (_is_not_cleared, "cleared_never_sent"),
    },
    free_text="narrative",
    media="media",
)  # fmt: skip
