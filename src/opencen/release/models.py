"""What was released to whom: one small record for each recipient and revision."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.kernel.ids import uuid7


class Release(models.Model):
    """A document built for a recipient, with its way there and its receipt.

    States: queued, sent, delivered, accepted, refused, failed, recalled.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record_id = models.UUIDField()
    record_type = models.CharField(max_length=16)
    revision = models.IntegerField()
    profile = models.CharField(max_length=32)
    profile_version = models.SmallIntegerField()
    recipient = models.CharField(max_length=32)
    document = models.TextField()
    attachments = models.TextField(default="[]")
    fields_sent = models.IntegerField(default=0)
    fields_total = models.IntegerField(default=0)
    released_by = models.UUIDField()
    released_at = models.DateTimeField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    state = models.CharField(max_length=12, default="queued")
    packet_id = models.UUIDField(null=True)
    receipt = models.TextField(default="")
    note = models.CharField(max_length=200, default="")
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "release_release"
        indexes: ClassVar = [
            models.Index(fields=["record_id", "recipient"], name="release_record"),
            models.Index(fields=["state", "changed_at"], name="release_state"),
        ]


class Correction(models.Model):
    """A release that a clearing made wrong: its recipient is to be told. A later release to the same one settles it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    release = models.ForeignKey(Release, models.CASCADE, related_name="due")
    cause_id = models.UUIDField()
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "release_correction"
        constraints: ClassVar = [models.UniqueConstraint(fields=["release", "cause_id"], name="correction_once")]


class Upload(models.Model):
    """A case that was carried to another system by hand: on which day, by whom, under which number there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record_id = models.UUIDField(db_index=True)
    revision = models.IntegerField()
    system = models.CharField(max_length=32)
    format = models.CharField(max_length=32)
    exported_by = models.UUIDField()
    exported_at = models.DateTimeField()
    uploaded_by = models.UUIDField(null=True)
    uploaded_on = models.DateField(null=True)
    number = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "release_upload"
