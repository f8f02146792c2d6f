"""Files of saved figures and of the report: PDF for reading, XLSX for reckoning."""

from __future__ import annotations

from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from opencen.analysis.books import Sheet, write_book
from opencen.analysis.events import FIGURE_MADE
from opencen.analysis.kept.addresses import Address, read_address
from opencen.analysis.measures.selection import Selection
from opencen.analysis.models import MadeReport
from opencen.analysis.naming import name_file
from opencen.analysis.national_report import FIGURES, Report, make_report, write_period, write_section
from opencen.analysis.paper import paper_content
from opencen.analysis.permissions import READ_FIGURES
from opencen.analysis.queries import Figures, find_question, open_figures
from opencen.analysis.services import FigureFile, describe_answer, lay_out_answer, lay_out_table
from opencen.kernel.actor import Actor
from opencen.kernel.errors import Invalid, NotFound
from opencen.log.service import record_act, service
from opencen.printing.making import make_pdf
from opencen.records.texts import write_moment

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"pdf": PDF, "xlsx": XLSX}


def make_file(actor: Actor, *, address: str, format: str, name: str = "") -> FigureFile:
    """Make the file of a figure or of the whole report, as the actor may see it, in the actor's language.

    Without a name it is called after what it is.

    The press takes seconds: only the note in the log is a transaction.
    """
    if format not in TYPES:
        raise Invalid("figure.unknown_format", path="format", format=format[:20], expected=sorted(TYPES))
    found = read_address(address)
    figures = open_figures(actor)
    language = actor.language
    with translation.override(language):
        title = name or _title(found)
        content = (
            make_pdf(paper_content(_report(found, figures, title), figures, language), form="report.typ")
            if format == "pdf"
            else write_book(_sheets(found, figures))
        )
        file_name = name_file(title, found.selection, format)
    _note_made(actor, question=found.question or "report", format=format)
    return FigureFile(file_name, TYPES[format], content)


@service(READ_FIGURES)
def _note_made(actor: Actor, *, question: str, format: str) -> None:
    """Note in the log that a file of figures was made."""
    record_act(FIGURE_MADE, "figure", question, format=format, count=1)


def _title(found: Address) -> str:
    return str(find_question(found.question).title) if found.question else _("National illicit trade report")


def _report(found: Address, figures: Figures, name: str) -> Report:
    if not found.question:
        return make_report(figures, found.selection, figures.actor.language)
    answer = figures.ask_covered(found.question, found.selection, found.parameters)
    section = write_section(answer, figures.actor.language)
    as_of = write_moment(figures.as_of, figures.actor.language, figures.actor.time_zone)
    return Report(name, write_period(found.selection, figures.actor.language), as_of, (section,))


def _sheets(found: Address, figures: Figures) -> list[Sheet]:
    asked = [(found.question, found.parameters)] if found.question else list(FIGURES)
    sheets = []
    for name, parameters in asked:
        answer = figures.ask_covered(name, found.selection, parameters)
        head, rows = lay_out_answer(answer, figures.actor.language)
        title = "_".join((name, *parameters.values()))
        table = lay_out_table(answer, figures.actor.language)
        sheets.append(Sheet(title, head, rows, describe_answer(answer, found.selection), table))
    return sheets


@service(READ_FIGURES)
def take_made(actor: Actor, *, made_id: UUID) -> FigureFile:
    """Hand out a file that the worker made for one."""
    row = MadeReport.objects.filter(pk=made_id, owner_id=actor.id).first()
    if row is None or not row.content:
        raise NotFound("saved_figure.not_found")
    record_act(FIGURE_MADE, "made_report", row.id, format=row.format, count=1)
    return FigureFile(row.name, TYPES[row.format], bytes(row.content))


def report_of(actor: Actor, chosen: Selection) -> Report:
    """Return the national report as an actor may see it, in the actor's language."""
    return make_report(open_figures(actor), chosen, actor.language)
