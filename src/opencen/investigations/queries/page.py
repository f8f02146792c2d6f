"""One investigation with everything that belongs to it, as its reader may see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop as N_

from opencen.accounts.queries import names_of, office_tree
from opencen.investigations.access import find
from opencen.investigations.models import Entry, Investigation, Link, Member, Task
from opencen.investigations.queries.lists import row_of, task_of
from opencen.investigations.queries.overlaps import overlaps_of
from opencen.investigations.queries.shapes import (
    EntryView,
    InvestigationView,
    LinkView,
    MemberView,
    StageView,
)
from opencen.investigations.templating import Template, missing_fields, templates
from opencen.kernel.actor import Actor
from opencen.records.holds import holds_in_force
from opencen.records.linking import as_id
from opencen.records.lock import visible_to
from opencen.records.models import Record
from opencen.records.showing import show_documents
from opencen.records.texts import translate, write_at, write_code, write_date, write_field
from opencen.records.titles import record_title

KIND = "investigation"
FACTS = (
    "offence_area", "purpose", "background", "legal_basis", "prosecutor", "external_reference", "opened_on",
    "outcome.result", "outcome.on", "outcome.summary",
)  # fmt: skip
HOW = {"hand": N_("Opened by {by}"), "case": N_("Opened by {by} from a record"), "rule": N_("Opened by a rule")}
LINKING = ("linked", "unlinked")
Names = Mapping[UUID, str]


def get_investigation(actor: Actor, investigation_id: UUID) -> InvestigationView:
    """Return an investigation with its team, tasks, log and links."""
    one = find(actor, investigation_id)
    document = show_documents(actor, KIND, [(one.pk, one.record.revision)]).get(one.pk, {})
    members = list(Member.objects.select_related("user").filter(investigation=one).order_by("since", "id"))
    names = {member.user_id: member.user.name for member in members}
    tasks = list(Task.objects.filter(investigation=one).order_by("state", "due", "given_at"))
    entries = list(Entry.objects.filter(investigation=one).order_by("-written_at", "-id"))
    names |= _others(names, one, tasks, entries)
    known = templates()
    for task in tasks:
        task.investigation = one
    role = next((m.role for m in members if m.user_id == actor.id and m.ended_at is None), "")
    links = _links(actor, one)
    told = _linked_references(actor, entries, links)
    office = office_tree().by_id.get(one.record.office_id)
    return InvestigationView(
        row=row_of(actor, one, names, known),
        revision=one.record.revision,
        office=office.name if office else "",
        role=role,
        document=document,
        facts=tuple(_facts(actor, document)),
        stages=tuple(_stages(actor, one, document, known.get(one.template))),
        lead_id=one.lead_id,
        opened_by=names.get(one.opened_by, ""),
        opened_how=one.opened_how,
        closed_by=names.get(one.closed_by, "") if one.closed_by else "",
        team=tuple(MemberView(m.user_id, m.user.name, m.role, m.since, m.ended_at) for m in members),
        tasks=tuple(task_of(actor, task, names) for task in tasks),
        entries=tuple(
            _entry(actor, entry, names, known.get(one.template), told)
            for entry in entries
            if entry.kind not in LINKING or _record_in(entry) in told
        ),
        links=tuple(links),
        overlaps=tuple(overlaps_of(actor, one, links)) if one.lead_id == actor.id else (),
    )


def _others(names: Names, one: Investigation, tasks: list[Task], entries: list[Entry]) -> dict[UUID, str]:
    """Name who had to do with it and was never in the team: whom a rule or an administrator was."""
    people = {entry.by for entry in entries} | {task.given_by for task in tasks} | {one.opened_by}
    unknown = people - set(names)
    return names_of(unknown) if unknown else {}


def _facts(actor: Actor, document: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = []
    for path in FACTS:
        value: Any = document
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        if value not in (None, ""):
            found.append((path, write_field(path, actor.language, KIND), write_at(path, value, actor.language, KIND)))
    return found


def _stages(actor: Actor, one: Investigation, document: dict[str, Any], template: Template | None) -> list[StageView]:
    if template is None:
        return []
    here = template.place(one.stage)
    found = []
    for number, stage in enumerate(template.stages):
        state = "done" if number < here else "current" if number == here else "waiting"
        lacks = tuple(write_field(path, actor.language, KIND) for path in missing_fields(stage, document))
        found.append(StageView(stage.key, translate(stage.label, actor.language), state, lacks))
    return found


def _links(actor: Actor, one: Investigation) -> list[LinkView]:
    """Return the linked records that the reader may see; what it may not see is not there for it."""
    rows = list(Link.objects.filter(investigation=one, ended_at=None).order_by("at"))
    if not rows:
        return []
    held = Exists(holds_in_force(OuterRef("pk")))
    seen = visible_to(actor).filter(pk__in=[row.record_id for row in rows]).annotate(held=held)
    records = {record.pk: record for record in seen}
    return [_link(actor, row, records[row.record_id]) for row in rows if row.record_id in records]


def _link(actor: Actor, row: Link, record: Record) -> LinkView:
    return LinkView(
        id=row.id,
        type=record.type,
        record_id=record.pk,
        reference=record.reference or "",
        title=record_title(record, actor.language),
        state=record.state,
        is_held=bool(getattr(record, "held", False)),
        occurred_on=record.occurred_on,
        note=row.note,
    )


WORDS = {
    "stage": N_("Stage: {before} → {after}"),
    "deadline": N_("Deadline of the stage: {due}"),
    "team": N_("Team: {name}, {role}"),
    "team_ended": N_("Team: {name} left"),
    "linked": N_("Linked: {what}"),
    "unlinked": N_("Link taken out: {what}"),
    "closed": N_("Closed: {result}"),
    "reopened": N_("Reopened"),
}
ROLE_WORDS = {"lead": N_("lead"), "deputy": N_("deputy"), "officer": N_("officer")}


def _linked_references(actor: Actor, entries: list[Entry], links: list[LinkView]) -> dict[UUID, str]:
    """Return the references of the records that the log says were linked, those that exist for the reader."""
    found = {link.record_id: link.reference for link in links}
    said = (_record_in(entry) for entry in entries if entry.kind in LINKING)
    asked = {record_id for record_id in said if record_id is not None}
    if others := asked - set(found):
        rows = visible_to(actor).filter(pk__in=others).values_list("pk", "reference")
        found |= {record_id: reference or "" for record_id, reference in rows}
    return found


def _record_in(entry: Entry) -> UUID | None:
    return as_id(str(orjson.loads(entry.data).get("record", "")))


def _entry(actor: Actor, entry: Entry, names: Names, template: Template | None, told: Mapping[UUID, str]) -> EntryView:
    return EntryView(
        id=entry.id,
        kind=entry.kind,
        at=entry.at,
        written_at=entry.written_at,
        by=names.get(entry.by, ""),
        text=entry.text,
        party=entry.party,
        channel=entry.channel,
        direction=entry.direction,
        corrects=entry.corrects,
        is_erased=entry.erased_at is not None,
        words=_words(actor, entry, names, template, told),
    )


def _words(actor: Actor, entry: Entry, names: Names, template: Template | None, told: Mapping[UUID, str]) -> str:
    """Say what the system noted; a linked record is named as far as the reader may see it."""
    data, language = orjson.loads(entry.data), actor.language
    if entry.kind == "opened":
        return translate(HOW.get(data.get("how", ""), HOW["hand"]), language, by=names.get(entry.by, ""))
    if entry.kind not in WORDS:
        return ""
    key = "team_ended" if entry.kind == "team" and data.get("ended") else entry.kind
    linked = as_id(str(data.get("record", "")))
    values = {
        "before": _stage_label(template, data.get("before", ""), language),
        "after": _stage_label(template, data.get("after", ""), language),
        "due": write_date(str(data.get("due", "")), language),
        "name": next((name for user, name in names.items() if str(user) == data.get("user")), "…"),
        "role": translate(ROLE_WORDS.get(data.get("role", ""), ""), language) if data.get("role") else "",
        "what": told.get(linked, "") if linked else "",
        "result": write_code("outcome", str(data.get("result", "")), language),
    }
    return translate(WORDS[key], language, **values)


def _stage_label(template: Template | None, key: str, language: str) -> str:
    stage = template.stage(key) if template else None
    return translate(stage.label, language) if stage else key
