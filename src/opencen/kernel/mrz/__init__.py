"""Machine-readable zones of travel documents (ICAO Doc 9303): TD1, TD2, TD3, MRV-A and MRV-B."""

from __future__ import annotations

from opencen.kernel.mrz.reading import MrzReading, read_mrz, require_mrz
from opencen.kernel.mrz.repair import MrzSuggestion
from opencen.kernel.mrz.shapes import MrzProblem, check_digit
from opencen.kernel.mrz.states import State, state_of
from opencen.kernel.mrz.zone import Zone

__all__ = [
    "MrzProblem",
    "MrzReading",
    "MrzSuggestion",
    "State",
    "Zone",
    "check_digit",
    "read_mrz",
    "require_mrz",
    "state_of",
]
