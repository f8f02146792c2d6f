"""Whoever received somebody who was cleared since is to be told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.log.sealer import seal_pending
from opencen.records.intake import submit
from opencen.records.queries import read_record
from opencen.records.watches.clearing import watch_standings
from opencen.release.corrections import due_corrections, watch_cleared
from opencen.release.models import Correction, Release
from tests import make

pytestmark = pytest.mark.django_db


def released(record_id: UUID, recipient: str = "hub", **changes: Any) -> Release:
    given = {"state": "accepted", "revision": 1, **changes}
    return Release.objects.create(
        record_id=record_id, record_type="case", profile="global_cen", profile_version=1, recipient=recipient,
        document="{}", released_by=uuid7(), released_at=now(), changed_at=now(), **given,
    )  # fmt: skip


def clear(by: Actor, record_id: UUID) -> None:
    found = read_record(by, "suspect", record_id)
    document = {**found["document"], "standing": "cleared"}
    given = {"id": record_id, "base_revision": found["newest_revision"], "mode": "historical", "reasons": {"*": "-"}}
    make.taken(submit(by, make.submission(document, type="suspect", **given)))
    seal_pending()
    watch_standings()
    seal_pending()
    watch_cleared()


def test_clearing_a_person_queues_corrections_to_whoever_received_the_cases() -> None:
    make.country()
    watch_standings()
    watch_cleared()
    contact = make.actor("national_contact_point", "HQ", covers="HQ")
    suspect = make.submit_subject(contact, "suspect", office="RDS").record_id
    person = {"id": "p1", "role": "driver", "standing": "suspected", "name": "L. M.", "suspect": str(suspect)}
    case = make.submit_case(contact, persons=[person], office="RDS").record_id
    other = make.submit_case(contact, office="RDS", detected_at="2026-01-02T06:20+01:00", unit="u").record_id
    for record_id, recipient in ((case, "hub"), (case, "partner"), (other, "hub")):
        released(record_id, recipient)
    released(case, "third", state="refused")
    clear(contact, suspect)
    assert {(found.url, found.recipient) for found in due_corrections(contact)} == {
        (f"/cases/{case}", "hub"),
        (f"/cases/{case}", "partner"),
    }
    assert due_corrections(make.actor("national_contact_point", office_ids=frozenset({uuid7()}))) == []
    released(case, "hub", revision=2)
    assert [found.recipient for found in due_corrections(contact)] == ["partner"]


def test_reading_the_log_again_queues_nothing_twice() -> None:
    make.country()
    watch_standings()
    watch_cleared()
    contact = make.actor("national_contact_point", "HQ", covers="HQ")
    suspect = make.submit_subject(contact, "suspect", office="RDS").record_id
    released(suspect)
    clear(contact, suspect)
    watch_cleared()
    assert Correction.objects.count() == 1
