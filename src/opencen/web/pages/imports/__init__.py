"""Imports: upload, columns, dry run, progress, result; and downloads of lists."""

from opencen.web.pages.imports.columns import columns_page
from opencen.web.pages.imports.downloads import template, workbook
from opencen.web.pages.imports.files import act, import_page, progress, upload
from opencen.web.pages.imports.result import repair, result_page

__all__ = [
    "act",
    "columns_page",
    "import_page",
    "progress",
    "repair",
    "result_page",
    "template",
    "upload",
    "workbook",
]
