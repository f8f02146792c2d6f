"""A saved search, who follows it, and what was found new for each follower."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.kernel.ids import uuid7
from opencen.records.models import Record


class SavedSearch(models.Model):
    """A list's address under a name; `audience` is private, office or all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    office_id = models.UUIDField(null=True)
    type = models.CharField(max_length=16)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000)
    audience = models.CharField(max_length=8, default="private")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "records_saved_search"
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner_id", "type", "name"], name="saved_search_once")]


class Follower(models.Model):
    """Who is told when something new fits, and since when."""

    id = models.BigAutoField(primary_key=True)
    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="followers")
    user_id = models.UUIDField()
    since = models.DateTimeField()

    class Meta:
        db_table = "records_saved_search_follower"
        constraints: ClassVar = [models.UniqueConstraint(fields=["search", "user_id"], name="follower_once")]


class Alert(models.Model):
    """One record that is new to a follower's search; read through the lock, like the record itself."""

    id = models.BigAutoField(primary_key=True)
    follower = models.ForeignKey(Follower, models.CASCADE, related_name="alerts")
    user_id = models.UUIDField()
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "records_saved_search_alert"
        constraints: ClassVar = [models.UniqueConstraint(fields=["follower", "record"], name="alert_once")]
        indexes: ClassVar = [
            models.Index(fields=["user_id"], name="alert_unseen", condition=models.Q(seen_at=None)),
        ]
