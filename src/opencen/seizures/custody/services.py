"""Acts upon exhibits: each is added to what is known, never in its place; a correction names what it corrects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid
from opencen.kernel.text import whole_number
from opencen.log.service import record_act, service
from opencen.records.media import MediaCopy, open_paper
from opencen.seizures.custody.clocks import COLUMNS, WHOLE
from opencen.seizures.custody.events import CLOCKS_SET, READ_PAPER, RECORDED, TAKEN_IN
from opencen.seizures.custody.labels import make_label
from opencen.seizures.custody.models import ClockSetting, CustodyAct, Exhibit
from opencen.seizures.custody.permissions import CONFIGURE, DISPOSE, READ, RECORD
from opencen.seizures.custody.queries import lines_of_case
from opencen.seizures.custody.register import BEGINS, EXHIBITS, project
from opencen.seizures.small_records.base import WITHDRAWN, first_versions, in_force
from opencen.seizures.small_records.fields import number_of
from opencen.seizures.small_records.registers import Said

Given = Mapping[str, Any]


@service(RECORD)
def take_in(actor: Actor, *, case_id: UUID, line: str = "", given: Given, at: datetime | None = None) -> Exhibit:
    """Take an exhibit of a case into custody, with a label of its own."""
    record, _, lines = lines_of_case(actor, case_id)
    chosen = next((one for one in lines if one.id == line), None)
    if line and chosen is None:
        raise Invalid("custody.line_unknown", path="line")
    number = str(Exhibit.objects.filter(record_id=record.id, parent=None).count() + 1)
    commodity = chosen.commodity if chosen else ""
    columns = {"number": number, "label": make_label(), "line": line, "commodity": commodity}
    exhibit = EXHIBITS.begin(actor, record, Said(BEGINS, given, at), **columns)
    record_act(TAKEN_IN, record.type, record.id, exhibit=str(exhibit.id), number=number)
    return exhibit


@service(RECORD)
def record_custody(
    actor: Actor,
    *,
    exhibit_id: UUID,
    kind: str,
    given: Given,
    at: datetime | None = None,
    corrects: UUID | None = None,
) -> Exhibit:
    """Record an act upon an exhibit, or correct one; return the exhibit, or the sample that was taken."""
    if kind == "disposed":
        actor.require(DISPOSE)
    exhibit, act = EXHIBITS.follow(actor, exhibit_id, Said(kind, given, at, corrects))
    record_act(
        RECORDED,
        exhibit.record.type,
        exhibit.record_id,
        exhibit=str(exhibit.id),
        number=exhibit.number,
        kind=kind,
        corrects=str(corrects or ""),
    )
    if corrects is not None:
        _correct_sample(actor, exhibit, act)
        return exhibit
    return _take_sample(actor, exhibit, act) if kind == "sampled" else exhibit


def _take_sample(actor: Actor, exhibit: Exhibit, act: CustodyAct) -> Exhibit:
    """Keep a sample as an exhibit of its own, so that it is labelled, handed over and weighed like one."""
    columns = {
        "number": f"{exhibit.number}.{Exhibit.objects.filter(parent_id=exhibit.id).count() + 1}",
        "label": make_label(),
        "parent": exhibit,
        "line": exhibit.line,
        "commodity": exhibit.commodity,
        "place": exhibit.place,
        "sampled_by": act.id,
    }
    given = {**_taken(exhibit, act), "place": exhibit.place}
    return EXHIBITS.begin(actor, exhibit.record, Said(BEGINS, given, act.at), **columns)


def _taken(exhibit: Exhibit, act: CustodyAct) -> dict[str, Any]:
    """Return what a sample comes in with: the amount taken, its seal, whom it concerns."""
    answers = act.answers
    kept = {name: answers[name] for name in ("seal", "concerns") if answers.get(name)}
    return {"amount": answers["amount"], "unit": answers.get("unit") or exhibit.unit, **kept}


def _correct_sample(actor: Actor, exhibit: Exhibit, act: CustodyAct) -> None:
    """Let a sample follow the correction of its taking: another amount or seal, or that none was taken."""
    first = first_versions(EXHIBITS.acts_of(exhibit))[act.id]
    sample = Exhibit.objects.select_related("record", "parent").filter(sampled_by=first.id).first()
    if sample is None:
        return
    standing = in_force(EXHIBITS.acts_of(sample))
    began = next((one for one in standing if one.kind == BEGINS), None)
    if began is None:
        return
    if act.kind == WITHDRAWN:
        if len(standing) > 1:
            raise Conflict("custody.sample_has_acts", path="corrects", number=sample.number)
        said = Said(WITHDRAWN, {"reason": act.answers["reason"]}, corrects=began.id)
    else:
        stated = {name: value for name, value in began.answers.items() if name not in ("seal", "concerns")}
        said = Said(BEGINS, {**stated, **_taken(exhibit, act)}, act.at, began.id)
    EXHIBITS.add(actor, sample, said)


@service(READ)
def open_receipt(actor: Actor, *, act_id: UUID) -> MediaCopy:
    """Return the scanned paper of an act of a case one sees; who read it stands in the log."""
    exhibit, paper = EXHIBITS.find_paper(actor, act_id)
    record_act(READ_PAPER, exhibit.record.type, exhibit.record_id, exhibit=str(exhibit.id))
    return open_paper(paper)


@service(CONFIGURE)
def set_clocks(actor: Actor, *, commodity: str, given: Mapping[str, str]) -> None:
    """Set the clocks and tolerances of goods; an empty value takes the shipped or the upper one, "-" asks nothing."""
    if commodity and commodity not in get_list("commodity").codes:
        raise Invalid("custody.commodity_unknown", path="commodity")
    values = {name: _setting(name, str(given.get(name, "")).strip()) for name in COLUMNS}
    kept = {name: value for name, value in values.items() if value}
    if kept:
        text = orjson.dumps(kept).decode()
        ClockSetting.objects.update_or_create(
            commodity=commodity, defaults={"values": text, "set_by": actor.id, "set_at": now()}
        )
    else:
        ClockSetting.objects.filter(commodity=commodity).delete()
    concerned = Exhibit.objects.exclude(status="ended").select_related("parent")
    for exhibit in concerned.filter(commodity__startswith=commodity).iterator(chunk_size=500):
        project(exhibit, EXHIBITS.acts_of(exhibit))
    record_act(CLOCKS_SET, "custody", commodity or "all", commodity=commodity)


def _setting(name: str, value: str) -> str:
    if value in ("", "-"):
        return value
    if name in WHOLE and not whole_number(value, 0):
        raise Invalid("custody.clock_number", path=name, value=value[:20])
    return value if name in WHOLE else number_of(value, name)
