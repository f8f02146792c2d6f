"""Release profiles: an allow-list of fields with a transform each. What is not listed stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from opencen.codelists.catalogue import get_list
from opencen.kernel.errors import NotFound
from opencen.kernel.partial_dates import PartialDate
from opencen.kernel.registry import scan_modules

Canonical = dict[str, Any]
Transform = Callable[[Any, "Surroundings"], Any]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a transform may look at beside the value: the whole document and the part it stands in."""

    document: Canonical
    part: Canonical


@dataclass(frozen=True, slots=True)
class Rule:
    """One field that may leave: how it is changed, under which name, and the words for it."""

    path: str
    how: str
    transform: Transform
    into: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Name what leaves to an audience; `filters` keep whole items back."""

    name: str
    version: int
    type: str
    title: str
    rules: Mapping[str, Rule]
    filters: Mapping[str, tuple[Callable[[Canonical], bool], str]] = field(default_factory=dict)
    free_text: str = ""
    media: str = ""
    is_nominal: bool = False


def rules(*given: Rule) -> dict[str, Rule]:
    """Index rules by path; a path listed twice is an error."""
    found: dict[str, Rule] = {}
    for rule in given:
        if rule.path in found:
            raise ValueError(f"{rule.path} is listed twice")
        found[rule.path] = rule
    return found


def keep(*paths: str) -> tuple[Rule, ...]:
    """Let fields leave as they stand."""
    return tuple(Rule(path, "kept", _same) for path in paths)


def day(*paths: str) -> tuple[Rule, ...]:
    """Let dates leave without their time."""
    return tuple(Rule(path, "time_dropped", _to_day) for path in paths)


def month(*paths: str) -> tuple[Rule, ...]:
    """Let dates leave as a month."""
    return tuple(Rule(path, "date_to_month", _to_month) for path in paths)


def upper_level(path: str, codelist: str, depth: int) -> Rule:
    """Let a code leave no finer than a depth of its list; 1 is the top."""

    def coarsen(value: Any, around: Surroundings) -> Any:
        found = get_list(codelist)
        chain = [value, *found.ancestors(value)][::-1]
        return found.standard(chain[min(depth, len(chain)) - 1])

    return Rule(path, "finer_level_dropped", coarsen)


def standard_code(path: str, codelist: str) -> Rule:
    """Let a code leave as the standard one that a national code maps to."""
    return Rule(path, "kept", lambda value, around: get_list(codelist).standard(value))


def age_band(path: str, into: str, event: str) -> Rule:
    """Let a birth year leave as an age band at the event."""

    def band(value: Any, around: Surroundings) -> Any:
        stated = around.document.get(event)
        return band_of(PartialDate.parse(stated).year - int(value)) if stated else None

    return Rule(path, "year_to_age_band", band, into)


BANDS = ((18, "0_17"), (25, "18_24"), (35, "25_34"), (45, "35_44"), (55, "45_54"), (65, "55_64"))


def band_of(age: int) -> str:
    """Return the code of the age band."""
    return next((code for limit, code in BANDS if age < limit), "65_up")


def _same(value: Any, around: Surroundings) -> Any:
    return value


def _to_day(value: Any, around: Surroundings) -> Any:
    return str(value)[:10]


def _to_month(value: Any, around: Surroundings) -> Any:
    return str(value)[:7]


@cache
def profiles() -> dict[str, Profile]:
    """Return every profile, found by scan."""
    return {module.PROFILE.name: module.PROFILE for module in scan_modules("opencen.release.profiles")}


def get_profile(name: str) -> Profile:
    """Return a profile, or raise NotFound."""
    try:
        return profiles()[name]
    except KeyError:
        raise NotFound("profile.unknown", name=name) from None
