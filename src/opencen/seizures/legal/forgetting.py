"""What the legal follow-up keeps of an erased person: nothing."""

from __future__ import annotations

from opencen.records.erasure import Erased, erased_elsewhere
from opencen.seizures.legal.models import LegalAct
from opencen.seizures.small_records.forgetting import forget_acts


@erased_elsewhere
def forget_legal(erased: Erased) -> None:
    """Leave out names, penalties and papers of acts that name an erased person."""
    forget_acts(LegalAct, erased)
