"""Acts upon saved searches: save, remove, follow, mark alerts as seen."""

from __future__ import annotations

from uuid import UUID

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.log.service import nothing_done, record_act, service
from opencen.records.saved.events import FOLLOWED, REMOVED, SAVED, SEEN
from opencen.records.saved.models import Alert, Follower, SavedSearch
from opencen.records.saved.queries import readable_by
from opencen.records.search.address import clean_query, read_address
from opencen.records.types import domain

AUDIENCES = ("private", "office", "all")
MOST_SEARCHES = 200
LONGEST_QUERY = 2000


@service("account:own")
def save_search(
    actor: Actor, *, kind: str, name: str, query: str, audience: str = "private", follows: bool = False
) -> SavedSearch:
    """Keep a list under a name; one of the same name is replaced."""
    domain(kind)
    actor.require(f"{kind}:read")
    if not name.strip():
        raise Invalid("field.missing", path="name")
    if audience not in AUDIENCES:
        raise Invalid("search.unknown_audience", path="audience", value=audience[:40])
    kept = clean_query(query)
    if len(kept) > LONGEST_QUERY:
        raise Invalid("search.too_long", path="query", limit=LONGEST_QUERY)
    read_address(kept, kind)
    if SavedSearch.objects.filter(owner_id=actor.id).count() >= MOST_SEARCHES:
        raise Conflict("search.too_many_saved", limit=MOST_SEARCHES)
    values = {"query": kept, "audience": audience, "office_id": actor.office_id, "created_at": now()}
    row, _ = SavedSearch.objects.update_or_create(owner_id=actor.id, type=kind, name=name.strip()[:80], defaults=values)
    row.followers.all().delete()  # what fits another question is no news to who followed the former
    if follows:
        Follower.objects.create(search=row, user_id=actor.id, since=now())
    record_act(SAVED, "search", row.id, type=kind, audience=audience)
    return row


@service("account:own")
def share_search(actor: Actor, *, search_id: UUID, audience: str) -> SavedSearch:
    """Share one's own search with the office or with all, or keep it to oneself again."""
    row = SavedSearch.objects.filter(pk=search_id, owner_id=actor.id).first()
    if row is None:
        raise NotFound("search.not_found")
    if audience not in AUDIENCES:
        raise Invalid("search.unknown_audience", path="audience", value=audience[:40])
    if row.audience == audience:
        nothing_done()
        return row
    row.audience, row.office_id = audience, actor.office_id
    row.save(update_fields=["audience", "office_id"])
    if audience == "private":
        row.followers.exclude(user_id=actor.id).delete()
    record_act(SAVED, "search", row.id, type=row.type, audience=audience)
    return row


@service("account:own")
def remove_search(actor: Actor, *, search_id: UUID) -> None:
    """Remove one's own search with its alerts; another's cannot be removed."""
    row = SavedSearch.objects.filter(pk=search_id, owner_id=actor.id).first()
    if row is None:
        raise NotFound("search.not_found")
    row.delete()
    record_act(REMOVED, "search", search_id)


@service("account:own")
def follow_search(actor: Actor, *, search_id: UUID, follows: bool) -> None:
    """Be told of what is new to a search, or no more."""
    row = readable_by(actor).filter(pk=search_id).first()
    if row is None:
        raise NotFound("search.not_found")
    if follows:
        Follower.objects.get_or_create(search=row, user_id=actor.id, defaults={"since": now()})
    else:
        Follower.objects.filter(search=row, user_id=actor.id).delete()
    record_act(FOLLOWED, "search", row.id, follows=follows)


@service("account:own")
def mark_seen(actor: Actor, *, search_id: UUID | None = None) -> int:
    """Mark one's alerts of a search, or all, as seen."""
    rows = Alert.objects.filter(user_id=actor.id, seen_at=None)
    if search_id is not None:
        rows = rows.filter(follower__search_id=search_id)
    count = rows.update(seen_at=now())
    if not count:
        nothing_done()
        return 0
    record_act(SEEN, "user", actor.id, count=count)
    return count
