"""What analysts keep: saved figures, what the worker made of them, frozen figures, and other bodies' numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.kernel.ids import uuid7


class SavedFigure(models.Model):
    """The address of a figure under a name; `audience` is private, role, office or all.

    `schedule` is empty, daily, weekly or monthly; `next_at` is when the worker makes it next.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    office_id = models.UUIDField(null=True)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=2000)
    audience = models.CharField(max_length=8, default="private")
    role = models.CharField(max_length=40, blank=True, default="")
    position = models.IntegerField(default=0)
    schedule = models.CharField(max_length=8, blank=True, default="")
    hour = models.SmallIntegerField(default=6)
    format = models.CharField(max_length=4, default="pdf")
    next_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "analysis_saved_figure"
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner_id", "name"], name="saved_figure_once")]
        indexes: ClassVar = [models.Index(fields=["next_at"], name="saved_figure_due")]


class MadeReport(models.Model):
    """One file the worker made for its owner, or the reason why it could not."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    saved = models.ForeignKey(SavedFigure, models.CASCADE, related_name="made")
    name = models.CharField(max_length=120)
    format = models.CharField(max_length=4)
    content = models.BinaryField(default=b"")
    problem = models.CharField(max_length=300, blank=True, default="")
    made_at = models.DateTimeField()

    class Meta:
        db_table = "analysis_made_report"
        indexes: ClassVar = [models.Index(fields=["owner_id", "made_at"], name="made_report_owner")]


class Freeze(models.Model):
    """A figure as it was published: its rows at the cut-off, as its maker saw them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    name = models.CharField(max_length=80)
    question = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    cut_off = models.DateField()
    rows = models.JSONField(default=list)
    records = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "analysis_freeze"
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner_id", "name"], name="freeze_once")]


class Source(models.Model):
    """One extract of another body (CEN, RILO): a source of its own, never added to the national count."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80, unique=True)
    loaded_by = models.UUIDField()
    loaded_at = models.DateTimeField()

    class Meta:
        db_table = "analysis_source"


class SourceRow(models.Model):
    """One row of an extract: a year, a country or region, a section, and what it counts there."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.CASCADE, related_name="rows")
    year = models.SmallIntegerField()
    country = models.CharField(max_length=8, blank=True, default="")
    section = models.CharField(max_length=80, blank=True, default="")
    cases = models.IntegerField(null=True)
    seizures = models.IntegerField(null=True)

    class Meta:
        db_table = "analysis_source_row"
