"""Bind permission, transaction and audit into every act: no audit entry, no commit."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.log.acts import Act
from opencen.log.inserting import adapt_uuid, insert_values
from opencen.log.transactions import write_transaction

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

SERVICES: dict[str, str] = {}


class MissingAuditEntry(RuntimeError):
    """Raised when a service wrote without recording an act; its transaction is rolled back."""


@dataclass(slots=True)
class _Scope:
    """Collect the entries of one outermost service."""

    actor: Actor
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    is_quiet: bool = False


_scope: ContextVar[_Scope | None] = ContextVar("opencen_service_scope", default=None)

ServiceFunction = Callable[Concatenate[Actor, Parameters], Result]


def service(permission: str) -> Callable[[ServiceFunction[Parameters, Result]], ServiceFunction[Parameters, Result]]:
    """Make a function an act: the actor needs the permission, and it must record what it did.

    `*:validate` asks for the verb over any database; the function itself asks for the one of its record.
    """

    def wrap(function: ServiceFunction[Parameters, Result]) -> ServiceFunction[Parameters, Result]:
        SERVICES[f"{function.__module__}.{function.__qualname__}"] = permission

        @functools.wraps(function)
        def call(actor: Actor, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
            if permission.startswith("*:"):
                actor.require_any(permission[2:])
            else:
                actor.require(permission)
            with write_transaction():
                return _run(function, actor, args, kwargs)

        return call

    return wrap


def _run(function: Callable[..., Result], actor: Actor, args: Any, kwargs: Any) -> Result:
    outer = _scope.get()
    scope = _Scope(actor)
    token = _scope.set(scope)
    try:
        result = function(actor, *args, **kwargs)
    finally:
        _scope.reset(token)
    if not scope.rows and not scope.is_quiet:
        raise MissingAuditEntry(function.__qualname__)
    if outer is None:
        _write(scope.rows)
    else:
        outer.rows.extend(scope.rows)
        outer.is_quiet = outer.is_quiet or not scope.rows
    return result


def record_act(
    act: Act,
    subject_type: str,
    subject_id: UUID | str,
    *,
    revision: int | None = None,
    digest: str = "",
    **data: Any,
) -> None:
    """Record an act of the running service; data holds ids, states and counts, never content."""
    scope = _scope.get()
    if scope is None:
        raise MissingAuditEntry(f"{act.name} outside a service")
    if unknown := set(data) - act.keys:
        raise MissingAuditEntry(f"{act.name} does not carry {sorted(unknown)}")
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), default=str) if data else "{}"
    actor = scope.actor
    scope.rows.append(
        (uuid7(), now(), act.name, actor.id, actor.kind, subject_type, str(subject_id), revision, digest, text)
    )


def nothing_done() -> None:
    """Declare that the running service found nothing to do, so that no entry is due."""
    scope = _scope.get()
    if scope is not None:
        scope.is_quiet = True


_COLUMNS = ("uid", "at", "act", "actor_id", "actor_kind", "subject_type", "subject_id", "revision", "digest", "data")


def _write(rows: list[tuple[Any, ...]]) -> None:
    """Insert the entries and queue them for the sealer."""
    if not rows:
        return
    adapt_time = connection.ops.adapt_datetimefield_value
    adapted = [(adapt_uuid(row[0]), adapt_time(row[1]), row[2], adapt_uuid(row[3]), *row[4:]) for row in rows]
    insert_values("log_entry", _COLUMNS, adapted)
    uids = [row[0] for row in adapted]
    with connection.cursor() as cursor:
        for start in range(0, len(uids), 900):
            part = uids[start : start + 900]
            places = ",".join(["%s"] * len(part))
            cursor.execute(
                "INSERT INTO log_unsealed (entry_id)"  # noqa: S608 - constants
                f" SELECT number FROM log_entry WHERE uid IN ({places})",
                part,
            )
