"""What the legal follow-up keeps of an erased person: nothing."""

from __future__ import annotations

from opencen.records.erasure import Erased, erased_elsewhere
from opencen.seizures.legal.models import Proceeding
from opencen.seizures.legal.register import PROCEEDINGS
from opencen.seizures.small_records.forgetting import forget_acts


@erased_elsewhere
def forget_legal(erased: Erased) -> None:
    """Leave out names, penalties and papers of acts that concern an erased person, and of every proceeding about it."""
    about = Proceeding.objects.filter(record_id=erased.record_id, item__in=erased.items)
    proceedings = set(about.values_list("id", flat=True))
    forget_acts(PROCEEDINGS, erased, lambda act: act.proceeding_id in proceedings)
