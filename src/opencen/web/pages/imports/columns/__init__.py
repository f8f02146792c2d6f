"""What is in each column: where it goes, why we think so, and what is still a question."""

from opencen.web.pages.imports.columns.page import columns_page

__all__ = ["columns_page"]
