"""The small records of an investigation: who works on it, where it stands, what was done, what it is linked to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.accounts.models import User
from opencen.kernel.ids import uuid7
from opencen.records.models import Record


class Investigation(models.Model):
    """Where an investigation stands; its record's document holds what is stated of it."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="+", db_constraint=False)
    compartment_id = models.UUIDField(unique=True)
    template = models.CharField(max_length=40)
    stage = models.CharField(max_length=40)
    stage_since = models.DateTimeField()
    stage_due = models.DateField(null=True)
    lead_id = models.UUIDField()
    opened_by = models.UUIDField()
    opened_at = models.DateTimeField()
    opened_how = models.CharField(max_length=8)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        db_table = "investigations_investigation"


class Member(models.Model):
    """Somebody of the team, now or until the day it ended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "investigations_member"
        constraints: ClassVar = [models.UniqueConstraint(fields=["investigation", "user"], name="member_once")]


class Task(models.Model):
    """What somebody has to do, until when, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    text = models.TextField(default="")
    assignee_id = models.UUIDField()
    due = models.DateField(null=True)
    state = models.CharField(max_length=8, default="open")
    result = models.TextField(default="")
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "investigations_task"
        indexes: ClassVar = [models.Index(fields=["assignee_id", "state", "due"], name="task_of")]


class Entry(models.Model):
    """A line of the investigation's log: never changed, never taken out; a correction is a line of its own.

    Only an erasure empties a text, and says so (a trigger holds to it).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    by = models.UUIDField()
    text = models.TextField(default="")
    party = models.CharField(max_length=200, default="")
    channel = models.CharField(max_length=16, default="")
    direction = models.CharField(max_length=4, default="")
    corrects = models.UUIDField(null=True)
    data = models.TextField(default="{}")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "investigations_entry"
        indexes: ClassVar = [models.Index(fields=["investigation", "written_at"], name="entry_order")]


class Link(models.Model):
    """A record of any kind that belongs to an investigation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="links")
    type = models.CharField(max_length=16)
    record_id = models.UUIDField(db_index=True)
    note = models.CharField(max_length=300, default="")
    by = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "investigations_link"
        constraints: ClassVar = [models.UniqueConstraint(fields=["investigation", "record_id"], name="link_once")]


class Notice(models.Model):
    """Something one person is told once; read through the lock, like the investigation itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user_id = models.UUIDField()
    investigation = models.ForeignKey(Investigation, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=80)
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "investigations_notice"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user_id", "key"], name="notice_once")]
        indexes: ClassVar = [
            models.Index(fields=["user_id"], name="notice_unseen", condition=models.Q(seen_at=None)),
        ]


class Held(models.Model):
    """What an investigation holds that another may hold too: a record, a telephone, an identity; for deconfliction."""

    id = models.BigAutoField(primary_key=True)
    investigation = models.ForeignKey(Investigation, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200, db_index=True)
    record_id = models.UUIDField(null=True)

    class Meta:
        db_table = "investigations_held"
        constraints: ClassVar = [models.UniqueConstraint(fields=["investigation", "key"], name="held_once")]


class Overlap(models.Model):
    """Two investigations hold the same; their owners were told. `first` has the smaller id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first = models.ForeignKey(Investigation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Investigation, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        db_table = "investigations_overlap"
        constraints: ClassVar = [models.UniqueConstraint(fields=["first", "second", "key"], name="overlap_once")]


class OwnTemplate(models.Model):
    """A template that this service added, or set in the place of a shipped one."""

    name = models.CharField(primary_key=True, max_length=40)
    content = models.TextField()
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    class Meta:
        db_table = "investigations_template"


class OpeningRule(models.Model):
    """When a case opens an investigation by itself: goods, how much of them, and who leads it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120, unique=True)
    commodity = models.CharField(max_length=96)
    quantity = models.DecimalField(max_digits=24, decimal_places=9, null=True)
    unit = models.CharField(max_length=32, default="")
    template = models.CharField(max_length=40)
    lead_id = models.UUIDField()
    is_on = models.BooleanField(default=True)
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    class Meta:
        db_table = "investigations_rule"


class Opening(models.Model):
    """An event that a rule has opened an investigation for: one, never a second; or why it could not."""

    event_id = models.UUIDField(primary_key=True)
    case_id = models.UUIDField()
    rule = models.ForeignKey(OpeningRule, models.PROTECT, related_name="openings")
    investigation = models.ForeignKey(Investigation, models.PROTECT, null=True, related_name="+")
    problem = models.CharField(max_length=64, default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "investigations_opening"
