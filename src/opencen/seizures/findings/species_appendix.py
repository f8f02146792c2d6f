"""A species stands in its CITES appendix, whatever the form says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opencen.kernel.text import fold
from opencen.records.findings import Finding, FindingContext, Suggestion, finding_rule
from opencen.records.texts.values import code
from opencen.seizures.findings._shared import is_known, under

# Listings that hold for the whole genus or species (CITES Appendices); split listings name both.
_SPECIES: dict[str, frozenset[str]] = {
    "manis": frozenset({"I"}), "phataginus": frozenset({"I"}), "smutsia": frozenset({"I"}),
    "elephas maximus": frozenset({"I"}), "loxodonta africana": frozenset({"I", "II"}),
    "loxodonta cyclotis": frozenset({"I", "II"}), "panthera tigris": frozenset({"I"}),
    "panthera pardus": frozenset({"I"}), "panthera leo": frozenset({"I", "II"}), "panthera onca": frozenset({"I"}),
    "acinonyx jubatus": frozenset({"I"}), "rhinoceros": frozenset({"I"}), "diceros bicornis": frozenset({"I"}),
    "ceratotherium simum": frozenset({"I", "II"}), "gorilla": frozenset({"I"}), "pan troglodytes": frozenset({"I"}),
    "pongo": frozenset({"I"}), "psittacus erithacus": frozenset({"I"}), "falco peregrinus": frozenset({"I"}),
    "falco cherrug": frozenset({"II"}), "chelonia mydas": frozenset({"I"}), "eretmochelys imbricata": frozenset({"I"}),
    "geochelone elegans": frozenset({"I"}), "astrochelys": frozenset({"I"}), "testudo": frozenset({"I", "II"}),
    "hippocampus": frozenset({"II"}), "anguilla anguilla": frozenset({"II"}), "totoaba macdonaldi": frozenset({"I"}),
    "pterocarpus erinaceus": frozenset({"II"}), "dalbergia nigra": frozenset({"I"}), "aquilaria": frozenset({"II"}),
    "tridacna": frozenset({"II"}), "acipenser": frozenset({"I", "II"}), "huso": frozenset({"II"}),
}  # fmt: skip
_COMMODITIES = {
    "environment.fauna.mammals.pangolin": frozenset({"I"}),
    "environment.fauna.mammals.great_apes": frozenset({"I"}),
    "environment.fauna.mammals.rhinoceros": frozenset({"I", "II"}),
    "environment.fauna.mammals.elephant": frozenset({"I", "II"}),
    "environment.fauna.reptiles.marine_turtles": frozenset({"I"}),
}


@finding_rule(
    "species.appendix",
    "warning",
    "{appendix} does not hold for {species}.",
    "It stands in {expected}.",
)
def species_appendix(case: Any, context: FindingContext) -> Iterator[Finding]:
    """Compare the stated appendix with the listing of the species, else of the commodity."""
    for line in case.lines:
        stated = line.attributes.appendix if line.attributes else None
        if not is_known(stated):
            continue
        name = (line.attributes.scientific_name if line.attributes else None) or ""
        expected = _listed(fold(name)) or _by_commodity(line.commodity)
        if not expected or stated in expected or _is_split(stated, expected):
            continue
        path = f"lines[{line.id}].attributes.appendix"
        data = {
            "appendix": code("cites_appendix", stated),
            "species": name or code("commodity", line.commodity),
            "expected": [code("cites_appendix", value) for value in sorted(expected)],
        }
        offers = [
            Suggestion("species.meant", {path: value}, data={"meant": code("cites_appendix", value)})
            for value in sorted(expected)
        ]
        yield Finding("species.appendix", "warning", path, data, tuple(offers))


def _is_split(stated: str | None, expected: frozenset[str]) -> bool:
    return stated == "I_II" and len(expected) > 1


def _listed(name: str) -> frozenset[str] | None:
    """Look a folded scientific name up by species, then by genus."""
    words = name.split()
    return _SPECIES.get(" ".join(words[:2])) or (_SPECIES.get(words[0]) if words else None)


def _by_commodity(commodity: str | None) -> frozenset[str] | None:
    return next((found for kind, found in _COMMODITIES.items() if under("commodity", commodity, kind)), None)
