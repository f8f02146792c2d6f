"""The dashboard: figures over what the reader may see, each with its table, its numbers and its way to the cases."""

from opencen.web.pages.dashboard.views import dashboard, figure_download

__all__ = ["dashboard", "figure_download"]
