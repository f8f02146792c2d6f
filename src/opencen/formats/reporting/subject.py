"""What a row of a report is read from: one case with the lines that the report asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings

from opencen.codelists.catalogue import get_list
from opencen.seizures.quantities import Measured, NormalisedLine, normalised_line, shown_unit, shown_value

Canonical = dict[str, Any]
BODY_LANGUAGE = "en"
SEVERAL = "; "
LEGAL = "legal"
"""Where the acts of the legal follow-up stand beside a case's own statements: (kind, answers, nominal or not)."""


@dataclass(frozen=True)
class Subject:
    """One row's case, and its lines; a report with a row for every line has one of them."""

    record_id: str
    reference: str
    state: str
    case: Canonical
    lines: tuple[Canonical, ...]

    @property
    def line(self) -> Canonical:
        """Return the line of the row, the first where the row is the whole case."""
        return self.lines[0] if self.lines else {}

    @cached_property
    def measured(self) -> NormalisedLine:
        """Return how much the row's line is."""
        return normalised_line(self.line)


def legal_answers(subject: Subject, kind: str, *names: str) -> list[str]:
    """Return what the acts of a kind of the legal follow-up say, the earliest first."""
    acts = [answers for found, answers, _ in subject.case.get(LEGAL, ()) if found == kind]
    return [str(answers[name]) for answers in acts for name in names if answers.get(name)]


def join(parts: Iterable[Any], between: str = SEVERAL) -> str:
    """Write several values in one cell, each once."""
    return between.join(dict.fromkeys(str(part) for part in parts if part not in (None, "")))


def name_code(codelist: str, code: str | None) -> str:
    """Write a code in the words of the CEN where it has any, else in English."""
    if not code:
        return ""
    codes = get_list(codelist)
    standard = codes.standard(code)
    named = codes.attribute(standard, "cen")
    if isinstance(named, list | tuple):
        named = named[0] if named else None
    return str(named or codes.label(standard, BODY_LANGUAGE))


def name_path(codelist: str, code: str | None) -> str:
    """Write a code with all that is above it."""
    codes = get_list(codelist)
    return ": ".join(codes.path_labels(codes.standard(code), BODY_LANGUAGE)) if code else ""


def name_country(code: str | None) -> str:
    """Write a country's name in English."""
    return get_list("country").label(code, BODY_LANGUAGE) if code else ""


def day_of(stated: str | None) -> str:
    """Write the day of a date, as precisely as it was stated (2026-06-12, 2026-06)."""
    return (stated or "")[:10]


def seized_on(subject: Subject) -> str:
    """Write the day of the seizure."""
    return day_of(subject.case.get("seized_at") or subject.case.get("detected_at"))


def leg_countries(subject: Subject, role: str) -> list[str]:
    """Return the countries of the route that play a role; the place says the country where the leg does not."""
    places = get_list("place")
    return [
        country
        for leg in subject.case.get("route", ())
        if leg.get("role") == role
        and (country := leg.get("country") or places.attribute(leg.get("place") or "", "country", ""))
    ]


def origin_of(subject: Subject) -> list[str]:
    """Return where the goods are from: as their lines say, else the case, else a leg of that role; never a transit."""
    stated = [line["goods_origin"] for line in subject.lines if line.get("goods_origin")]
    stated = stated or [subject.case.get("goods_origin") or ""]
    return [country for country in stated if country] or leg_countries(subject, "origin")


def place_of(subject: Subject) -> str:
    """Write the place by its name; at sea, the zone."""
    place = subject.case.get("place") or {}
    code = place.get("locode")
    return join([get_list("place").label(code, BODY_LANGUAGE) if code else "", place.get("name")], ", ") or str(
        place.get("zone") or ""
    )


def transport_of(subject: Subject) -> str:
    """Write the means of transport of the row's lines, else of the case, else of its route."""
    every = {item["id"]: item for item in subject.case.get("conveyances", ())}
    own = [every[name] for line in subject.lines if (name := line.get("conveyance")) in every]
    modes = [item.get("mode") for item in own or every.values()]
    if not any(modes):
        modes = [leg.get("mode") for leg in subject.case.get("route", ())]
    return join(name_code("conveyance_mode", mode) for mode in modes)


def concealment_of(subject: Subject) -> str:
    """Write where the goods were hidden, from the general to the fine."""
    places = ((line.get("concealment") or {}).get("place") for line in subject.lines)
    return join(name_path("concealment", place) for place in places)


def detection_of(subject: Subject) -> str:
    """Write why it was selected and how it was found."""
    used = (step.get("technique") for step in subject.case.get("detection_techniques", ()))
    method = name_code("detection_method", subject.case.get("detection_method"))
    return join([method, *(name_code("detection_technique", code) for code in used)])


def agency_of(subject: Subject) -> str:
    """Write the lead agency; where none is named, the service that runs this node."""
    agencies = subject.case.get("agencies", ())
    lead = [agency.get("name") for agency in agencies if agency.get("role") == "lead"]
    return join(lead) or str(settings.NODE_NAME)


def nationalities_of(subject: Subject) -> list[str]:
    """Return the nationalities of the people of the row; who was cleared is left out before."""
    wanted = {person for line in subject.lines for person in line.get("persons", ())}
    people = [person for person in subject.case.get("persons", ()) if not wanted or person["id"] in wanted]
    return [person["nationality"] for person in people if person.get("nationality")]


def offences_of(subject: Subject) -> list[Canonical]:
    """Return the offences over the row's lines; one that names no line is over all of them."""
    ids = {line.get("id") for line in subject.lines}
    return [
        offence
        for offence in subject.case.get("offences", ())
        if not offence.get("lines") or ids.intersection(offence["lines"])
    ]


def values_of(subject: Subject, *bases: str) -> dict[str, Decimal]:
    """Add the values of the row's lines up, each currency by itself; with bases, only values of those."""
    sums: dict[str, Decimal] = {}
    for line in subject.lines:
        value = line.get("value") or {}
        if value.get("amount") is not None and value.get("currency") and (not bases or value.get("basis") in bases):
            currency = value["currency"]
            sums[currency] = sums.get(currency, Decimal(0)) + Decimal(str(value["amount"]))
    return sums


def write_values(sums: dict[str, Decimal]) -> str:
    """Write sums of money with their currencies."""
    return join(f"{currency} {write_number(amount)}" for currency, amount in sums.items())


def last_status(line: Canonical) -> str:
    """Write what became of a line's goods at last."""
    acts = sorted(line.get("goods_status", ()), key=lambda act: act.get("on") or "")
    return name_code("goods_status", acts[-1].get("status")) if acts else ""


def write_number(value: Decimal | str | int) -> str:
    """Write a number plainly, with a point and without zeros that say nothing."""
    found = Decimal(str(value))
    plain = found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()
    return format(plain, "f")


def in_family(subject: Subject, *families: str) -> Measured | None:
    """Return the measure of the row's line that is of one of the families; without any, the one that counts."""
    found = subject.measured
    for measure in (found.counted, *found.alternatives):
        if measure is not None and measure.value is not None and (not families or measure.family in families):
            return measure
    return None


def write_measure(measure: Measured | None) -> str:
    """Write a measure's value in its base unit."""
    return format(shown_value(measure), "f") if measure is not None and measure.value is not None else ""


def unit_in(subject: Subject, measure: Measured | None, words: dict[str, str]) -> str:
    """Write the unit of a measure as the body calls it."""
    if measure is None:
        return ""
    unit = shown_unit(subject.line, measure)
    return words.get(unit) or words.get(measure.base_unit, "")


def described(subject: Subject) -> Iterator[str]:
    """Yield each line as one would say it: what, and how much."""
    for line in subject.lines:
        counted = normalised_line(line).counted
        amount = (
            f"{write_measure(counted)} {shown_unit(line, counted)}" if counted and counted.value is not None else ""
        )
        yield join([name_path("commodity", line.get("commodity")), amount], ", ")
