"""Reads of investigations; every one goes through the lock, and so through the team."""

from opencen.investigations.queries.lists import (
    Asked,
    investigations_of,
    is_there,
    list_investigations,
    my_notices,
    my_tasks,
    show_board,
)
from opencen.investigations.queries.page import get_investigation
from opencen.investigations.queries.people import people_for

__all__ = [
    "Asked",
    "get_investigation",
    "investigations_of",
    "is_there",
    "list_investigations",
    "my_notices",
    "my_tasks",
    "people_for",
    "show_board",
]
