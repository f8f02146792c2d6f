"""Members of answers in words, in the reader's language."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from opencen.accounts.queries import office_tree
from opencen.analysis.answers import Column
from opencen.analysis.measures.selection import write_month
from opencen.codelists.catalogue import get_list
from opencen.kernel.errors import NotFound
from opencen.kernel.languages import comma


def label_member(column: Column, value: Any, language: str) -> str:
    """Return a member's label; a month stays as it is written in addresses, what is empty is said so."""
    if value is None:
        return _("Month not stated") if column.kind == "month" else _("Empty")
    if isinstance(value, tuple):
        return comma(language).join(label_member(column, part, language) for part in value)
    if column.kind == "month":
        return value if isinstance(value, str) else write_month(value)
    if column.kind == "office":
        return label_office(value, language)
    return label_code(column.codelist, str(value), language)


def label_office(value: UUID | str, language: str = "") -> str:
    """Return an office's name by its id or code."""
    tree = office_tree()
    found = tree.by_id.get(value) if isinstance(value, UUID) else tree.by_code.get(value)
    return (found.label(language) if language else found.name) if found else str(value)


def label_code(codelist: str, code: str, language: str) -> str:
    """Return a code's label; without a list, or unknown to it, the code stands for itself."""
    if not codelist:
        return code
    try:
        return get_list(codelist).label(code, language)
    except NotFound:
        return code
