"""What acts keep of an erased person: nothing; the nominal part of an act that concerns it goes, with its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.records.erasure import Erased, names_one
from opencen.records.media import erase_media
from opencen.records.texts import translate
from opencen.seizures.small_records.base import Act, first_versions, in_order
from opencen.seizures.small_records.fields import CONCERNS
from opencen.seizures.small_records.registers import Register, Row


def forget_acts(register: Register[Row, Act], erased: Erased, is_about: Callable[[Act], bool] | None = None) -> int:
    """Leave out the nominal part of every act that is about an erased person or names it, and its scanned papers.

    An act is about somebody where it says so, where its small record does (`is_about`), and where an earlier or later
    version of it is.
    """
    acts = list(register.acts._default_manager.filter(record_id=erased.record_id))
    firsts, names = first_versions(acts), set(erased.names)
    concerned = {
        firsts[act.id].id
        for act in acts
        if erased.items & set(orjson.loads(act.public).get(CONCERNS.name, ()))
        or (is_about is not None and is_about(act))
        or any(names_one(text, names) for text in _texts(orjson.loads(act.nominal)))
    }
    forgotten = [act for act in acts if firsts[act.id].id in concerned and act.nominal != "{}"]
    for act in forgotten:
        paper = orjson.loads(act.nominal).get(register.kinds[act.kind].paper)
        act.nominal, act.erased_at = "{}", now()
        act.save(update_fields=["nominal", "erased_at"])
        if paper:
            erase_media(str(paper))
    return len(forgotten)


@dataclass(frozen=True, slots=True)
class Paper:
    """A scanned paper of an act of a case: what was done, with which small record, and when."""

    act: UUID
    label: str
    number: str
    at: datetime


def papers_naming_nobody(register: Register[Row, Act], actor: Actor, case_id: UUID) -> list[Paper]:
    """List the papers of a case read through the lock that no erasure of a person takes: their acts name nobody."""
    if not actor.may(register.read):
        return []
    acts = list(register.acts._default_manager.filter(record_id=case_id).select_related(register.owner))
    firsts = first_versions(acts)
    named = {firsts[act.id].id for act in acts if _names_somebody(register, act)}
    kept = [act for act in in_order(acts) if act.answers.get(register.kinds[act.kind].paper)]
    return [
        Paper(act.id, translate(register.kinds[act.kind].label, actor.language), _number(register, act), act.at)
        for act in kept
        if firsts[act.id].id not in named
    ]


def _names_somebody(register: Register[Row, Act], act: Act) -> bool:
    """Tell whether an act, or what it belongs to, says whom it is about."""
    people = (field.name for field in register.kinds[act.kind].fields if field.kind == "people")
    is_named = any(act.answers.get(name) for name in (CONCERNS.name, *people))
    return is_named or bool(getattr(getattr(act, register.owner), "item", ""))


def _number(register: Register[Row, Act], act: Act) -> str:
    return str(getattr(act, register.owner).number)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
