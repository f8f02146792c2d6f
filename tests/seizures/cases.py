"""Case models for tests of single rules, without a database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from opencen.kernel.actor import Actor
from opencen.kernel.ids import uuid7
from opencen.records.findings import Finding, FindingContext, FindingRule
from opencen.seizures.documents import Case

NOW = datetime(2026, 11, 12, 10, 0, tzinfo=UTC)
NOBODY = Actor(id=uuid7(), kind="user", name="Officer")


def find(rule: FindingRule, document: dict[str, Any]) -> list[Finding]:
    """Run one rule over a document at a fixed time."""
    context = FindingContext(NOBODY, str(uuid7()), None, NOW, is_dry=True)
    return list(rule.run(Case.model_validate(document), context))
