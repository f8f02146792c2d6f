"""The log's tables: entries, their seals in one chain, and signed heads."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act by one actor on one subject; never changed, never deleted."""

    number = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=64)
    actor_id = models.UUIDField()
    actor_kind = models.CharField(max_length=8)
    subject_type = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=64)
    revision = models.IntegerField(null=True)
    digest = models.CharField(max_length=64, default="")
    data = models.TextField(default="{}")

    class Meta:
        db_table = "log_entry"
        indexes = [models.Index(fields=["subject_id", "number"], name="log_entry_subject")]


class Unsealed(models.Model):
    """The sealer's queue: entries that stand in no chain yet."""

    entry = models.OneToOneField(Entry, models.DO_NOTHING, primary_key=True, related_name="queue", db_constraint=False)

    class Meta:
        db_table = "log_unsealed"


class Seal(models.Model):
    """The place of an entry in the chain; its hash covers the entry and the seal before it."""

    sequence = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.DO_NOTHING, related_name="seal")
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "log_seal"


class Head(models.Model):
    """A signed statement that the chain stood at this hash; anchored outside the database too."""

    sequence = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        db_table = "log_head"


class Stamp(models.Model):
    """The present version of something that processes keep in memory."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.UUIDField()

    class Meta:
        db_table = "log_stamp"
