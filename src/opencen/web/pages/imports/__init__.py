"""Imports: upload, columns, dry run, progress, result; and statistics kept apart."""

from opencen.web.pages.imports.columns import columns_page
from opencen.web.pages.imports.downloads import template, workbook
from opencen.web.pages.imports.files import act, import_page, progress, upload
from opencen.web.pages.imports.result import repair, result_page
from opencen.web.pages.imports.statistics import remove, source_page, sources_page

__all__ = [
    "act",
    "columns_page",
    "import_page",
    "progress",
    "remove",
    "repair",
    "result_page",
    "source_page",
    "sources_page",
    "template",
    "upload",
    "workbook",
]
