"""State cases whatever the plausibility rules doubt: every warning gets a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.records.intake import Receipt, SubmissionIn, check, submit
from tests import make


def take_in(by: Actor, given: SubmissionIn) -> Receipt:
    """Submit with a reason for every warning, and insist that it was taken in."""
    reasons = {found.key: "seen on the spot" for found in check(by, given).findings if found.level == "warning"}
    return make.taken(submit(by, replace(given, reasons=reasons)))


def state_case(by: Actor, lock: dict[str, Any] | None = None, **changes: Any) -> Receipt:
    """Submit a case; `lock` gives its sensitivity or compartment."""
    return take_in(by, make.submission(make.case_document(**changes), mode="historical", **(lock or {})))


def amend_case(by: Actor, record_id: UUID, base: int, document: dict[str, Any]) -> Receipt:
    """Submit another statement of a case."""
    return take_in(by, make.submission(document, id=record_id, base_revision=base, mode="historical"))
