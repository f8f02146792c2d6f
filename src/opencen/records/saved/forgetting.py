"""What saved searches keep of an erased person: nothing; a search that names the person goes."""

from __future__ import annotations

from urllib.parse import unquote_plus

from opencen.records.erasure import Erased, erased_elsewhere, names_one
from opencen.records.saved.models import SavedSearch


@erased_elsewhere
def forget_searches(erased: Erased) -> None:
    """Remove the searches whose question or title holds one of the names."""
    for search in SavedSearch.objects.only("id", "name", "query"):
        if names_one(f"{unquote_plus(search.query)} {search.name}", set(erased.names)):
            search.delete()
