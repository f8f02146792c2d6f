"""The pages of investigations: board and list, one investigation with its acts, files, templates and rules."""

from opencen.web.pages.investigations.acting import act
from opencen.web.pages.investigations.files import calendar, my_calendar, print_file
from opencen.web.pages.investigations.overview import mark_notices, new_page, overview_page
from opencen.web.pages.investigations.settings import settings_page
from opencen.web.pages.investigations.showing import investigation_page

__all__ = [
    "act",
    "calendar",
    "investigation_page",
    "mark_notices",
    "my_calendar",
    "new_page",
    "overview_page",
    "print_file",
    "settings_page",
]
