"""What pages and the API read of cases and controls; every read goes through the lock."""

from opencen.seizures.queries.cases import find_case, get_case
from opencen.seizures.queries.controls import get_control
from opencen.seizures.queries.entry import computed_quantities
from opencen.seizures.queries.history import case_with_timeline, compare, timeline
from opencen.seizures.queries.home import Home, home, returned_to, unit_week
from opencen.seizures.queries.knowledge import known
from opencen.seizures.queries.reviewing import (
    QueueFilters,
    ReviewDetail,
    count_waiting,
    require_reviewer,
    review_detail,
    review_queue,
    reviewed_kinds,
)

__all__ = [
    "Home",
    "QueueFilters",
    "ReviewDetail",
    "case_with_timeline",
    "compare",
    "computed_quantities",
    "count_waiting",
    "find_case",
    "get_case",
    "get_control",
    "home",
    "known",
    "require_reviewer",
    "returned_to",
    "review_detail",
    "review_queue",
    "reviewed_kinds",
    "timeline",
    "unit_week",
]
