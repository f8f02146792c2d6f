"""What custody keeps of an erased person: nothing."""

from __future__ import annotations

from opencen.records.erasure import Erased, erased_elsewhere
from opencen.seizures.custody.register import EXHIBITS
from opencen.seizures.small_records.forgetting import forget_acts


@erased_elsewhere
def forget_custody(erased: Erased) -> None:
    """Leave out who was present, who received and what papers show, where an act concerns an erased person."""
    forget_acts(EXHIBITS, erased)
