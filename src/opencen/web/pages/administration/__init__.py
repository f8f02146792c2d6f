"""Administration: users, offices, national fields, code lists, partners, and the audit of the log."""

from opencen.web.pages.administration.audit import audit_page
from opencen.web.pages.administration.fields import fields_page
from opencen.web.pages.administration.lists import list_page, lists_page
from opencen.web.pages.administration.offices import offices_page
from opencen.web.pages.administration.overview import overview
from opencen.web.pages.administration.partners import partners_page
from opencen.web.pages.administration.users import user_page, users_page
from opencen.web.pages.administration.watchlists import sources_part, watchlists_page

__all__ = [
    "audit_page",
    "fields_page",
    "list_page",
    "lists_page",
    "offices_page",
    "overview",
    "partners_page",
    "sources_part",
    "user_page",
    "users_page",
    "watchlists_page",
]
