"""What imports keep of a record that was erased: the rows' content goes, and the file that held it."""

from __future__ import annotations

from typing import Any

import orjson

from opencen.formats.files import import_path
from opencen.formats.models import ImportBatch, ImportRow
from opencen.records.erasure import Erased, erased_elsewhere

KEPT = ("code", "level", "path", "cell")


@erased_elsewhere
def forget_rows(erased: Erased) -> None:
    """Leave of the rows no more than codes and places, and remove the files they stood in."""
    rows = list(ImportRow.objects.filter(record_id=erased.record_id))
    for row in rows:
        row.findings = orjson.dumps([_bare(found) for found in orjson.loads(row.findings)]).decode()
        row.repairs = "{}"
    ImportRow.objects.bulk_update(rows, ["findings", "repairs"], batch_size=200)
    for digest in ImportBatch.objects.filter(pk__in={row.batch_id for row in rows}).values_list("sha256", flat=True):
        import_path(digest).unlink(missing_ok=True)


def _bare(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in KEPT if name in found}
