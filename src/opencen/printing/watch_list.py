"""The watch entries in force, on paper for a post: one block each, with what to do and whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unicodedata import bidirectional

from django.conf import settings
from django.utils.translation import gettext_noop as N_

from opencen.accounts.queries import office_tree
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid
from opencen.kernel.languages import PSEUDO
from opencen.printing.making import make_pdf
from opencen.records.texts import translate, write_code, write_moment
from opencen.records.watches.queries import WatchView, list_watches
from opencen.records.watches.services import note_printed

RIGHT_TO_LEFT = ("ar", PSEUDO)
MOST = 200
Block = dict[str, Any]


def print_watches(actor: Actor, *, action: str = "", language: str = "") -> tuple[str, bytes]:
    """Return the file name and the PDF of the entries in force that the actor sees, those that end first before."""
    chosen = language or actor.language
    if chosen not in dict(settings.LANGUAGES):
        raise Invalid("language.unknown", path="language", value=chosen[:20])
    reader = replace(actor, language=chosen)
    rows, total = list_watches(reader, action=action, limit=MOST)
    content = _frame(reader, len(rows), total) | {"blocks": list(_blocks(rows, reader))}
    pdf = make_pdf(content)
    note_printed(actor, count=len(rows))
    return f"watch-entries-{now():%Y-%m-%d}-{chosen}.pdf", pdf


def _frame(reader: Actor, shown: int, total: int) -> dict[str, Any]:
    language = reader.language
    office = office_tree().by_id.get(reader.office_id) if reader.office_id else None
    when = write_moment(now(), language, reader.time_zone)
    printed = {"name": _isolate(reader.name), "when": _isolate(when)}
    count = translate(N_("{shown} of {total}"), language, shown=shown, total=total)
    return {
        "language": language.partition("-")[0],
        "rtl": language in RIGHT_TO_LEFT,
        "administration": settings.NODE_NAME,
        "office": office.name if office else "",
        "reference": f"{now():%Y-%m-%d}",
        "reference_label": translate(N_("As of"), language),
        "title": translate(N_("Watch entries in force"), language),
        "subtitle": translate(N_("Not to be copied; to be destroyed when the next one comes."), language),
        "state": count,
        "printed": translate("printed by {name}, {when}", language, **printed),
        "page": translate("page {page} of {pages}", language, page="{page}", pages="{pages}"),
    }


def _blocks(rows: list[WatchView], reader: Actor) -> Iterator[Block]:
    language = reader.language
    if not rows:
        yield _text(translate(N_("No watch entry."), language), "")
    for view in rows:
        facts = [
            (N_("Action wanted"), write_code("watch_action", view.action, language)),
            (N_("Until"), write_moment(view.ends_at, language, reader.time_zone)),
            (N_("Authority"), view.authority),
            (N_("Number of the formal order"), view.order_number),
            (N_("Where"), view.places or translate(N_("everywhere"), language)),
            (N_("Whom to call"), view.contact),
        ]
        title = f"{view.reference} · {_isolate(view.title)} · {view.record_reference}"
        kept = [(translate(label, language), _isolate(text)) for label, text in facts if text]
        yield {"kind": "facts", "title": title, "rows": kept}
        if view.instructions:
            yield _text("", view.instructions)


def _text(title: str, text: str) -> Block:
    paragraphs = [(line, _is_right(line)) for line in text.splitlines() if line.strip()]
    return {"kind": "text", "title": title, "paragraphs": paragraphs}


def _is_right(text: str) -> bool:
    return next((bidirectional(sign) in ("R", "AL") for sign in text if bidirectional(sign) in ("L", "R", "AL")), False)


def _isolate(text: str) -> str:
    """Let a text run in its own direction."""
    return f"\u2068{text}\u2069"
