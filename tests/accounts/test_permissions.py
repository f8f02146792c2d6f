"""The permission catalogue is whole: what services ask for is registered, and roles hold nothing else."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import opencen
from opencen.accounts.permissions import PERMISSIONS
from opencen.accounts.roles import ROLES, permissions_of
from opencen.log.service import SERVICES
from opencen.records.types import domain_names

INTERNAL = {"release:correct", "watch:clear", "records:receive", "exchange:carry"}


@pytest.fixture(scope="module", autouse=True)
def _every_room() -> None:
    for found in pkgutil.walk_packages(opencen.__path__, "opencen."):
        if ".migrations" not in found.name and "__main__" not in found.name and ".config." not in found.name:
            importlib.import_module(found.name)


def test_every_service_asks_for_a_permission_of_the_catalogue() -> None:
    ours = {name: code for name, code in SERVICES.items() if name.startswith("opencen.")}
    over_any = {f"*:{code.rpartition(':')[2]}" for code in PERMISSIONS.names()}
    assert {name: code for name, code in ours.items() if code not in PERMISSIONS and code not in over_any} == {}
    assert len(ours) > 30


def test_every_permission_of_a_role_is_in_the_catalogue() -> None:
    held = {code for role in ROLES for code in permissions_of(role)}
    assert sorted(code for code in held if code not in PERMISSIONS) == []


def test_every_permission_is_held_by_a_role_or_is_the_node_itself() -> None:
    held = {code for role in ROLES for code in permissions_of(role)}
    assert sorted(found.code for found in PERMISSIONS if found.code not in held | INTERNAL) == []
    assert not held & INTERNAL


def test_every_database_can_be_read_and_recorded() -> None:
    for name in domain_names():
        assert f"{name}:read" in PERMISSIONS
        assert f"{name}:record" in PERMISSIONS


def test_an_unknown_role_holds_nothing() -> None:
    assert permissions_of("king") == frozenset()
