"""Any figure on a page of its own, saved and scheduled figures, the printed report, and how things are counted."""

from opencen.web.pages.figures.figure import cell_page, figure_page
from opencen.web.pages.figures.freezes import freeze_page, freezes_page
from opencen.web.pages.figures.keeping import act_saved, arrange, figures_page, made_file, save
from opencen.web.pages.figures.pictures import figure_picture
from opencen.web.pages.figures.report import counting_page, report_file, report_page

__all__ = [
    "act_saved",
    "arrange",
    "cell_page",
    "counting_page",
    "figure_page",
    "figure_picture",
    "figures_page",
    "freeze_page",
    "freezes_page",
    "made_file",
    "report_file",
    "report_page",
    "save",
]
