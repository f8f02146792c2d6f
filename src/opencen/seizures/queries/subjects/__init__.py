"""What the page of a person, company or means of transport shows; every read goes through the lock."""

from opencen.seizures.queries.subjects.cases import cases_of, cases_with_total
from opencen.seizures.queries.subjects.checks import checks_of
from opencen.seizures.queries.subjects.naming import named_in
from opencen.seizures.queries.subjects.view import compare_subject, get_subject, subject_with_timeline

__all__ = [
    "cases_of",
    "cases_with_total",
    "checks_of",
    "compare_subject",
    "get_subject",
    "named_in",
    "subject_with_timeline",
]
