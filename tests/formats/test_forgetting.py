"""What is erased from a record leaves the import it came by too."""

from __future__ import annotations

import orjson
import pytest

from opencen.formats.files import import_path
from opencen.formats.models import ImportBatch, ImportRow
from opencen.kernel.clock import now
from opencen.records.erasure import erase_persons
from tests import make

pytestmark = pytest.mark.django_db

PERSON = {"id": "p1", "role": "driver", "standing": "suspected", "name": "Zebulon Quixworthy"}


def test_rows_and_file_forget_an_erased_person():
    receipt = make.submit_case(make.actor("officer", "RDS"), persons=[PERSON])
    digest = "a" * 64
    import_path(digest).parent.mkdir(parents=True, exist_ok=True)
    import_path(digest).write_bytes(b"Zebulon Quixworthy;driver")
    batch = ImportBatch.objects.create(
        number=1, type="case", file_name="f.csv", sha256=digest, size=1, office_id=make.office("RDS").id, office="RDS",
        created_by=make.user().id, created_at=now(), changed_at=now(),
    )  # fmt: skip
    kept = [{"code": "x", "level": "warning", "path": "persons[p1].name", "cell": "B2", "value": "Zebulon Quixworthy"}]
    row = ImportRow.objects.create(
        batch=batch, number=2, outcome="stored", record_id=receipt.record_id, findings=orjson.dumps(kept).decode(),
        repairs='{"B": "Zebulon Quixworthy"}',
    )  # fmt: skip
    erase_persons(make.actor("legal"), record_id=receipt.record_id, item_ids=["p1"], basis="order")
    row.refresh_from_db()
    assert "Quixworthy" not in row.findings + row.repairs
    assert orjson.loads(row.findings)[0]["cell"] == "B2"
    assert not import_path(digest).exists()
