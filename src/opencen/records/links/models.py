"""Links, the judgements upon them, and saved charts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.kernel.ids import uuid7


class Link(models.Model):
    """A connection of two records: made by a person, or found by the system and judged by one.

    `kind` is empty where a person made it, else what the two share; `state` is what the judgements come to.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first_id = models.UUIDField(db_index=True)
    second_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=16, default="")
    role = models.CharField(max_length=96, default="")
    since = models.CharField(max_length=40, default="")
    until = models.CharField(max_length=40, default="")
    source_reliability = models.CharField(max_length=96, default="")
    information_credibility = models.CharField(max_length=96, default="")
    handling = models.CharField(max_length=96, default="")
    source_id = models.UUIDField(null=True)
    note = models.TextField(default="")
    state = models.CharField(max_length=8, default="open")
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "records_link"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first_id", "second_id", "kind"], name="suggestion_once", condition=~models.Q(kind="")
            )
        ]


class Judgement(models.Model):
    """What a person said of a link; appended, never overwritten. `undo` takes back the one before it."""

    id = models.BigAutoField(primary_key=True)
    link = models.ForeignKey(Link, models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=8)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "records_link_judgement"


class Chart(models.Model):
    """A saved chart: which nodes stand where. It holds ids and places, no word of what they are but its own name."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    office_id = models.UUIDField(null=True)
    name = models.CharField(max_length=80)
    audience = models.CharField(max_length=8, default="private")
    content = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "records_chart"
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner_id", "name"], name="chart_once")]
