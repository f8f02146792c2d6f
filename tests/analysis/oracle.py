"""What the figures ought to be: counted row by row over the documents, sharing nothing with the layer but the lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from opencen.analysis.measures.selection import Selection
from opencen.kernel.actor import Actor
from opencen.kernel.partial_dates import PartialDate
from opencen.records.derived import Current, load_current
from opencen.records.lock import lock_terms
from opencen.records.models import Record
from opencen.seizures.quantities import normalised_line

Document = dict[str, Any]
Pick = Callable[[Document, Document], Any]


@dataclass
class Seen:
    """One record as an actor sees it."""

    record: Record
    document: Document
    event: str


def seen_by(actor: Actor, kind: str) -> list[Seen]:
    """Return the records of a kind that an actor sees, each with its event."""
    admits = lock_terms(actor).admits
    everything: list[Current] = load_current(Record.objects.filter(type=kind).values_list("id", flat=True))
    visible = [
        Seen(found.record, found.document, str(found.record.id))
        for found in everything
        if admits(kind, found.record.office_id, found.record.sensitivity, found.record.compartment_id)
    ]
    standing = {found.event: found for found in visible if found.record.state != "cancelled"}
    links = [
        (found, standing[relation["record"]])
        for found in standing.values()
        for relation in found.document.get("relations", ())
        if relation["record"] in standing
    ]
    for _step in links:  # the slowest way there is: repeat until nothing can change any more
        for one, other in links:
            one.event = other.event = min(one.event, other.event)
    return visible


def month_of(seen: Seen, basis: str = "occurred") -> tuple[date | None, int | None]:
    """Return the month and year of a record."""
    if basis == "occurred":
        stated = seen.document.get("detected_at") or seen.document.get("at")
        found = PartialDate.parse(stated) if stated else None
        if found is None:
            return None, None
        return (date(found.year, found.month, 1) if found.month else None), found.year
    at = seen.record.created_at if basis == "reported" else seen.record.validated_at
    return (at.date().replace(day=1), at.year) if at else (None, None)


def in_period(seen: Seen, chosen: Selection) -> bool:
    """Tell whether a record lies in the period; a bare year does where all of it does."""
    month, year = month_of(seen, chosen.time)
    months = [month] if month else [date(year, number, 1) for number in range(1, 13)] if year else []
    if chosen.since is None and chosen.until is None:
        return True
    return bool(months) and all(
        (chosen.since is None or m >= chosen.since) and (chosen.until is None or m <= chosen.until) for m in months
    )


def is_under(value: Any, codes: Iterable[str]) -> bool:
    """Tell whether a value is one of the codes or lies below one; `empty` is what was left out."""
    if value is None:
        return "empty" in codes
    return any(value == code or value.startswith(f"{code}.") for code in codes)


def contraband(document: Document) -> list[Document]:
    """Return the lines that count, or one without answers where there is none."""
    return [line for line in document.get("lines", ()) if line.get("role", "contraband") == "contraband"] or [{}]


def counted(actor: Actor, chosen: Selection) -> Iterator[tuple[Seen, Document]]:
    """Yield every case with every line that counts, as far as the selection lets them through."""
    for seen in seen_by(actor, "case"):
        is_counted = seen.record.state in chosen.states and seen.document.get("kind") in ("seizure", "offence")
        is_chosen = is_counted and in_period(seen, chosen)
        for line in contraband(seen.document) if is_chosen else ():
            if all(is_under(PICKS[name](seen.document, line), codes) for name, codes in chosen.filters):
                yield seen, line


def leg(document: Document, role: str) -> Any:
    """Return the first departure or the last destination."""
    found = [leg["country"] for leg in document.get("route", ()) if leg.get("role") == role]
    return (found[-1] if role == "destination" else found[0]) if found else None


def mode(document: Document, line: Document) -> Any:
    """Return the means of transport of a line; of no line, nothing."""
    if not line:
        return None
    named = [v for v in document.get("conveyances", ()) if v["id"] == line.get("conveyance")]
    return next((v.get("mode") for v in [*named, *document.get("conveyances", ())]), None)


def top(code: Any) -> Any:
    """Return the first step of a code."""
    return code.split(".")[0] if code else None


REGIONS = {"TN": "MENA", "DZ": "MENA", "LY": "MENA", "IT": "EUR", "CN": "AP"}


def region(country: Any) -> Any:
    """Return the region of the few countries that random worlds know."""
    return REGIONS.get(country)


def currency(line: Document) -> Any:
    """Return the currency of a line of money."""
    return (line.get("attributes") or {}).get("currency") if line.get("unit") == "currency" else None


PICKS: dict[str, Pick] = {
    "section": lambda document, line: top(line.get("commodity")),
    "commodity": lambda document, line: line.get("commodity"),
    "concealment": lambda document, line: (line.get("concealment") or {}).get("place"),
    "concealment_top": lambda document, line: top((line.get("concealment") or {}).get("place")),
    "mode": mode,
    "departure": lambda document, line: leg(document, "departure"),
    "destination": lambda document, line: leg(document, "destination"),
    "consignment": lambda document, line: load_of(document, line),
    "consignor_country": lambda document, line: consignment(document, line).get("consignor_country"),
    "flow": lambda document, line: ".".join(line["commodity"].split(".")[:2]) if line.get("commodity") else None,
    "appendix": lambda document, line: (line.get("attributes") or {}).get("appendix"),
    "currency": lambda document, line: currency(line),
    "country": lambda document, line: document.get("country"),
    "region": lambda document, line: region(document.get("country")),
    "departure_region": lambda document, line: region(leg(document, "departure")),
    "destination_region": lambda document, line: region(leg(document, "destination")),
    **{
        name: (lambda document, line, name=name: document.get(name))
        for name in ("location_type", "direction", "detection_method", "e_commerce", "kind")
    },
}


def consignment(document: Document, line: Document) -> Document:
    """Return the consignment of a line, else the case's first; of no line, nothing."""
    every = document.get("consignments", ())
    named = [found for found in every if found["id"] == line.get("consignment")]
    return next(iter([*named, *every]), {}) if line else {}


def load_of(document: Document, line: Document) -> Any:
    """Return the load of the first container."""
    return next((box["load"] for box in consignment(document, line).get("containers", ())), None)


OF_PERSONS = ("nationality", "sex", "age_band")


def members_of(seen: Seen, line: Document, names: tuple[str, ...], chosen: Selection) -> set[tuple[Any, ...]]:
    """Return the cells that a row stands in: one for each person and technique, a person's answers together."""
    persons = seen.document.get("persons") or [{}]
    techniques = [one["technique"] for one in seen.document.get("detection_techniques", ())] or [None]

    def pick(name: str, person: Document, technique: Any) -> Any:
        if name in OF_PERSONS:
            return person.get(name)
        return technique if name == "technique" else pick_one(seen, line, name, chosen)

    return {tuple(pick(name, p, t) for name in names) for p in persons for t in techniques}


def pick_one(seen: Seen, line: Document, name: str, chosen: Selection) -> Any:
    """Return the one member of a dimension that a row stands in."""
    if name == "month":
        return month_of(seen, chosen.time)[0]
    if name == "week":
        stated = PartialDate.parse(seen.document["detected_at"])
        if stated.precision not in ("day", "time"):
            return None
        year, week, _day = stated.first_day().isocalendar()
        return f"{year}-W{week:02d}"
    return PICKS[name](seen.document, line)


def money_of(line: Document, kind: str) -> Decimal | None:
    """Return value or duties of a line in Tunisian dinars; nothing where no amount has a rate."""
    value = line.get("value") or {}
    parts = [value] if kind == "value" else line.get("duties", ())
    rates = {"TND": Decimal(1)} | ({value["currency"]: Decimal(value["rate"])} if value.get("rate") else {})
    known = [Decimal(p["amount"]) * rates[p["currency"]] for p in parts if p.get("currency") in rates]
    return sum(known, Decimal()) if known else None


def sum_money(actor: Actor, chosen: Selection, kind: str, *names: str) -> dict[Any, Decimal | None]:
    """Add value or duties up by members of dimensions."""
    found: dict[Any, Decimal | None] = {}
    for seen, line in counted(actor, chosen):
        amount = money_of(line, kind)
        for key in members_of(seen, line, names, chosen):
            before = found.setdefault(key, None)
            found[key] = before if amount is None else (before or Decimal()) + amount
    return found


def count_arrested(actor: Actor, chosen: Selection, *names: str) -> dict[Any, int]:
    """Count persons arrested by members, each case once: where a line answers, the case counts by its first line."""
    found: dict[Any, int] = defaultdict(int)
    done: set[Any] = set()
    for seen, line in counted(actor, chosen):
        if seen.record.id in done:
            continue
        done.add(seen.record.id)
        cells = members_of(seen, line, names, chosen)
        for key in cells:
            said = dict(zip(names, key, strict=True))
            found[key] += sum(
                bool(person.get("arrest"))
                and all(person.get(name) == value for name, value in said.items() if name in OF_PERSONS)
                for person in seen.document.get("persons", ())
            )
    return dict(found)


def count_by(actor: Actor, chosen: Selection, *names: str) -> dict[Any, tuple[int, int]]:
    """Count events and seizures by members of dimensions."""
    events: dict[Any, set[str]] = defaultdict(set)
    seizures: dict[Any, int] = defaultdict(int)
    for seen, line in counted(actor, chosen):
        for picks in members_of(seen, line, names, chosen):
            key = picks[0] if len(picks) == 1 else picks
            events[key].add(seen.event)
            seizures[key] += bool(line)
    return {key: (len(found), seizures[key]) for key, found in events.items()}


def count_all(actor: Actor, chosen: Selection) -> tuple[int, int]:
    """Count events and seizures of a selection."""
    rows = list(counted(actor, chosen))
    return len({seen.event for seen, _line in rows}), sum(bool(line) for _seen, line in rows)


def count_checks(actor: Actor, chosen: Selection) -> int:
    """Count completed checks that made no case."""
    only = [(name, codes) for name, codes in chosen.filters if name == "detection_method"]
    return sum(
        seen.document.get("count", 1)
        for seen in seen_by(actor, "control")
        if seen.record.state != "cancelled"
        and seen.document.get("result") != "not_completed"
        and in_period(seen, chosen)
        and all(is_under(seen.document.get(name), codes) for name, codes in only)
    )


def median_days(actor: Actor, chosen: Selection) -> float | None:
    """Return the median of days from report to validation, each case once."""
    once = {seen.record.id: seen.record for seen, _line in counted(actor, chosen)}
    days = [(r.validated_at - r.created_at).total_seconds() / 86400 for r in once.values() if r.validated_at]
    return median(days) if days else None


def sum_family(actor: Actor, chosen: Selection, family: str) -> dict[Any, Decimal]:
    """Add the quantities of one family up by section."""
    found: dict[Any, Decimal] = defaultdict(Decimal)
    for _seen, line in counted(actor, chosen):
        for amount in normalised_line(line).amounts() if line else ():
            if amount.family == family:
                found[top(line.get("commodity"))] += amount.value
    return dict(found)


def share_unknown(actor: Actor, chosen: Selection) -> float | None:
    """Return the share of answers that are "unknown" among those given: of the case once, of each line."""
    rows = list(counted(actor, chosen))
    answers: list[Any] = []
    once = {seen.record.id: seen.document for seen, _line in rows}
    for seen, line in rows:
        if line:
            place = (line.get("concealment") or {}).get("place")
            answers += [line.get("commodity"), place, mode(seen.document, line)]
    for document in once.values():
        answers += [document.get(name) for name in ("location_type", "direction", "e_commerce", "detection_method")]
        answers += [leg(document, "departure"), leg(document, "destination")]
    given = [answer for answer in answers if answer is not None]
    return given.count("unknown") / len(given) if given else None
