"""The table that the gallery reads: one row for every picture of a case, with what it is looked for by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opencen.records.models import Record


class Picture(models.Model):
    """A picture of a case, public values only; whether one sees it is read from the case itself."""

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(Record, models.CASCADE, related_name="+", db_constraint=False)
    item = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=40, default="photo")
    shown_on = models.DateField()
    commodity = models.CharField(max_length=120, default="")
    concealment = models.CharField(max_length=120, default="")
    mode = models.CharField(max_length=64, default="")
    country = models.CharField(max_length=8, default="")
    departure = models.CharField(max_length=8, default="")
    exceptional = models.BooleanField(default=False)
    releasable = models.BooleanField(default=False)

    class Meta:
        db_table = "gallery_picture"
        indexes: ClassVar = [
            models.Index(fields=["shown_on", "record", "item"], name="picture_newest"),
            models.Index(fields=["commodity", "shown_on"], name="picture_commodity"),
            models.Index(fields=["concealment", "shown_on"], name="picture_concealment"),
            models.Index(fields=["mode", "shown_on"], name="picture_mode"),
            models.Index(
                fields=["shown_on", "record", "item"], name="picture_exceptional", condition=models.Q(exceptional=True)
            ),
        ]
