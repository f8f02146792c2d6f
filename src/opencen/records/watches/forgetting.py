"""What watch entries keep of an erased person: that there was one, and when; no text."""

from __future__ import annotations

from opencen.records.erasure import Erased, erased_elsewhere, names_one
from opencen.records.watches.models import Hit, StandingReview, Watch


@erased_elsewhere
def forget_watches(erased: Erased) -> None:
    """Empty the texts of entries on the record, and of any that hold one of the names."""
    names = set(erased.names)
    Watch.objects.filter(record_id=erased.record_id).update(instructions="", contact="", places="", end_cause="")
    Hit.objects.filter(watch__record_id=erased.record_id).update(note="", place="")
    StandingReview.objects.filter(record_id=erased.record_id).update(note="")
    for row in Watch.objects.exclude(instructions="", contact="", end_cause="").iterator(chunk_size=2000):
        if names_one(f"{row.instructions} {row.contact} {row.end_cause}", names):
            Watch.objects.filter(pk=row.pk).update(instructions="", contact="", end_cause="")
    for hit in Hit.objects.exclude(note="").only("id", "note").iterator(chunk_size=2000):
        if names_one(hit.note, names):
            Hit.objects.filter(pk=hit.pk).update(note="")
