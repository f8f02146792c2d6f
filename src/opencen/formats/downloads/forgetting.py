"""What downloads keep of a record that was erased: nothing; a file can be written anew."""

from __future__ import annotations

from opencen.formats.downloads.models import Download
from opencen.formats.downloads.queries import file_of
from opencen.records.erasure import Erased, erased_elsewhere


@erased_elsewhere
def forget_downloads(erased: Erased) -> None:
    """Remove every file that may hold the record, and what was asked for with it: the question may name the person."""
    rows = Download.objects.filter(type=erased.type)
    for row in rows:
        path = file_of(row.id)
        path.unlink(missing_ok=True)
        path.with_suffix(".part").unlink(missing_ok=True)
    rows.delete()
