"""What loading published lists keeps: the sources, every load of them, and which record stands for which entry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.kernel.ids import uuid7


class Source(models.Model):
    """One published list, dated and separate: its records have the origin `list:<name>`."""

    name = models.CharField(max_length=24, primary_key=True)
    format = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    mapping = models.TextField(default="")
    dated = models.DateField(null=True)
    loaded_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watchlists_source"


class Load(models.Model):
    """One file, or the files of one day: waiting, running, stopped (half is gone), done, refused or dropped."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="loads")
    state = models.CharField(max_length=10, default="waiting")
    files = models.TextField(default="{}")
    dated = models.DateField(null=True)
    counts = models.TextField(default="{}")
    error = models.TextField(default="")
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    seconds = models.FloatField(default=0)
    is_confirmed = models.BooleanField(default=False)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watchlists_load"
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"], name="watchlist_load_state")]


class Entry(models.Model):
    """One entry of a source with the record that stands for it and the digest of what it last said."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, models.CASCADE, related_name="entries")
    key = models.CharField(max_length=80)
    type = models.CharField(max_length=16)
    record_id = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    since = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "watchlists_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key", "type"], name="watchlist_entry_once"),
        ]
