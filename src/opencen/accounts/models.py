"""Offices in a tree, users, their grants, compartments and tokens."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from opencen.kernel.ids import uuid7


class Office(models.Model):
    """A customs office, district, unit or headquarters; `path` holds the codes from the root down, `labels` the
    names in other languages than the one that `name` is written in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=120)
    labels = models.JSONField(default=dict)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=16, default="office")
    country = models.CharField(max_length=2)
    location_type = models.CharField(max_length=64, default="")
    place = models.CharField(max_length=8, default="")
    time_zone = models.CharField(max_length=64, default="UTC")
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "accounts_office"
        ordering: ClassVar = ["path"]


class UserManager(BaseUserManager["User"]):
    """Find users by their name at sign-in."""

    def create(self, **fields: object) -> User:
        """Make a user; the password is set by the service that shows it once."""
        return super().create(**fields)


class User(AbstractBaseUser):
    """A person who signs in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="users")
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    clearance = models.SmallIntegerField(default=1)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    draft_key = models.CharField(max_length=64, default="")

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "accounts_user"


class Grant(models.Model):
    """A role held by a user over one office and everything below it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32)
    office = models.ForeignKey(Office, models.PROTECT, related_name="grants")
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_grant"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "role", "office"], name="grant_once")]


class Compartment(models.Model):
    """A closed group that alone sees the records placed in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    members = models.ManyToManyField(User, related_name="compartments", db_table="accounts_compartment_member")

    class Meta:
        db_table = "accounts_compartment"


class Token(models.Model):
    """A secret by which a program acts for a user, within named scopes; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_token"
