"""Exhibits, the acts upon them, and what an administrator set for their clocks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.seizures.small_records.base import SmallAct, SmallRecord


class Exhibit(SmallRecord):
    """One exhibit or sample of a case. Everything below `sampled_by` is a projection of its acts."""

    number = models.CharField(max_length=12)
    label = models.CharField(max_length=12, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="samples")
    line = models.CharField(max_length=64, default="")
    commodity = models.CharField(max_length=120, default="")
    sampled_by = models.UUIDField(null=True)
    status = models.CharField(max_length=12, default="held")
    place = models.CharField(max_length=200, default="")
    holder = models.CharField(max_length=200, default="")
    seal = models.CharField(max_length=200, default="")
    unit = models.CharField(max_length=24, default="")
    came_in = models.DecimalField(max_digits=24, decimal_places=6, default=0)
    present = models.DecimalField(max_digits=24, decimal_places=6, default=0)
    due_at = models.DateTimeField(null=True)
    due_for = models.CharField(max_length=16, default="")
    problems = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "custody_exhibit"
        constraints: ClassVar = [models.UniqueConstraint(fields=["record", "number"], name="exhibit_number_once")]
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], name="exhibit_due", condition=~models.Q(due_at=None)),
            models.Index(fields=["id"], name="exhibit_problems", condition=models.Q(problems__gt=0)),
            models.Index(fields=["status", "-created_at"], name="exhibit_status"),
        ]


class CustodyAct(SmallAct):
    """One act upon an exhibit."""

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="acts")

    class Meta:
        db_table = "custody_act"
        indexes: ClassVar = [models.Index(fields=["record"], name="custody_act_record")]


class ClockSetting(models.Model):
    """What an administrator set for the goods below a code, in the place of the shipped values."""

    commodity = models.CharField(primary_key=True, max_length=120)
    values = models.TextField(default="{}")
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    class Meta:
        db_table = "custody_clock_setting"
