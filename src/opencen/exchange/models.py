"""Partner nodes, and the packets that go and come."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Partner(models.Model):
    """Another node: who it is, the keys it is pinned to, and where it listens."""

    node = models.CharField(primary_key=True, max_length=32)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    country = models.CharField(max_length=2, default="")
    url = models.CharField(max_length=200, default="")
    keys = models.TextField()
    fingerprint = models.CharField(max_length=64)
    accepts_by_itself = models.BooleanField(default=False)
    office_id = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField()
    last_contact_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_partner"


class Outgoing(models.Model):
    """A sealed packet on its way; its bytes lie in the outbox folder until it is delivered.

    States: queued, delivered, failed (a person must look).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="outgoing")
    kind = models.CharField(max_length=16)
    release_id = models.UUIDField(null=True, db_index=True)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, default="queued")
    attempts = models.IntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=200, default="")
    made_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_outgoing"
        indexes: ClassVar = [models.Index(fields=["state", "next_try_at"], name="outgoing_due")]


class Incoming(models.Model):
    """A packet that came: a repeated id is acknowledged with the same answer, not applied twice.

    Outcomes: waiting (a person decides), accepted, superseded, refused.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="incoming")
    kind = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    profile = models.CharField(max_length=32, default="")
    outcome = models.CharField(max_length=12)
    reason = models.CharField(max_length=64, default="")
    record_id = models.UUIDField(null=True, db_index=True)
    revision = models.IntegerField(null=True)
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "exchange_incoming"
