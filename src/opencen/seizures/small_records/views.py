"""Acts as pages show them: who did what and when, each answer in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from opencen.codelists.catalogue import get_list
from opencen.kernel.languages import comma
from opencen.records.texts import translate, write_decimal, write_moment
from opencen.seizures.small_records.base import WITHDRAWN, SmallAct, in_order
from opencen.seizures.small_records.fields import CAPACITIES, ActField, ActKind, Answers


@dataclass(frozen=True, slots=True)
class ActView:
    """One act in words; `state` is empty, corrected or withdrawn."""

    id: UUID
    kind: str
    label: str
    icon: str
    at: datetime
    by: str
    recorded_at: datetime
    facts: tuple[tuple[str, str], ...]
    people: tuple[Answers, ...]
    paper: str
    corrects: UUID | None
    state: str
    is_erased: bool
    answers: Answers


@dataclass(frozen=True, slots=True)
class Words:
    """What ids stand for: who recorded, and the parties and deadlines that acts name."""

    language: str
    users: Mapping[UUID, str]
    named: Mapping[str, str]


def act_views(acts: Sequence[SmallAct], kinds: Mapping[str, ActKind], words: Words) -> list[ActView]:
    """Put acts into words, the newest first."""
    corrected: dict[UUID | None, str] = {act.corrects: act.kind for act in acts if act.corrects}
    ordered = in_order(acts)[::-1]
    return [_view(act, kinds[act.kind], words, corrected) for act in ordered if act.kind in kinds]


def _view(act: SmallAct, kind: ActKind, words: Words, corrected: Mapping[UUID | None, str]) -> ActView:
    answers, language = act.answers, words.language
    by_kind = corrected.get(act.id, "")
    people: list[Answers] = next((answers.get(field.name, []) for field in kind.fields if field.kind == "people"), [])
    paper = next((str(answers[f.name]) for f in kind.fields if f.kind == "media" and answers.get(f.name)), "")
    return ActView(
        id=act.id,
        kind=act.kind,
        label=translate(kind.label, language),
        icon=kind.icon,
        at=act.at,
        by=words.users.get(act.by, ""),
        recorded_at=act.recorded_at,
        facts=tuple(facts_of(kind, answers, words)),
        people=tuple({**one, "capacity": _choice(CAPACITIES, one["capacity"], language)} for one in people),
        paper=paper,
        corrects=act.corrects,
        state="" if not by_kind else "withdrawn" if by_kind == WITHDRAWN else "corrected",
        is_erased=act.erased_at is not None,
        answers=answers,
    )


def facts_of(kind: ActKind, answers: Answers, words: Words) -> Iterable[tuple[str, str]]:
    """Yield each plain answer with its label."""
    for field in kind.fields:
        value = answers.get(field.name)
        if value not in (None, "", []) and field.kind not in ("people", "media"):
            yield translate(field.label, words.language), write_answer(field, value, words)


def write_answer(field: ActField, value: Any, words: Words) -> str:
    """Write an answer in the reader's language."""
    language = words.language
    if field.kind == "items":
        return comma(language).join(words.named.get(str(one), str(one)) for one in value)
    if field.kind == "party":
        return words.named.get(str(value), "–")
    if field.kind == "choice":
        return _choice(field.choices, str(value), language)
    if field.kind == "code":
        return get_list(field.codelist).label(str(value), language)
    if field.kind == "number":
        return write_decimal(str(value), language)
    if field.kind == "day":
        return write_moment(date.fromisoformat(str(value)), language)
    if field.kind == "flag":
        return translate("yes", language)
    return str(value)


def _choice(choices: tuple[tuple[str, str], ...], value: str, language: str) -> str:
    return translate(dict(choices).get(value, value), language)
