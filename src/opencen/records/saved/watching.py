"""What is new to a saved search: whatever the log says changed is asked in memory, before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from opencen.accounts.queries import actors_of
from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Invalid, NotFound
from opencen.log.reader import Sealed, entries_after, newest_sequence
from opencen.log.transactions import write_transaction
from opencen.records import events
from opencen.records.derived import CHANGING, Current, load_current
from opencen.records.documents import documents_of
from opencen.records.jobs import job
from opencen.records.models import Cursor, Record
from opencen.records.saved.models import Alert, Follower
from opencen.records.saved.queries import readable_by
from opencen.records.search.address import read_address
from opencen.records.search.queries import find_in
from opencen.records.search.view import View, view_of

STORE = "saved_searches"
RUN = 1000
MOST_RUNS = 50
ACTS = CHANGING - {
    events.ERASED.name,
    events.ERASED_WHOLE.name,
    events.FIELD_RETIRED.name,
    events.FIELD_RESTORED.name,
}


@job("saved_searches", every=5.0)
def watch_searches() -> int:
    """Tell followers what is new since the last time, a great import in several runs; return how many entries."""
    total = 0
    for _run in range(MOST_RUNS):
        read = _watch()
        total += read
        if read < RUN:
            break
    return total


def _watch() -> int:
    cursor = Cursor.objects.filter(store=STORE).first()
    if cursor is None or not Follower.objects.exists():
        _move(newest_sequence(), ())
        return 0
    entries = entries_after(cursor.sequence, RUN)
    if not entries:
        return 0
    _move(entries[-1].sequence, _find_news([entry for entry in entries if entry.act in ACTS]))
    return len(entries)


def _move(sequence: int, alerts: Iterable[Alert]) -> None:
    """Keep the alerts and the place in the log together; an alert given already is not given again."""
    found = list(alerts)
    if not found and Cursor.objects.filter(store=STORE, sequence=sequence).exists():
        return
    with write_transaction():
        Alert.objects.bulk_create(found, ignore_conflicts=True, batch_size=100)
        Cursor.objects.update_or_create(store=STORE, defaults={"sequence": sequence, "at": now()})


@dataclass(frozen=True, slots=True)
class _News:
    """What changed in one run of entries: every record as it is, and as it was where it was there before."""

    present: View
    former: View
    revised: frozenset[UUID]
    heads: Mapping[UUID, Record]


def _find_news(entries: Collection[Sealed]) -> list[Alert]:
    if not entries:
        return []
    current = load_current({UUID(entry.subject_id) for entry in entries})
    former = _former(current, entries)
    revised = frozenset(found.record.id for found in former)
    news = _News(view_of(current), view_of(former), revised, {found.record.id: found.record for found in current})
    by_user: dict[UUID, list[Follower]] = defaultdict(list)
    for follower in Follower.objects.select_related("search").order_by("id"):
        by_user[follower.user_id].append(follower)
    alerts: list[Alert] = []
    for actor in actors_of(by_user):
        allowed = set(readable_by(actor).values_list("pk", flat=True))
        for follower in by_user[actor.id]:
            if follower.search_id in allowed:
                alerts += _news_for(actor, follower, news)
    return alerts


def _former(current: Collection[Current], entries: Collection[Sealed]) -> list[Current]:
    """Return the revised records with the documents that they had before this run."""
    first: dict[UUID, int] = {}
    for entry in entries:
        if entry.act == events.STORED.name and entry.data.get("outcome") != "unchanged" and entry.revision:
            key = UUID(entry.subject_id)
            first[key] = min(first.get(key, entry.revision), entry.revision)
    found: list[Current] = []
    for kind in {item.record.type for item in current}:
        heads = {item.record.id: item.record for item in current if item.record.type == kind}
        before = [(key, number - 1) for key, number in first.items() if key in heads and number > 1]
        documents = documents_of(kind, before)
        found += [Current(heads[key], document) for key, document in documents.items()]
    return found


def _news_for(actor: Actor, follower: Follower, news: _News) -> list[Alert]:
    """Return what fits now and did not before; one's own records are no news."""
    fits = _fitting(actor, follower, news.present)
    fitted = _fitting(actor, follower, news.former) if fits else set()
    return [
        Alert(follower=follower, user_id=actor.id, record_id=key, at=now())
        for key in sorted(fits - fitted)
        if news.heads[key].author_id != actor.id
        and (key in news.revised or news.heads[key].created_at >= follower.since)
    ]


def _fitting(actor: Actor, follower: Follower, view: View) -> set[UUID]:
    try:
        asked = replace(read_address(follower.search.query, follower.search.type), offset=0, limit=RUN)
        return set(find_in(actor, asked, view))
    except (Invalid, NotFound):  # a field that was retired since, a database that is off
        return set()
