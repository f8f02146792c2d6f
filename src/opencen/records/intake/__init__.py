"""The one door in: whatever arrives is parsed, checked, merged, stored and logged here, with a receipt."""

from opencen.records.intake.receive import check, submit, submit_many
from opencen.records.intake.submission import Mode, Receipt, SubmissionIn

__all__ = ["Mode", "Receipt", "SubmissionIn", "check", "submit", "submit_many"]
