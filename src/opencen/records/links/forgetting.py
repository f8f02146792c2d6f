"""What links and charts keep of an erased person: no note and no title that names one."""

from __future__ import annotations

from django.db.models import Q

from opencen.records.erasure import Erased, erased_elsewhere, names_one, names_whole
from opencen.records.links.models import Chart, Link


@erased_elsewhere
def forget_notes(erased: Erased) -> None:
    """Empty the notes of links that touch the record or hold a whole name, and rename charts named after it."""
    touching = Q(first_id=erased.record_id) | Q(second_id=erased.record_id) | Q(source_id=erased.record_id)
    for link in Link.objects.exclude(note="").only("id", "note").iterator(chunk_size=2000):
        if names_whole(link.note, erased.known_as):
            Link.objects.filter(pk=link.pk).update(note="")
    Link.objects.filter(touching).update(note="")
    for chart in Chart.objects.only("id", "name", "content").iterator(chunk_size=2000):
        shows = str(erased.record_id) in chart.content and names_one(chart.name, set(erased.names))
        if shows or names_whole(chart.name, erased.known_as):
            Chart.objects.filter(pk=chart.pk).update(name=f"– {chart.pk.hex[-12:]}")
