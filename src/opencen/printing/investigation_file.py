"""The file of an investigation on paper: what is stated, team, tasks, log, linked records, evidence schedule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop as N_

from opencen.investigations.queries import get_investigation
from opencen.investigations.queries.shapes import EntryView, InvestigationView
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.kernel.languages import PSEUDO
from opencen.printing.blocks import Block, text_block
from opencen.printing.making import make_pdf
from opencen.records.texts import translate, write_code, write_date, write_moment
from opencen.records.types import all_domains

RIGHT_TO_LEFT = ("ar", PSEUDO)
ROLES = {"lead": N_("Lead"), "deputy": N_("Deputy"), "officer": N_("Officer")}
KINDS = {
    "contact": N_("Contact"),
    "decision": N_("Decision"),
    "communication": N_("Communication"),
    "note": N_("Note"),
}
STATES = {"open": N_("To do"), "done": N_("Done"), "dropped": N_("Dropped")}


def print_investigation(actor: Actor, investigation_id: UUID, *, language: str = "") -> tuple[str, bytes]:
    """Return the file name and the PDF of an investigation as the actor may read it, in the language asked for."""
    chosen = language or actor.language
    if chosen not in dict(settings.LANGUAGES):
        raise Invalid("language.unknown", path="language", value=chosen[:20])
    reader = replace(actor, language=chosen)
    view = get_investigation(reader, investigation_id)
    content = _frame(reader, view) | {"blocks": list(_blocks(reader, view))}
    return f"{view.row.reference}-{chosen}.pdf", make_pdf(content)


def _frame(reader: Actor, view: InvestigationView) -> dict[str, Any]:
    language = reader.language
    printed = {"name": _isolate(reader.name), "when": _isolate(write_moment(now(), language, reader.time_zone))}
    state = N_("Under way") if view.is_open else N_("Closed")
    return {
        "language": language.partition("-")[0],
        "rtl": language in RIGHT_TO_LEFT,
        "administration": settings.NODE_NAME,
        "office": view.office,
        "reference": view.row.reference,
        "reference_label": translate("Reference", language),
        "title": translate("Investigation", language),
        "subtitle": _isolate(view.row.title),
        "state": translate(state, language),
        "printed": translate("printed by {name}, {when}", language, **printed),
        "page": translate("page {page} of {pages}", language, page="{page}", pages="{pages}"),
    }


def _blocks(reader: Actor, view: InvestigationView) -> Iterator[Block]:
    language = reader.language
    head = [(translate(N_("Stage"), language), view.row.stage_label)]
    if view.row.due:
        head.append((translate(N_("Due"), language), _day(view.row.due, language)))
    short = [(label, _isolate(text)) for _path, label, text in view.facts if len(text) <= 80]
    yield {"kind": "facts", "title": "", "rows": [*head, *short]}
    for _path, label, text in view.facts:
        if len(text) > 80:
            yield text_block(label, text)
    yield _team(view, language)
    yield from _tasks(view, language)
    yield from _links(view, language)
    yield from _ideas(view, language)
    yield from _evidence(view, language)
    yield _log(reader, view)


def _team(view: InvestigationView, language: str) -> Block:
    rows = [
        (_isolate(one.name), translate(ROLES[one.role], language), _day(one.since, language),
         _day(one.ended_at, language) if one.ended_at else "")
        for one in view.team
    ]  # fmt: skip
    return _table(N_("Team"), (N_("Name"), N_("Role"), N_("Since"), N_("Until")), rows, (4, 2, 2, 2), language)


def _tasks(view: InvestigationView, language: str) -> Iterator[Block]:
    rows = [
        (_isolate(one.title), _isolate(one.assignee), _day(one.due, language) if one.due else "",
         translate(STATES[one.state], language), _isolate(one.result))
        for one in view.tasks
    ]  # fmt: skip
    if rows:
        head = (N_("Task"), N_("Assigned to"), N_("Due"), N_("State"), N_("Result"))
        yield _table(N_("Tasks"), head, rows, (5, 3, 3, 2, 5), language)


def _links(view: InvestigationView, language: str) -> Iterator[Block]:
    domains = all_domains()
    rows = [
        (one.reference, translate(domains[one.type].label or one.type, language), _isolate(one.title),
         _isolate(one.note))
        for one in view.links
    ]  # fmt: skip
    if rows:
        head = (N_("Reference"), N_("Database"), N_("What it is"), N_("Note"))
        yield _table(N_("Linked records"), head, rows, (3, 2, 5, 3), language)


def _ideas(view: InvestigationView, language: str) -> Iterator[Block]:
    rows = [
        (_isolate(one.get("statement", "")), write_code("hypothesis_state", one.get("state") or "open", language),
         _isolate(one.get("supports", "")), _isolate(one.get("contradicts", "")))
        for one in view.document.get("hypotheses", ())
    ]  # fmt: skip
    if rows:
        head = (N_("Hypothesis"), N_("How far it holds"), N_("Speaks for it"), N_("Speaks against it"))
        yield _table(N_("Hypotheses"), head, rows, (5, 2, 4, 4), language)


def _evidence(view: InvestigationView, language: str) -> Iterator[Block]:
    rows = [
        (one.get("number", ""), write_code("evidence_kind", one.get("kind") or "other", language),
         _isolate(one.get("description", "")), _isolate(one.get("kept_at", "")),
         write_code("disclosure_state", one.get("disclosure") or "undecided", language),
         _isolate(one.get("reason", "") or one.get("disclosed_to", "")))
        for one in view.document.get("evidence", ())
    ]  # fmt: skip
    if rows:
        head = (N_("No."), N_("Kind"), N_("Description"), N_("Kept at"), N_("Disclosure"), N_("Remarks"))
        yield _table(N_("Evidence and disclosure"), head, rows, (1, 2, 5, 2, 2, 3), language)


def _log(reader: Actor, view: InvestigationView) -> Block:
    language = reader.language
    rows = [
        (write_moment(one.at, language, reader.time_zone), _kind(one, language), _isolate(one.by), _said(one))
        for one in reversed(view.entries)
    ]
    return _table(N_("Log"), (N_("When"), N_("Kind"), N_("Who"), N_("Entry")), rows, (4, 3, 3, 8), language)


def _kind(entry: EntryView, language: str) -> str:
    return translate(KINDS[entry.kind], language) if entry.kind in KINDS else translate(N_("System"), language)


def _said(entry: EntryView) -> str:
    parts = (entry.words, entry.party, entry.text)
    return "\n".join(_isolate(part) for part in parts if part)


def _day(moment: date | datetime, language: str) -> str:
    day = moment.date() if isinstance(moment, datetime) else moment
    return write_date(day.isoformat(), language)


def _isolate(text: str) -> str:
    """Let what people wrote run in its own direction (Unicode FSI and PDI)."""
    return f"\u2068{text}\u2069" if text else ""


def _table(title: str, head: tuple[str, ...], rows: Any, widths: tuple[int, ...], language: str) -> Block:
    cells = [[str(cell or "") for cell in row] for row in rows]
    names = [translate(name, language) for name in head]
    return {"kind": "table", "title": translate(title, language), "head": names, "rows": cells, "widths": list(widths)}
