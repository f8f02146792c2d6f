"""From the National Contact Point to the hub and back: record, receipt, correction, repeats, wrong order, hub away."""

from __future__ import annotations

from contextlib import contextmanager
from uuid import UUID

import httpx
import pytest
from django.conf import settings as django_settings

from opencen.exchange import inbox, outbox
from opencen.exchange.models import Incoming, Outgoing
from opencen.exchange.partners import add_partner, own_card
from opencen.kernel.actor import system_actor
from opencen.kernel.clock import clock_at, now
from opencen.kernel.errors import Invalid
from opencen.kernel.ids import uuid7
from opencen.kernel.keys import NodeKeys
from opencen.log.models import Entry
from opencen.records.intake.foreign import ForeignRecord, store_foreign
from opencen.records.models import Record, Revision
from opencen.records.review import validate_record
from opencen.release.models import Release
from opencen.release.services import Choices, release_record
from tests import make

pytestmark = pytest.mark.django_db

HUB_KEYS = NodeKeys.generate()


def hub_card() -> dict:
    return {
        "opencen_node": 1, "id": "HUB", "name": "Regional hub", "kind": "hub", "country": "",
        "url": "http://hub.invalid", "keys": HUB_KEYS.as_jwks(), "fingerprint": HUB_KEYS.fingerprint,
    }  # fmt: skip


class Hub:
    """The hub's side of the same code: another node id, its own keys, its own view of who sends."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch
        self.is_away = False
        self.taken: list[bytes] = []

    @contextmanager
    def as_hub(self):
        with self.monkeypatch.context() as patch:
            patch.setattr(django_settings, "NODE_ID", "HUB")
            patch.setattr(inbox, "node_keys", lambda: HUB_KEYS)
            yield

    def post(self, url, *, content, **_):
        if self.is_away:
            raise httpx.ConnectError("away")
        self.taken.append(content)
        return httpx.Response(200, content=self.receive(content), request=httpx.Request("POST", url))

    def receive(self, content: bytes) -> bytes:
        with self.as_hub():
            return inbox.receive(content)


@pytest.fixture
def hub(monkeypatch):
    made = Hub(monkeypatch)
    manager = system_actor("exchange:manage")
    make.country()
    add_partner(manager, card=hub_card())
    national = own_card()
    with made.as_hub():
        add_partner(manager, card=national, accepts_by_itself=True)
    monkeypatch.setattr(outbox.httpx, "post", made.post)
    # Both nodes live in one database here, so the hub must not find the national record under the same id.
    stored: dict[UUID, ForeignRecord] = {}

    def keep(actor, *, foreign, attachments):
        if foreign.id in stored and stored[foreign.id].revision >= foreign.revision:
            return False
        stored[foreign.id] = foreign
        return True

    monkeypatch.setattr(inbox, "store_foreign", keep)
    made.stored = stored
    return made


def send(receipt, revision: int = 1) -> Release:
    contact = make.actor("national_contact_point")
    terms = {"record_id": receipt.record_id, "revision": revision, "profile": "global_cen", "recipient": "HUB"}
    return release_record(contact, choices=Choices(), **terms)


def a_validated_case():
    receipt = make.submit_case(make.actor("officer", "RDS"))
    validate_record(make.actor("validator", "DTN"), record_id=receipt.record_id, revision=1)
    return receipt


def test_one_click_brings_the_case_to_the_hub_and_the_receipt_back(hub):
    receipt = a_validated_case()
    release = send(receipt)
    assert outbox.work_outbox() == 1
    release.refresh_from_db()
    assert release.state == "accepted"
    assert hub.stored[receipt.record_id].document["lines"][0]["commodity"] == "drugs.cocaine.hydrochloride"
    assert "Sahel" not in str(hub.stored[receipt.record_id].document)
    assert not outbox.outbox_path(release.packet_id).exists()
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"record.released", "packet.made", "packet.received", "receipt.taken"} <= acts


def test_a_hub_that_was_away_gets_it_later_and_once(hub):
    release = send(a_validated_case())
    hub.is_away = True
    assert outbox.work_outbox() == 0
    assert outbox.work_outbox() == 0, "the second try waits for its time"
    packet = Outgoing.objects.get()
    assert (packet.attempts, packet.state) == (1, "queued")
    hub.is_away = False
    with clock_at(packet.next_try_at):
        assert outbox.work_outbox() == 1
    release.refresh_from_db()
    assert release.state == "accepted"
    assert len(hub.taken) == 1


def test_a_packet_that_comes_twice_is_answered_alike_and_applied_once(hub):
    send(a_validated_case())
    outbox.work_outbox()
    hub.receive(hub.taken[0])
    assert Incoming.objects.count() == 1


def test_a_correction_supersedes_and_an_older_packet_after_it_changes_nothing(hub):
    receipt = a_validated_case()
    send(receipt)
    outbox.work_outbox()
    first = hub.taken[0]
    officer, validator = make.actor("officer", "RDS"), make.actor("validator", "DTN")
    make.amend_case(officer, receipt.record_id, 1, make.case_document(lines=[make.line(quantity="78.17")]))
    validate_record(validator, record_id=receipt.record_id, revision=2)
    correction = send(receipt, revision=2)
    assert correction.corrects is not None
    outbox.work_outbox()
    assert hub.stored[receipt.record_id].document["lines"][0]["quantity"] == "78.17"
    hub.receive(first)
    assert hub.stored[receipt.record_id].revision == 2
    assert {row.kind for row in Incoming.objects.all()} == {"record", "correction"}


def test_a_packet_with_one_byte_changed_is_refused(hub):
    send(a_validated_case())
    outbox.work_outbox()
    altered = bytearray(hub.taken[0])
    altered[len(altered) // 2] ^= 1
    with pytest.raises(Invalid, match="packet"):
        hub.receive(bytes(altered))


def test_the_hub_keeps_a_foreign_record_read_only_at_its_newest_revision():
    offices = make.country()
    receiver = system_actor("records:receive")
    document = {"kind": "seizure", "detected_at": "2026-06-12", "lines": [{"id": "a1", "commodity": "drugs.cocaine"}]}

    def foreign(revision: int, quantity: str, origin: str = "TN1") -> ForeignRecord:
        stated = {**document, "lines": [{**document["lines"][0], "quantity": quantity, "unit": "kg"}]}
        return ForeignRecord(origin, "case", key, revision, 1, stated, offices["RDS"].id)

    key = uuid7()
    assert store_foreign(receiver, foreign=foreign(3, "3"), attachments={})
    assert not store_foreign(receiver, foreign=foreign(1, "1"), attachments={})
    record = Record.objects.get(pk=key)
    assert (record.origin, record.state, record.revision) == ("TN1", "validated", 3)
    assert '"3"' in Revision.objects.get(record_id=key).public
    officer = make.actor("officer", "RDS")
    tried = make.submit(officer, make.submission(make.case_document(), id=key, base_revision=3))
    assert "record.not_ours" in [found.code for found in tried.findings]
    assert now() >= record.changed_at
