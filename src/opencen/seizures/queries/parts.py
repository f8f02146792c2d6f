"""Make the parts of a case's page from its document: lines with their stages, stops, parties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.kernel.languages import comma
from opencen.records.texts import (
    text_of,
    translate,
    write_at,
    write_code,
    write_date,
    write_decimal,
    write_field,
    write_quantity,
)
from opencen.seizures.geography import Position, position_of_code
from opencen.seizures.quantities import (
    STATED,
    Measured,
    is_summed,
    normalised_line,
    shown_unit,
    shown_value,
    total_by_family,
)
from opencen.seizures.queries.shapes import LegView, LineView, Stage
from opencen.seizures.titles import leg_name

Canonical = Mapping[str, Any]
_EARTH_KM = 6371
_SIZED_RULES = ("size.", "cigarettes.")


def line_views(document: Canonical, language: str) -> tuple[LineView, ...]:
    """Make the lines of a case."""
    return tuple(_line(line, number, language) for number, line in enumerate(document.get("lines", ()), 1))


def _line(line: Canonical, number: int, language: str) -> LineView:
    found = normalised_line(line)
    counted = found.counted
    commodity, role = line.get("commodity") or "", line.get("role") or "contraband"
    concealment = line.get("concealment") or {}
    status = (line.get("goods_status") or [{}])[-1]
    return LineView(
        id=line["id"],
        number=number,
        role=role,
        role_label=write_code("line_role", role, language),
        commodity=commodity,
        label=write_code("commodity", commodity, language) if commodity else "",
        path=tuple(get_list("commodity").path_labels(commodity, language)[:-1]) if commodity else (),
        description=line.get("description") or "",
        stages=tuple(_stages(line, counted, language)),
        value=found.value,
        base_unit=found.base_unit,
        family=found.family,
        quantity=measured_text(line, counted, language),
        stated=stated_text(line, language),
        rule=rule_text(counted, language),
        alternatives=tuple(measured_text(line, other, language) for other in found.alternatives),
        problem=translate(text_of(counted.problem).message, language, unit=_unit_label(counted, language))
        if counted and counted.problem
        else "",
        is_summed=is_summed(line),
        packages=_packages(line, language),
        concealment=write_code("concealment", concealment["place"], language) if concealment.get("place") else "",
        concealment_note=concealment.get("note") or "",
        is_exceptional=bool(concealment.get("exceptional")),
        worth=_worth(line, language),
        status=write_code("goods_status", status["status"], language) if status.get("status") else "",
        status_on=write_date(status["on"], language) if status.get("on") else "",
        details=tuple(_details(line, language)),
    )


def _stages(line: Canonical, counted: Measured | None, language: str) -> Iterator[Stage]:
    """Yield the line's own statement and every assessment, in the order of their weight."""
    is_counted = counted is not None and counted.stage == STATED
    if line.get("quantity") is not None:
        label = translate("As stated", language)
        basis = write_code("measurement_basis", line["basis"], language) if line.get("basis") else ""
        yield Stage(STATED, label, stated_text(line, language), basis, "", "", "", is_counted)
    order = get_list("assessment_stage")
    steps = sorted(line.get("assessments", ()), key=lambda step: order.attribute(step.get("stage") or "", "order", 0))
    for step in steps:
        stage = step.get("stage") or ""
        yield Stage(
            stage=stage,
            label=write_code("assessment_stage", stage, language),
            text=stated_text(step, language),
            basis=write_code("measurement_basis", step["basis"], language) if step.get("basis") else "",
            note=_stage_note(step, language),
            on=write_date(step["on"], language) if step.get("on") else "",
            certificate=step.get("certificate") or "",
            is_counted=counted is not None and counted.item == step["id"],
        )


def _stage_note(step: Canonical, language: str) -> str:
    """Say what a stage found beside the quantity: substance, result, kit, purity."""
    parts = []
    if step.get("substance"):
        parts.append(write_code("commodity", step["substance"], language))
    if step.get("result"):
        parts.append(write_code("test_result", step["result"], language))
    if step.get("kit"):
        parts.append(translate("kit {kit}", language, kit=step["kit"]))
    if step.get("purity") is not None:
        parts.append(translate("purity {share} %", language, share=write_decimal(step["purity"], language)))
    return comma(language).join(parts)


def stated_text(statement: Canonical, language: str) -> str:
    """Write a quantity exactly as it was stated, with its unit."""
    if statement.get("quantity") is None:
        return ""
    written = write_decimal(statement["quantity"], language)
    unit = statement.get("unit")
    if not unit:
        return written
    if unit == "currency":
        unit = (statement.get("attributes") or {}).get("currency") or unit
    text = write_quantity(Decimal(str(statement["quantity"])), unit, language) if unit != "g" else f"{written}\u00a0g"
    return translate("about {quantity}", language, quantity=text) if statement.get("is_estimate") else text


def measured_text(line: Canonical, found: Measured | None, language: str) -> str:
    """Write a normalised quantity as one says it; a quantity that could not be normalised as it was stated."""
    if found is None:
        return ""
    if found.value is None:
        return stated_text({"quantity": found.quantity, "unit": found.unit}, language)
    return write_quantity(shown_value(found), shown_unit(line, found), language)


def rule_text(found: Measured | None, language: str) -> str:
    """Say by which rule a quantity was counted, where it is another one than was stated."""
    if found is None or found.value is None or found.value == found.quantity:
        return ""
    if not found.rule.startswith(_SIZED_RULES):
        stated = stated_text({"quantity": found.quantity, "unit": found.unit}, language)
        return translate("stated as {stated}", language, stated=stated)
    each = write_decimal((found.value / found.quantity).normalize() if found.quantity else 0, language)
    unit = _unit_label(found, language)
    if found.source == "stated":
        return translate("rule: {each} in one “{unit}”, from the stated size", language, each=each, unit=unit)
    return translate("rule: {each} in one “{unit}”, as the trade packs it", language, each=each, unit=unit)


def _unit_label(found: Measured, language: str) -> str:
    return write_code("unit", found.unit, language).lower()


def _packages(line: Canonical, language: str) -> str:
    if line.get("packages") is None:
        return ""
    count = write_decimal(line["packages"], language)
    if not line.get("package_type"):
        return translate("{count} packages", language, count=count)
    return f"{count} {write_code('package_kind', line['package_type'], language).lower()}"


def _worth(line: Canonical, language: str) -> str:
    value = line.get("value") or {}
    if value.get("amount") is None:
        return ""
    basis = write_code("value_basis", value["basis"], language).lower() if value.get("basis") else ""
    written = f"{value.get('currency') or ''} {write_decimal(value['amount'], language)}".strip()
    return f"{written}{comma(language)}{basis}" if basis else written


def _details(line: Canonical, language: str) -> Iterator[tuple[str, str]]:
    """Yield (label, value) of what only some goods ask for."""
    for name, value in (line.get("attributes") or {}).items():
        path = f"lines.attributes.{name}"
        yield write_field(path, language), write_at(path, value, language, "case")
    for name in ("hs_code", "declared_as", "found_as", "marks"):
        if line.get(name):
            yield write_field(f"lines.{name}", language), write_at(f"lines.{name}", line[name], language, "case")


def figures_text(document: Canonical, language: str) -> str:
    """Say what a case adds to the figures: one case, so many seizures, so much of each family."""
    lines = [line for line in document.get("lines", ()) if is_summed(line)]
    kinds = get_list("case_kind")
    cases = 1 if kinds.attribute(document.get("kind") or "", "counted", False) else 0
    totals = [write_quantity(amount.value, amount.base_unit, language) for amount in total_by_family(lines).values()]
    counts = translate("{cases} case, {seizures} seizures", language, cases=cases, seizures=len(lines))
    if cases == 1 and len(lines) == 1:
        counts = translate("1 case, 1 seizure", language)
    return comma(language).join([counts, *totals])


def leg_views(document: Canonical, language: str) -> tuple[LegView, ...]:
    """Make the stops of the route with where they lie."""
    return tuple(
        LegView(
            id=leg["id"],
            role=leg.get("role") or "",
            role_label=write_code("leg_role", leg["role"], language) if leg.get("role") else "",
            name=leg_name(leg, language),
            country=leg.get("country") or "",
            place=leg.get("place") or "",
            mode=write_code("conveyance_mode", leg["mode"], language) if leg.get("mode") else "",
            carrier=leg.get("carrier") or "",
            arrived=write_date(leg["arrived"], language) if leg.get("arrived") else "",
            departed=write_date(leg["departed"], language) if leg.get("departed") else "",
            position=position_of_code(leg.get("place"), leg.get("country")),
        )
        for leg in document.get("route", ())
    )


def distance_km(points: Sequence[Position | None]) -> int | None:
    """Add up the way between the stops along great circles; None where a stop's place is not known."""
    known = [point for point in points if point is not None and point.precision != "country"]
    if len(known) < 2 or len(known) < len(points):
        return None
    return round(sum(_arc(first, second) for first, second in pairwise(known)))


def _arc(first: Position, second: Position) -> float:
    a, b = radians(first.latitude), radians(second.latitude)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(second.longitude - first.longitude) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def fact_rows(document: Canonical, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield (path, label, value) of the facts at the head of the page, those that are answered."""
    for name in (
        "detected_at", "seized_at", "office", "unit", "location_type", "detection_method", "direction", "procedure",
        "e_commerce", "goods_origin",
    ):  # fmt: skip
        if name in document:
            yield name, write_field(name, language), write_at(name, document[name], language, "case")
    place = document.get("place") or {}
    if place:
        name = place.get("name") or (write_code("place", place["locode"], language) if place.get("locode") else "")
        if name:
            yield "place", write_field("place", language), name
    found_by = [item["technique"] for item in document.get("detection_techniques", ()) if item.get("technique")]
    if found_by:
        written = comma(language).join(write_code("detection_technique", code, language) for code in found_by)
        yield "detection_techniques", write_field("detection_techniques", language), written
    if elsewhere := [_number_elsewhere(item, language) for item in document.get("external_references", ())]:
        label = write_field("external_references", language)
        yield "external_references", label, comma(language).join(filter(None, elsewhere))
    yield from _number_rows(document, language)
    if document.get("narrative"):
        yield "narrative", write_field("narrative", language), document["narrative"]


def _number_elsewhere(item: Canonical, language: str) -> str:
    """Write a number that another system gave, behind the system's name."""
    system = write_code("reference_system", item["system"], language) if item.get("system") else ""
    return " ".join(filter(None, (system, item.get("number"))))


def _number_rows(document: Canonical, language: str) -> Iterator[tuple[str, str, str]]:
    for consignment in document.get("consignments", ()):
        for container in consignment.get("containers", ()):
            if container.get("number"):
                path = "consignments.containers.number"
                yield path, write_field(path, language), container["number"]
        for name in ("bill_of_lading", "air_waybill", "parcel_number", "declaration_number"):
            if consignment.get(name):
                path = f"consignments.{name}"
                yield path, write_field(path, language), consignment[name]
    for conveyance in document.get("conveyances", ()):
        for name in ("name", "vessel_imo", "flight", "plate", "vin", "wagon"):
            if conveyance.get(name):
                path = f"conveyances.{name}"
                yield path, write_field(path, language), conveyance[name]
