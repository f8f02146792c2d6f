"""The tables of watch entries, of their hits, and of the reviews that a clearing asks for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Literal

from django.db import models

from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.records.models import Record

ASKED_BEFORE = timedelta(days=10)
Status = Literal["planned", "active", "ending", "ended"]


class Watch(models.Model):
    """What is wanted of whoever meets the subject. Its status follows from the clock, never from a column."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=24, unique=True)
    record = models.ForeignKey(Record, models.PROTECT, related_name="watches", db_constraint=False)
    action = models.CharField(max_length=24)
    authority = models.CharField(max_length=200, default="")
    order_number = models.CharField(max_length=80, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.CharField(max_length=400, default="")
    instructions = models.TextField(default="")
    contact = models.CharField(max_length=400, default="")
    owner_id = models.UUIDField(db_index=True)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_cause = models.CharField(max_length=400, default="")

    class Meta:
        db_table = "watches_watch"
        indexes: ClassVar = [
            models.Index(fields=["record", "ends_at"], name="watch_record"),
            models.Index(fields=["ends_at"], name="watch_in_force", condition=models.Q(ended_at=None)),
        ]

    def status(self, at: datetime | None = None) -> Status:
        """Tell where it stands at a moment."""
        at = at or now()
        if self.ended_at is not None or self.ends_at <= at:
            return "ended"
        if self.starts_at > at:
            return "planned"
        return "ending" if self.ends_at <= at + ASKED_BEFORE else "active"


class Hit(models.Model):
    """The subject was met: when, where, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    watch = models.ForeignKey(Watch, models.PROTECT, related_name="hits")
    at = models.DateTimeField()
    place = models.CharField(max_length=200, default="")
    outcome = models.CharField(max_length=24)
    note = models.TextField(default="")
    case_id = models.UUIDField(null=True)
    reported_by = models.UUIDField()
    reported_at = models.DateTimeField()

    class Meta:
        db_table = "watches_hit"


class StandingReview(models.Model):
    """Somebody was cleared: a person decides what becomes of the record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Record, models.PROTECT, related_name="+", db_constraint=False)
    revision = models.IntegerField()
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=12, default="")
    note = models.TextField(default="")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watches_standing_review"
        constraints: ClassVar = [models.UniqueConstraint(fields=["record", "revision"], name="standing_review_once")]
