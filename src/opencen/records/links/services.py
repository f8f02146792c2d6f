"""Acts upon links: make one, decide on one, take a decision back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from opencen.codelists.catalogue import get_list
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.kernel.partial_dates import PartialDate
from opencen.log.service import record_act, service
from opencen.records.events import LINK_JUDGED, LINKED
from opencen.records.links.graph.queries import suggested_links
from opencen.records.links.models import Judgement, Link
from opencen.records.links.queries import UNDO, VERDICTS, get_link, standing_verdict
from opencen.records.links.roles import other_ends
from opencen.records.lock import visible_to
from opencen.records.models import Record

LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class NewLink:
    """What is said of a connection: role, period, how good the information is, where it comes from."""

    role: str
    since: str = ""
    until: str = ""
    source_reliability: str = ""
    information_credibility: str = ""
    handling: str = ""
    source_id: UUID | None = None
    note: str = ""


_LISTS = {
    "role": "link_role",
    "source_reliability": "grading_source",
    "information_credibility": "grading_information",
    "handling": "grading_handling",
}


@service("link:make")
def make_link(actor: Actor, *, first_id: UUID, second_id: UUID, said: NewLink) -> Link:
    """Link two records that the actor sees; what a person links is accepted at once."""
    ends = _ends(actor, first_id, second_id)
    values = _checked(actor, said)
    if ends[second_id].type not in other_ends(said.role, ends[first_id].type):
        raise Invalid("link.role_unfit", path="role", value=said.role)
    link = Link.objects.create(
        first_id=first_id, second_id=second_id, state="accept", made_by=actor.id, made_at=now(), **values
    )
    Judgement.objects.create(link=link, verdict="accept", by=actor.id, at=now())
    record_act(LINKED, ends[first_id].type, first_id, link=str(link.id), other=str(second_id))
    return link


@service("link:make")
def judge_link(actor: Actor, *, link_id: UUID, verdict: str) -> Link:
    """Say of a link that it holds, does not, or that one is unsure; or take the last judgement back."""
    link = get_link(actor, link_id)
    _judge(actor, link, verdict)
    return link


@service("link:make")
def judge_suggestion(actor: Actor, *, first_id: UUID, second_id: UUID, kind: str, verdict: str) -> Link:
    """Decide on a suggested link; one that is not suggested to this actor does not exist."""
    _known_verdict(verdict, VERDICTS)
    _ends(actor, first_id, second_id)
    first, second = sorted((first_id, second_id))
    link = Link.objects.filter(first_id=first, second_id=second, kind=kind).first() if kind else None
    if link is None:
        pairs = {(found.first.id, found.second.id, found.kind) for found in suggested_links(actor, first)}
        if (first, second, kind) not in pairs:
            raise NotFound("link.not_found")
        link = Link.objects.create(first_id=first, second_id=second, kind=kind, made_by=actor.id, made_at=now())
    _judge(actor, link, verdict)
    return link


def _judge(actor: Actor, link: Link, verdict: str) -> None:
    """Append a judgement and set the link to what they come to."""
    _known_verdict(verdict, (*VERDICTS, UNDO))
    said = [*link.judgements.order_by("id").values_list("verdict", flat=True)]
    if verdict == UNDO and standing_verdict(said) == "open":
        raise Conflict("link.nothing_to_undo")
    Judgement.objects.create(link=link, verdict=verdict, by=actor.id, at=now())
    link.state = standing_verdict([*said, verdict])
    link.save(update_fields=["state"])
    type = Record.objects.values_list("type", flat=True).get(pk=link.first_id)
    record_act(LINK_JUDGED, type, link.first_id, link=str(link.id), other=str(link.second_id), verdict=verdict)


def _known_verdict(verdict: str, known: tuple[str, ...]) -> None:
    if verdict not in known:
        raise Invalid("link.verdict_unknown", path="verdict", value=verdict[:20], known=", ".join(known))


def _ends(actor: Actor, first_id: UUID, second_id: UUID) -> Mapping[UUID, Record]:
    if first_id == second_id:
        raise Invalid("link.to_itself", path="other")
    ends = visible_to(actor).in_bulk([first_id, second_id])
    if len(ends) != 2:
        raise NotFound("record.not_found")
    return ends


def _checked(actor: Actor, said: NewLink) -> dict[str, object]:
    """Check codes, dates and the source; a source that may not be seen is not found."""
    values: dict[str, object] = {}
    if not said.role:
        raise Invalid("field.missing", path="role")
    for name, codelist in _LISTS.items():
        code = str(getattr(said, name))
        if code and code not in get_list(codelist):
            raise Invalid("code.unknown", path=name, value=code[:96], list=codelist)
        values[name] = code
    values |= _checked_period(said.since, said.until)
    if said.source_id is not None and not visible_to(actor).filter(pk=said.source_id).exists():
        raise NotFound("record.not_found")
    return {**values, "source_id": said.source_id, "note": said.note.strip()[:LONGEST_NOTE]}


def _checked_period(since: str, until: str) -> dict[str, object]:
    for name, text in (("since", since), ("until", until)):
        if text:
            try:
                PartialDate.parse(text)
            except Invalid as error:
                raise Invalid(error.code, path=name, **error.data) from None
    if since and until and until[: len(since)] < since[: len(until)]:
        raise Invalid("link.order_of_dates", path="until")
    return {"since": since, "until": until}
