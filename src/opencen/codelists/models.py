"""What an installation adds to the lists: its own codes and the official files it loaded."""

from __future__ import annotations

from django.db import models

from opencen.kernel.ids import uuid7


class NationalCode(models.Model):
    """A code of a country, mapped to a standard one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list_name = models.CharField(max_length=40)
    code = models.CharField(max_length=120)
    maps_to = models.CharField(max_length=120)
    labels = models.JSONField()
    aliases = models.JSONField(default=dict)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "codelists_national_code"
        constraints = (models.UniqueConstraint(fields=["list_name", "code"], name="codelists_national_unique"),)


class LoadedList(models.Model):
    """One loading of an official file: a dated version with its counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list_name = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    version = models.DateField()
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    total = models.IntegerField()
    added = models.IntegerField()
    changed = models.IntegerField()
    gone = models.IntegerField()
    refused = models.IntegerField()

    class Meta:
        db_table = "codelists_loaded_list"
        indexes = (models.Index(fields=["list_name", "source", "loaded_at"], name="codelists_loaded_latest"),)


class LoadedCode(models.Model):
    """One code of an official file, as last loaded; one that is gone keeps its day of ending."""

    list_name = models.CharField(max_length=40)
    code = models.CharField(max_length=120)
    source = models.CharField(max_length=40)
    content = models.TextField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "codelists_loaded_code"
        constraints = (models.UniqueConstraint(fields=["list_name", "code", "source"], name="codelists_loaded_unique"),)
