"""The spine's tables: records, their revisions, what was submitted, and small records that point to them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.kernel.ids import uuid7


class Record(models.Model):
    """The head of a record: its state, its lock attributes and the columns that lists sort by.

    Everything but identity and reference is a projection of revisions and log entries.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    origin = models.CharField(max_length=32)
    type = models.CharField(max_length=16)
    reference = models.CharField(max_length=48, unique=True, null=True)
    state = models.CharField(max_length=12)
    revision = models.IntegerField()
    office_id = models.UUIDField()
    sensitivity = models.SmallIntegerField(default=0)
    compartment_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=32, default="")
    occurred_on = models.DateField(null=True)
    summary = models.TextField(default="{}")
    nominal_summary = models.TextField(default="{}")
    quality = models.SmallIntegerField(default=0)
    warnings = models.SmallIntegerField(default=0)
    batch = models.CharField(max_length=40, default="")
    author_id = models.UUIDField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    validated_at = models.DateTimeField(null=True)
    validated_revision = models.IntegerField(null=True)

    class Meta:
        db_table = "records_record"
        indexes: ClassVar = [
            models.Index(fields=["type", "state", "changed_at"], name="record_state"),
            models.Index(fields=["type", "occurred_on", "id"], name="record_occurred"),
            models.Index(fields=["office_id", "type", "occurred_on"], name="record_office"),
            models.Index(fields=["author_id", "state"], name="record_author"),
            models.Index(fields=["batch"], name="record_batch", condition=~models.Q(batch="")),
        ]


class Revision(models.Model):
    """One immutable statement of a record, its public and its nominal part apart.

    Only an erasure changes a row, and only its nominal columns (a trigger holds to it).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="revisions", db_constraint=False)
    number = models.IntegerField()
    author_id = models.UUIDField()
    at = models.DateTimeField()
    device_time = models.CharField(max_length=40, default="")
    submission_id = models.UUIDField()
    base = models.IntegerField(null=True)
    schema_version = models.SmallIntegerField()
    public = models.TextField()
    nominal = models.TextField(default="{}")
    nominal_key = models.CharField(max_length=32, default="")
    public_digest = models.CharField(max_length=64)
    nominal_digest = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)
    findings = models.TextField(default="[]")
    list_versions = models.TextField(default="{}")

    class Meta:
        db_table = "records_revision"
        constraints: ClassVar = [models.UniqueConstraint(fields=["record", "number"], name="revision_once")]


class IndexValue(models.Model):
    """The typed index: one value at one path of the current document, to find and filter by."""

    id = models.BigAutoField(primary_key=True)
    record_id = models.UUIDField(db_index=True)
    path = models.CharField(max_length=96)
    item = models.CharField(max_length=64, default="")
    text = models.CharField(max_length=200, default="")
    number = models.DecimalField(max_digits=30, decimal_places=9, null=True)
    is_nominal = models.BooleanField(default=False)

    class Meta:
        db_table = "records_index"
        indexes: ClassVar = [
            models.Index(fields=["path", "text"], name="index_text"),
            models.Index(fields=["path", "number"], name="index_number", condition=~models.Q(number=None)),
        ]


class Submission(models.Model):
    """What was handed in and the receipt it got; a repeat returns the same receipt."""

    id = models.UUIDField(primary_key=True, editable=False)
    record_id = models.UUIDField()
    actor_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=12)
    receipt = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "records_submission"


class MergeTask(models.Model):
    """Two statements about one field that a person must decide between; its parts are erased like a revision's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="merge_tasks", db_constraint=False)
    submission_id = models.UUIDField(unique=True)
    author_id = models.UUIDField()
    base = models.IntegerField()
    against = models.IntegerField()
    public = models.TextField()
    nominal = models.TextField(default="{}")
    paths = models.TextField()
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "records_merge_task"


class ReviewNote(models.Model):
    """A validator's reason at one field; it goes back to the officer with the case."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="notes", db_constraint=False)
    revision = models.IntegerField()
    path = models.CharField(max_length=200, default="")
    text = models.TextField()
    author_id = models.UUIDField()
    at = models.DateTimeField()
    answered_by = models.IntegerField(null=True)

    class Meta:
        db_table = "records_review_note"


class Hold(models.Model):
    """An operational hold: nothing of the record leaves before its end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="holds", db_constraint=False)
    kind = models.CharField(max_length=64)
    authority = models.CharField(max_length=200)
    order_number = models.CharField(max_length=64, default="")
    reason = models.TextField()
    agencies = models.CharField(max_length=200, default="")
    until = models.DateTimeField()
    set_by = models.UUIDField()
    set_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "records_hold"


class MediaObject(models.Model):
    """A stored original by its SHA-256; its EXIF stays in this row and leaves with no copy."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    kind = models.CharField(max_length=16)
    format = models.CharField(max_length=8)
    size = models.BigIntegerField()
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    exif = models.TextField(default="{}")
    taken_at = models.CharField(max_length=40, default="")
    uploaded_by = models.UUIDField()
    uploaded_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "records_media"


class MediaUse(models.Model):
    """A record's current document shows a media object: who may see the one may see the other."""

    id = models.BigAutoField(primary_key=True)
    record_id = models.UUIDField(db_index=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    item = models.CharField(max_length=64)

    class Meta:
        db_table = "records_media_use"


class NationalField(models.Model):
    """A field that an administrator added to a document at run time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField(max_length=16)
    group = models.CharField(max_length=96, default="")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    codelist = models.CharField(max_length=40, default="")
    nominal = models.BooleanField(default=True)
    labels = models.TextField()
    hint = models.CharField(max_length=200, default="")
    required = models.CharField(max_length=8, default="")
    in_short_form = models.BooleanField(default=False)
    after = models.CharField(max_length=64, default="")
    condition = models.TextField(default="[]")
    audience = models.CharField(max_length=64, default="")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "records_national_field"
        constraints: ClassVar = [models.UniqueConstraint(fields=["type", "group", "name"], name="national_field_once")]


class Serial(models.Model):
    """The last serial number given for an office and a year."""

    key = models.CharField(primary_key=True, max_length=32)
    last = models.IntegerField(default=0)

    class Meta:
        db_table = "records_serial"


class Cursor(models.Model):
    """How far a derived store has read the log."""

    store = models.CharField(primary_key=True, max_length=32)
    sequence = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        db_table = "records_cursor"
