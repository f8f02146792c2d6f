"""A register: small records that point to a case, and the acts added to each. Custody keeps one, the courts another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound
from opencen.records.lock import lock_condition, lock_terms
from opencen.records.media import unseen_media
from opencen.records.models import Record
from opencen.seizures.small_records.base import (
    WITHDRAWN,
    SmallAct,
    SmallRecord,
    corrected_among,
    parts_of,
    read_time,
)
from opencen.seizures.small_records.fields import CONCERNS, ActKind
from opencen.seizures.small_records.parties import parties_of

Row = TypeVar("Row", bound=SmallRecord)
Act = TypeVar("Act", bound=SmallAct)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an act: its kind, its answers, when it happened, and which earlier act it corrects."""

    kind: str
    given: Mapping[str, Any]
    at: datetime | None = None
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class Register(Generic[Row, Act]):
    """What a room says of its small records.

    `owner` is an act's key to its small record, `begins` the kind of act that every one begins with. `check` refuses an
    act that cannot follow, before it is kept; `project` writes what the acts add up to.
    """

    room: str
    read: str
    rows: type[Row]
    acts: type[Act]
    owner: str
    begins: str
    kinds: Mapping[str, ActKind]
    check: Callable[[Row, list[Act], Act], None]
    project: Callable[[Row, list[Act]], None]
    joined: tuple[str, ...] = ()

    def visible(self, actor: Actor) -> QuerySet[Row]:
        """Return the small records that exist for an actor: those of the cases it sees."""
        return visible_rows(actor, self.read, self.rows)

    def find(self, actor: Actor, row_id: UUID) -> Row:
        """Return a small record of a case one sees, or raise NotFound."""
        found = self.visible(actor).select_related("record", *self.joined).filter(pk=row_id).first()
        if found is None:
            raise NotFound(f"{self.room}.not_found")
        return found

    def begin(self, actor: Actor, record: Record, said: Said, **columns: Any) -> Row:
        """Make a small record of a case with the act that it begins with."""
        row = self.rows._default_manager.create(record_id=record.id, created_by=actor.id, created_at=now(), **columns)
        self.add(actor, row, said)
        return row

    def follow(self, actor: Actor, row_id: UUID, said: Said) -> tuple[Row, Act]:
        """Add an act to a small record that is there, or a correction; nobody else adds one meanwhile."""
        row = self.find(actor, row_id)
        self.rows._default_manager.select_for_update().get(pk=row.pk)
        if said.kind not in self.kinds or (said.kind in (self.begins, WITHDRAWN) and said.corrects is None):
            raise NotFound(f"{self.room}.unknown_act")
        return row, self.add(actor, row, said)

    def add(self, actor: Actor, row: Row, said: Said) -> Act:
        """Add one act, then project the record anew; what cannot follow what is known is refused."""
        acts = self.acts_of(row)
        corrected = corrected_among(acts, said.corrects, said.kind)
        kind = self.kinds[said.kind]
        act = self.acts(
            record_id=row.record_id,
            kind=kind.name,
            at=corrected.at if corrected and said.at is None else read_time(said.at),
            by=actor.id,
            recorded_at=now(),
            corrects=said.corrects,
            **parts_of(kind, dict(said.given)),
            **{self.owner: row},
        )
        self._refuse_foreign(actor, row, act, corrected)
        self.check(row, acts, act)
        act.save(force_insert=True)
        self.project(row, [*acts, act])
        return act

    def acts_of(self, row: Row) -> list[Act]:
        """Return every act upon a small record, corrected ones too."""
        return list(self.acts._default_manager.filter(**{f"{self.owner}_id": row.pk}))

    def find_paper(self, actor: Actor, act_id: UUID) -> tuple[Row, str]:
        """Return the record of an act and the digest of its scanned paper, where one sees the case."""
        act = self.acts._default_manager.filter(pk=act_id).first()
        if act is None:
            raise NotFound(f"{self.room}.not_found")
        row = self.find(actor, getattr(act, f"{self.owner}_id"))
        paper = act.answers.get(self.kinds[act.kind].paper)
        if not paper:
            raise NotFound("act.not_found")
        return row, str(paper)

    def _refuse_foreign(self, actor: Actor, row: Row, act: Act, corrected: Act | None) -> None:
        """Refuse a paper that the actor may not see, for naming it would open it, and strangers to the case."""
        answers, earlier = act.answers, corrected.answers if corrected else {}
        name = self.kinds[act.kind].paper
        paper = answers.get(name)
        if paper and paper != earlier.get(name) and unseen_media(actor, {paper}, str(row.record_id)):
            raise NotFound("media.not_found", path=name)
        named = set(answers.get(CONCERNS.name, ())) - set(earlier.get(CONCERNS.name, ()))
        if named and not named <= parties_of(row.record).keys():
            raise Invalid("act.party_unknown", path=CONCERNS.name)


def visible_rows(actor: Actor, permission: str, rows: type[Row]) -> QuerySet[Row]:
    """Return the small records of a kind that exist for an actor."""
    actor.require(permission)
    condition = lock_condition(lock_terms(actor), "record__")
    return rows._default_manager.filter(condition, record__type="case")


def page_of(rows: QuerySet[Row], offset: int, limit: int) -> tuple[list[Row], bool]:
    """Return one page of small records with their cases, and whether there is another."""
    listed = list(rows.select_related("record")[offset : offset + limit + 1])
    return listed[:limit], len(listed) > limit
