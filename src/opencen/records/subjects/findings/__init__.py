"""Plausibility rules of every subject: one function a file, found by scan."""

from __future__ import annotations

from opencen.records.findings import FindingRule, scan_rules


def subject_rules() -> tuple[FindingRule, ...]:
    """Return the rules that every kind of subject is checked by."""
    return scan_rules("opencen.records.subjects.findings")
