"""What this room keeps beside the documents: which two cases a person told apart."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.kernel.ids import uuid7


class ToldApart(models.Model):
    """Two cases that look like one event and are not, with the reason; `first` has the smaller id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first = models.UUIDField()
    second = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=300)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "seizures_told_apart"
        constraints: ClassVar = [models.UniqueConstraint(fields=["first", "second"], name="told_apart_once")]
