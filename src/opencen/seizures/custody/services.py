"""Acts upon exhibits: each is added to what is known, never in its place; a correction names what it corrects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.text import whole_number
from opencen.log.service import record_act, service
from opencen.records.media import MediaCopy, open_paper, unseen_media
from opencen.records.models import Record
from opencen.seizures.custody.clocks import COLUMNS, WHOLE
from opencen.seizures.custody.events import CLOCKS_SET, READ_PAPER, RECORDED, TAKEN_IN
from opencen.seizures.custody.kinds import KINDS
from opencen.seizures.custody.labels import make_label
from opencen.seizures.custody.models import ClockSetting, CustodyAct, Exhibit
from opencen.seizures.custody.permissions import CONFIGURE, DISPOSE, READ, RECORD
from opencen.seizures.custody.queries import find_exhibit, lines_of_case, sampled_at, state_of
from opencen.seizures.custody.state import State, dues_of, in_unit
from opencen.seizures.small_records.base import WITHDRAWN, corrected_among, parts_of, read_time
from opencen.seizures.small_records.fields import number_of

Given = Mapping[str, Any]
WITNESSES = 2


@service(RECORD)
def take_in(actor: Actor, *, case_id: UUID, line: str = "", given: Given, at: datetime | None = None) -> Exhibit:
    """Take an exhibit of a case into custody, with a label of its own."""
    record, _, lines = lines_of_case(actor, case_id)
    chosen = next((one for one in lines if one.id == line), None)
    if line and chosen is None:
        raise Invalid("custody.line_unknown", path="line")
    number = str(Exhibit.objects.filter(record_id=record.id, parent=None).count() + 1)
    exhibit = _make(actor, record, number, line=line, commodity=chosen.commodity if chosen else "")
    _add(actor, exhibit, "taken_in", dict(given), at)
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
    exhibit = find_exhibit(actor, exhibit_id)
    Exhibit.objects.select_for_update().get(pk=exhibit.id)
    if kind not in KINDS or (kind in ("taken_in", WITHDRAWN) and corrects is None):
        raise NotFound("custody.unknown_act")
    if kind == "disposed":
        actor.require(DISPOSE)
    act = _add(actor, exhibit, kind, dict(given), at, corrects)
    record_act(
        RECORDED,
        exhibit.record.type,
        exhibit.record_id,
        exhibit=str(exhibit.id),
        number=exhibit.number,
        kind=kind,
        corrects=str(corrects or ""),
    )
    return _take_sample(actor, exhibit, act) if kind == "sampled" and corrects is None else exhibit


def _make(actor: Actor, record: Record, number: str, **fields: Any) -> Exhibit:
    return Exhibit.objects.create(
        record_id=record.id, number=number, label=make_label(), created_by=actor.id, created_at=now(), **fields
    )


def _take_sample(actor: Actor, exhibit: Exhibit, act: CustodyAct) -> Exhibit:
    """Keep a sample as an exhibit of its own, so that it is labelled, handed over and weighed like one."""
    answers = act.answers
    count = Exhibit.objects.filter(parent_id=exhibit.id).count()
    number = f"{exhibit.number}.{count + 1}"
    sample = _make(
        actor,
        exhibit.record,
        number,
        parent=exhibit,
        line=exhibit.line,
        commodity=exhibit.commodity,
        place=exhibit.place,
    )
    given = {"amount": answers["amount"], "unit": answers.get("unit") or exhibit.unit, "place": exhibit.place}
    if answers.get("seal"):
        given["seal"] = answers["seal"]
    _add(actor, sample, "taken_in", given, act.at)
    return sample


def _add(
    actor: Actor, exhibit: Exhibit, kind: str, given: dict[str, Any], at: datetime | None, corrects: UUID | None = None
) -> CustodyAct:
    """Add one act, then project the exhibit anew; what cannot follow what is known is refused."""
    acts = list(CustodyAct.objects.filter(exhibit_id=exhibit.id))
    corrected = corrected_among(acts, corrects, kind)
    moment = corrected.at if corrected and at is None else read_time(at)
    parts = parts_of(KINDS[kind], given)
    _refuse_foreign_papers(actor, exhibit, parts)
    if corrects is None:
        _check_order(exhibit, state_of(exhibit, acts), kind, orjson.loads(parts["public"]))
    if kind == "disposed" and len(orjson.loads(parts["nominal"]).get("people", ())) < WITNESSES:
        raise Invalid("custody.witnesses_missing", path="people")
    act = CustodyAct.objects.create(
        record_id=exhibit.record_id,
        exhibit=exhibit,
        kind=kind,
        at=moment,
        by=actor.id,
        recorded_at=now(),
        corrects=corrects,
        **parts,
    )
    project(exhibit, [*acts, act])
    if exhibit.parent is not None:
        project(exhibit.parent)
    return act


def _refuse_foreign_papers(actor: Actor, exhibit: Exhibit, parts: Mapping[str, str]) -> None:
    """Refuse a paper that the actor did not upload and that no record shows to it: naming it would open it."""
    receipt = orjson.loads(parts["nominal"]).get("receipt")
    if receipt and unseen_media(actor, {receipt}, str(exhibit.record_id)):
        raise NotFound("media.not_found", path="receipt")


def _check_order(exhibit: Exhibit, state: State, kind: str, answers: Mapping[str, Any]) -> None:
    """Refuse what cannot follow: back from nowhere, out twice, more than is there, another unit."""
    if kind == "taken_in":
        return
    if state.status == "ended":
        raise Conflict("custody.has_ended")
    if state.status == "out" and kind not in ("came_back", "result", "disposed", "sampled"):
        raise Conflict("custody.is_out", holder=state.holder)
    if state.status != "out" and kind == "came_back":
        raise Conflict("custody.is_here")
    for name in ("amount", "used"):
        if answers.get(name) is None:
            continue
        said = in_unit(Decimal(answers[name]), answers.get("unit") or state.unit, state.unit)
        if said is None:
            raise Invalid("custody.unit_differs", path="unit", unit=state.unit)
        takes = kind in ("sampled", "disposed") or name == "used"
        if takes and said > state.present + state.clocks.tolerance(state.present, state.unit):
            expected = format(state.present.normalize(), "f")
            raise Invalid(
                "custody.more_than_there", path=name, amount=format(said, "f"), unit=state.unit, expected=expected
            )


def project(exhibit: Exhibit, acts: Sequence[CustodyAct] | None = None) -> None:
    """Write what the acts add up to into the exhibit's columns."""
    known = list(CustodyAct.objects.filter(exhibit_id=exhibit.id)) if acts is None else acts
    state = state_of(exhibit, known)
    dues = dues_of(state, sampled_at(exhibit), is_sample=exhibit.parent_id is not None)
    exhibit.status, exhibit.place, exhibit.holder = state.status, state.place[:200], state.holder[:200]
    exhibit.seal, exhibit.unit = state.seal[:200], state.unit
    exhibit.came_in, exhibit.present = state.came_in, state.present
    exhibit.due_at, exhibit.due_for = (dues[0].until, dues[0].name) if dues else (None, "")
    exhibit.problems = len(state.problems)
    exhibit.save()


@service(READ)
def open_receipt(actor: Actor, *, act_id: UUID) -> MediaCopy:
    """Return the scanned paper of an act of a case one sees; who read it stands in the log."""
    act = CustodyAct.objects.filter(pk=act_id).first()
    if act is None:
        raise NotFound("custody.not_found")
    exhibit = find_exhibit(actor, act.exhibit_id)
    receipt = act.answers.get("receipt")
    if not receipt:
        raise NotFound("act.not_found")
    record_act(READ_PAPER, exhibit.record.type, exhibit.record_id, exhibit=str(exhibit.id))
    return open_paper(str(receipt))


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
        project(exhibit)
    record_act(CLOCKS_SET, "custody", commodity or "all", commodity=commodity)


def _setting(name: str, value: str) -> str:
    if value in ("", "-"):
        return value
    if name in WHOLE and not whole_number(value, 0):
        raise Invalid("custody.clock_number", path=name, value=value[:20])
    return value if name in WHOLE else number_of(value, name)
