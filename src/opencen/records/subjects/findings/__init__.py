"""Plausibility rules of every subject: one function a file, found by scan."""

from __future__ import annotations

from opencen.kernel.registry import scan_modules
from opencen.records.findings import FindingRule


def subject_rules() -> tuple[FindingRule, ...]:
    """Return the rules that every kind of subject is checked by."""
    modules = scan_modules("opencen.records.subjects.findings")
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, FindingRule))
