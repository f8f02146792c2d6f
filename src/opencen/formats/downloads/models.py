"""One download: what was asked for, how far the worker is, and where the file lies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.kernel.ids import uuid7


class Download(models.Model):
    """A list to be written; state is waiting, running, done, failed or cancelled. The file is named by the id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner_id = models.UUIDField()
    type = models.CharField(max_length=16)
    query = models.CharField(max_length=2000)
    what = models.CharField(max_length=8, default="list")
    format = models.CharField(max_length=40)
    language = models.CharField(max_length=8, default="en")
    state = models.CharField(max_length=10, default="waiting")
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    size = models.BigIntegerField(default=0)
    error = models.CharField(max_length=60, default="")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "formats_download"
        indexes: ClassVar = [
            models.Index(fields=["state", "asked_at"], name="download_state"),
            models.Index(fields=["owner_id", "asked_at"], name="download_owner"),
        ]
