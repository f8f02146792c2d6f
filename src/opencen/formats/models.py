"""What imports keep: the batch with its file and mapping, every row's outcome, and mappings by name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.kernel.ids import uuid7


class ImportBatch(models.Model):
    """One file on its way in. `task` names what the worker is to do: "", "dry", "run" or "back"."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.IntegerField()
    type = models.CharField(max_length=16)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    mapping_name = models.CharField(max_length=60, default="")
    mapping = models.TextField(default="")
    mode = models.CharField(max_length=12, default="live")
    reason = models.CharField(max_length=2000, default="")
    reasons = models.TextField(default="{}")
    office_id = models.UUIDField()
    office = models.CharField(max_length=16)
    state = models.CharField(max_length=12, default="uploaded")
    task = models.CharField(max_length=4, default="")
    is_dry = models.BooleanField(default=True)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    seconds = models.FloatField(default=0)
    error = models.TextField(default="")
    created_by = models.UUIDField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=40, default="")
    claimed_at = models.DateTimeField(null=True)
    back_by = models.UUIDField(null=True)
    back_reason = models.CharField(max_length=2000, default="")

    class Meta:
        db_table = "formats_import_batch"
        indexes: ClassVar = [models.Index(fields=["task", "created_at"], name="import_task")]


class ImportRow(models.Model):
    """One row of a file: what became of it. Outcome: "" (not yet), stored, unchanged, refused,
    waiting, taken_back."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.IntegerField()
    outcome = models.CharField(max_length=10, default="")
    record_id = models.UUIDField(null=True)
    revision = models.IntegerField(null=True)
    is_new = models.BooleanField(default=False)
    findings = models.TextField(default="[]")
    codes = models.CharField(max_length=600, default="")
    repairs = models.TextField(default="{}")

    class Meta:
        db_table = "formats_import_row"
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        indexes: ClassVar = [
            models.Index(fields=["batch", "outcome"], name="import_row_outcome"),
            models.Index(fields=["record_id"], name="import_row_record"),
        ]


class SavedMapping(models.Model):
    """A mapping kept under its name, so that the next file of this kind is recognised."""

    name = models.CharField(max_length=60, primary_key=True)
    type = models.CharField(max_length=16)
    text = models.TextField()
    saved_by = models.UUIDField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "formats_saved_mapping"


class StatisticsSource(models.Model):
    """A file of sums that somebody publishes; a newer one of the same title takes its place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=200)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="statistics")
    sha256 = models.CharField(max_length=64)
    office_id = models.UUIDField()
    country = models.CharField(max_length=2, default="")
    first_period = models.CharField(max_length=10)
    last_period = models.CharField(max_length=10)
    is_current = models.BooleanField(default=True)
    created_by = models.UUIDField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "formats_statistics_source"
        indexes: ClassVar = [models.Index(fields=["is_current", "office_id"], name="statistics_current")]


class StatisticsFigure(models.Model):
    """One sum of a source. `measure` is cases, quantity or value; `value` is the decimal as it stands in the file."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(StatisticsSource, models.CASCADE, related_name="figures")
    row = models.IntegerField()
    period = models.CharField(max_length=10)
    measure = models.CharField(max_length=12)
    commodity = models.CharField(max_length=120, default="")
    commodity_text = models.CharField(max_length=200, default="")
    unit = models.CharField(max_length=20, default="")
    value = models.CharField(max_length=60)
    further = models.JSONField(default=dict)

    class Meta:
        db_table = "formats_statistics_figure"
        indexes: ClassVar = [models.Index(fields=["source", "measure", "period"], name="statistics_measure")]
