"""Help: in a few sentences, how what one may do here works, and where it is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from opencen.kernel.actor import Actor
from opencen.records.types import domain_names
from opencen.web.actors import actor_in
from opencen.web.places import Words


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to know: what it is about, how it goes, and the page where it is done; for whom it is."""

    title: Words
    icon: str
    sentences: tuple[Words, ...]
    url: str
    link: Words
    permission: str
    databases: frozenset[str] = frozenset({"case"})


PARTS = (
    Part(
        _("Entry without a line"),
        "wifi-off",
        (
            _(
                "The form opens without a connection. Drafts are kept on the device, encrypted, and go when the "
                "line is back."
            ),
            _("A session that ends takes nothing with it: sign in again, and go on where you were."),
        ),
        "/capture/case/new",
        _("New seizure"),
        "case:record",
    ),
    Part(
        _("Bring the register you have"),
        "file-import",
        (
            _(
                "Drop an Excel, OpenDocument, CSV, JSON or XML file. Header, columns and dates are read by what "
                "stands in them; where that does not decide, you are asked."
            ),
            _(
                "A trial run counts what each row becomes: stored, unchanged, refused or waiting. Nothing is "
                "stored before you say so."
            ),
            _(
                "The same workbook comes back with red cells and reasons. Correct it and bring it again: nothing "
                "doubles."
            ),
        ),
        "/import",
        _("Import"),
        "import:run",
    ),
    Part(
        _("Find it again"),
        "search",
        (
            _(
                "One box takes words, names, plates and numbers, written any way, in any script, by labels of any"
                " language."
            ),
            _(
                "Quotes find words as they stand, a minus leaves out, a name and a colon ask one field: "
                "container:MSKU 123456-5."
            ),
            _("A saved search tells you when something new fits."),
        ),
        "/cases",
        _("Seizures"),
        "case:read",
    ),
    Part(
        _("People, companies, conveyances"),
        "user-search",
        (
            _(
                "Each is a record of its own, with grounds, a legal basis and an end. The lines at the foot of a "
                "passport fill a person in."
            ),
            _("Two records that may be one are suggested, and wait for a person to say so."),
        ),
        "/suspects",
        _("Suspects"),
        "suspect:read",
        frozenset({"suspect"}),
    ),
    Part(
        _("Watch entries"),
        "target",
        (
            _(
                "Somebody wants to be told, or wants a check, when a person, a company or a conveyance turns up. "
                "Report the hit, and what came of it."
            ),
            _("A watch entry ends by itself; who set it is asked ten days before."),
        ),
        "/watches",
        _("Watch entries"),
        "watch:read",
        frozenset({"suspect"}),
    ),
    Part(
        _("Investigations"),
        "folders",
        (
            _("A team works on stages, tasks and evidence. For everybody else the investigation does not exist."),
            _(
                "Where another team holds the same person, company, conveyance or telephone, the two leaders are "
                "told, and nobody else."
            ),
        ),
        "/investigations",
        _("Investigations"),
        "investigation:read",
        frozenset({"investigation"}),
    ),
    Part(
        _("Custody"),
        "building-warehouse",
        (
            _("Each exhibit has a label, a seal and every weighing. What is overdue or does not agree stands first."),
            _("An act is never changed: a correction stands beside what it corrects."),
        ),
        "/custody",
        _("Custody"),
        "custody:read",
    ),
    Part(
        _("Figures"),
        "chart-histogram",
        (
            _("Every number leads to the cases that it counts. Beside each trend stands who has reported."),
            _("Save a figure, share it, or have it sent to you as a file every week."),
        ),
        "/analysis/counting",
        _("How things are counted"),
        "analysis:read",
    ),
)


def parts_for(actor: Actor) -> Iterator[Part]:
    """Yield what concerns an actor on this installation."""
    names = set(domain_names())
    return (part for part in PARTS if actor.may(part.permission) and names & part.databases)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show how what one may do here works."""
    return render(request, "help.html", {"rail_active": "", "parts": list(parts_for(actor_in(request)))})
