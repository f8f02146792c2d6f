"""Proceedings about a case and the acts of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.seizures.small_records.base import SmallAct, SmallRecord


class Proceeding(SmallRecord):
    """One proceeding: against a person or company of the case (by its item id), or about the goods.

    Everything below `item` is a projection of its acts.
    """

    number = models.IntegerField()
    item = models.CharField(max_length=64, default="")
    stage = models.CharField(max_length=24, default="")
    outcome = models.CharField(max_length=64, default="")
    standing = models.CharField(max_length=16, default="")
    due_on = models.DateField(null=True)
    due_for = models.CharField(max_length=16, default="")

    class Meta:
        db_table = "legal_proceeding"
        constraints: ClassVar = [models.UniqueConstraint(fields=["record", "number"], name="proceeding_once")]
        indexes: ClassVar = [
            models.Index(fields=["due_on", "id"], name="proceeding_due", condition=~models.Q(due_on=None)),
            models.Index(fields=["stage", "-created_at"], name="proceeding_stage"),
        ]


class LegalAct(SmallAct):
    """One act of a proceeding."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="acts")

    class Meta:
        db_table = "legal_act"
        indexes: ClassVar = [models.Index(fields=["record"], name="legal_act_record")]
