"""Plants a watched person, a list that was stopped and a review after a clearing in the world of the endpoint matrix."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from opencen.accounts.models import User
from opencen.accounts.queries import actor_of
from opencen.formats.watchlists.models import Load, Source
from opencen.kernel.clock import now
from opencen.records.watches.models import StandingReview
from opencen.records.watches.services import NewHit, NewWatch, report_hit, set_watch

SECRET = "Quillmarsh"


def plant(people: dict[str, User], record_id: UUID) -> dict[str, Any]:
    """Watch a record with words that nobody outside its office may read."""
    contact = actor_of(people["contact"])
    ends = now() + timedelta(days=5)
    wanted = NewWatch("stop", ends, authority=SECRET, places=SECRET, instructions=SECRET, contact=SECRET)
    row = set_watch(contact, record_id=record_id, watch=wanted)
    report_hit(contact, watch_id=row.id, hit=NewHit("reported", now(), SECRET, SECRET))
    source = Source.objects.create(name="sample", format="ftm", title="Sample")
    load = Load.objects.create(source=source, state="stopped", asked_by=contact.id, asked_at=now())
    review = StandingReview.objects.create(record_id=record_id, revision=1, asked_at=now())
    return {"watch_id": row.id, "watched_id": record_id, "load_id": load.id, "review_id": review.id}
