"""What a person, company or means of transport states, row by row in the order of its form: for who reviews it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opencen.kernel.actor import Actor
from opencen.kernel.languages import comma
from opencen.log.service import record_act, service
from opencen.records.documents import reasons_of
from opencen.records.effective import effective_schema
from opencen.records.events import NOMINAL_READ
from opencen.records.linking import as_id
from opencen.records.lock import visible_to
from opencen.records.models import Record, Revision
from opencen.records.paths import annotations_at, walk_leaves
from opencen.records.showing import show_revision
from opencen.records.texts import write_at, write_field, write_path
from opencen.records.titles import record_title
from opencen.seizures.queries.cases import Names, case_head, media_views, present_findings, view_findings
from opencen.seizures.queries.shapes import CaseHead, FindingView, LineView, MediaView, PartyView

Document = dict[str, Any]
Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class StatedView:
    """A record that is no case, as its reviewer reads it; `facts` are (path, label, text)."""

    head: CaseHead
    document: Document
    facts: tuple[Row, ...]
    media: tuple[MediaView, ...]
    findings: tuple[FindingView, ...]
    lines: tuple[LineView, ...] = ()
    parties: tuple[PartyView, ...] = ()


def view_stated(actor: Actor, record: Record, revision: Revision) -> StatedView:
    """Show a record that was read through the lock, every rule run anew with what this reader may see."""
    if actor.kind == "user":
        log_stated_read(actor, record=record)
    document = show_revision(actor, revision, record.type)
    names = Names()
    names.want(record.author_id)
    found = [one for one in present_findings(actor, record, revision, document) if one.level == "warning"]
    return StatedView(
        head=case_head(record, document, actor.language, names, is_held=False),
        document=document,
        facts=tuple(stated_rows(actor, record.type, document)),
        media=media_views(actor, record, {"media": document.get("photos", [])}),
        findings=tuple(view_findings(found, document, reasons_of(revision), actor.language, record.type)),
    )


@service("*:read")
def log_stated_read(actor: Actor, *, record: Record) -> None:
    """Note that a person read a record about somebody to review it."""
    record_act(NOMINAL_READ, record.type, record.id, revision=record.revision)


def stated_rows(actor: Actor, kind: str, document: Document) -> Iterator[Row]:
    """Yield (path, label, text) of what is stated, an item of a list in one row, in the order of the form."""
    titles = _titles(actor, kind, document)
    layout = effective_schema(kind).layout
    for name in dict.fromkeys(field.path.split(".")[0] for section in layout.sections for field in section.fields):
        value = document.get(name)
        if name == "photos" or value in (None, "", [], {}):
            continue
        if isinstance(value, list) and isinstance(value[0], dict):
            for item in value:
                path = f"{name}[{item['id']}]"
                label = write_path(path, actor.language, kind, document)
                yield path, label, _written(item, path, kind, actor.language, titles)
        else:
            yield name, write_field(name, actor.language, kind), _written(value, name, kind, actor.language, titles)


def _written(value: Any, path: str, kind: str, language: str, titles: Mapping[str, str]) -> str:
    """Write a value, those of a group or of items joined; a record by its name where the reader may see it."""
    if isinstance(value, dict):
        parts = (
            _written(inner, f"{path}.{key}", kind, language, titles) for key, inner in value.items() if key != "id"
        )
        return comma(language).join(filter(None, parts))
    if isinstance(value, list) and value and isinstance(value[0], dict):
        parts = (_written(item, f"{path}[{item['id']}]", kind, language, titles) for item in value)
        return " · ".join(filter(None, parts))
    leaf = annotations_at(effective_schema(kind).tree, path)
    if leaf is not None and leaf.kind == "record":
        return titles.get(str(value), "")
    return write_at(path, value, language, kind)


def _titles(actor: Actor, kind: str, document: Document) -> dict[str, str]:
    """Return what the records are called that a document names and that exist for the reader."""
    stated = (
        str(value) for _, _, leaf, value in walk_leaves(document, effective_schema(kind).tree) if leaf.kind == "record"
    )
    ids = {found for text in stated if (found := as_id(text)) is not None}
    rows = visible_to(actor).in_bulk(list(ids)) if ids else {}
    return {str(record.id): record_title(record, actor.language) for record in rows.values()}
