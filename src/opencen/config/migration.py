"""Brings the database to the version of the program."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from opencen.log.transactions import write_turn


def list_pending() -> list[str]:
    """Name the database steps that this program has and the database has not."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _ in plan]


def describe_pending(steps: list[str]) -> str:
    """Say what to do about pending steps."""
    return f"opencen: the database lacks {len(steps)} steps of this program; run: opencen migrate"


def migrate_database() -> list[str]:
    """Apply what is pending while no one else writes, and name it."""
    with write_turn():
        pending = list_pending()
        if pending:
            call_command("migrate", interactive=False, verbosity=0)
    return pending
