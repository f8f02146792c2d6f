"""Watch entries: under the lock of what they watch, ended by the clock, a stop only on a named authority."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from opencen.kernel.actor import Actor
from opencen.kernel.clock import now
from opencen.kernel.errors import Conflict, Forbidden, Invalid, NotFound, OpenCenError
from opencen.kernel.ids import uuid7
from opencen.log.models import Entry
from opencen.log.sealer import seal_pending
from opencen.records.erasing_whole import erase_record
from opencen.records.intake import submit
from opencen.records.models import Cursor, Record
from opencen.records.queries import read_record
from opencen.records.watches import queries, services
from opencen.records.watches.clearing import watch_standings
from opencen.records.watches.models import Hit, StandingReview, Watch
from opencen.records.watches.services import NewHit, NewWatch
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader() -> Actor:
    make.country()
    return make.actor("validator")


def suspect(by: Actor, **changes: object) -> UUID:
    return make.taken(make.submit_subject(by, "suspect", **changes)).record_id


def given(days: float = 30, **changes: object) -> NewWatch:
    stated: dict[str, object] = {"action": "sighting", "ends_at": now() + timedelta(days=days), **changes}
    return NewWatch(**stated)  # type: ignore[arg-type]  # tests state what fits


def move_end(watch: Watch, days: float) -> None:
    Watch.objects.filter(pk=watch.pk).update(ends_at=now() + timedelta(days=days), starts_at=now() - timedelta(days=40))


def test_a_watch_entry_is_set_with_a_number_of_its_year(leader: Actor) -> None:
    record_id = suspect(leader)
    first = services.set_watch(leader, record_id=record_id, watch=given(contact="Duty room 12"))
    second = services.set_watch(leader, record_id=record_id, watch=given(action="discreet_check"))
    assert (first.reference, second.reference) == (f"W-{now().year}-0001", f"W-{now().year}-0002")
    found = queries.watches_of(leader, record_id)
    assert {view.reference for view in found} == {first.reference, second.reference}
    assert {view.status for view in found} == {"active"}
    assert {"watch.set"} <= set(Entry.objects.values_list("act", flat=True))


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"action": "stop"}, "watch.authority_missing", "authority"),
        ({"action": "arrest"}, "watch.action_unknown", "action"),
        ({"ends_at": now() - timedelta(days=1)}, "watch.ends_before_start", "ends_at"),
        ({"starts_at": now() - timedelta(days=9), "ends_at": now() - timedelta(days=1)}, "watch.ends_in_the_past", "ends_at"),
        ({"starts_at": now() + timedelta(days=90)}, "watch.ends_before_start", "ends_at"),
        ({"days": 400}, "watch.too_long", "ends_at"),
    ],
)  # fmt: skip
def test_what_cannot_be_wanted_is_refused(leader: Actor, changes: dict[str, object], code: str, path: str) -> None:
    with pytest.raises(Invalid) as refused:
        services.set_watch(leader, record_id=suspect(leader), watch=given(**changes))
    assert (refused.value.code, refused.value.path) == (code, path)


def test_a_stop_stands_on_its_authority_and_order(leader: Actor) -> None:
    wanted = given(action="stop", authority="Court of Tunis", order_number="2026/114")
    row = services.set_watch(leader, record_id=suspect(leader), watch=wanted)
    view = queries.read_watch(leader, row.id)
    assert (view.authority, view.order_number) == ("Court of Tunis", "2026/114")


def test_an_entry_is_as_hidden_as_what_it_watches(leader: Actor) -> None:
    record_id = suspect(leader)
    row = services.set_watch(leader, record_id=record_id, watch=given())
    stranger = make.actor("officer", office_ids=frozenset({uuid7()}))
    for act in (
        lambda: queries.read_watch(stranger, row.id),
        lambda: queries.watches_of(stranger, record_id),
        lambda: services.report_hit(stranger, watch_id=row.id, hit=NewHit("reported", now())),
    ):
        with pytest.raises(NotFound):
            act()
    assert queries.list_watches(stranger) == ([], 0)
    assert set(queries.count_by_filter(stranger).values()) == {0}
    Record.objects.filter(pk=record_id).update(sensitivity=3)
    assert queries.list_watches(leader) == ([], 0)


def test_the_case_of_a_hit_is_named_to_those_alone_who_see_it() -> None:
    country = make.actor("validator", "HQ", covers="HQ")
    record_id = suspect(country, office="RDS")
    case_id = make.submit_case(make.actor("officer", "SFA"), office="SFA").record_id
    row = services.set_watch(country, record_id=record_id, watch=given())
    services.report_hit(country, watch_id=row.id, hit=NewHit("reported", now(), case_id=case_id))
    assert queries.read_watch(country, row.id).found[0].case_id == case_id
    reader = make.actor("officer", "RDS")
    assert queries.read_watch(reader, row.id).found[0].case_id is None
    assert queries.watches_of(reader, record_id)[0].found[0].case_id is None


def test_a_hit_names_a_case_and_no_record_of_another_kind(leader: Actor) -> None:
    record_id = suspect(leader)
    row = services.set_watch(leader, record_id=record_id, watch=given())
    with pytest.raises(NotFound):
        services.report_hit(leader, watch_id=row.id, hit=NewHit("reported", now(), case_id=record_id))


def test_who_may_read_may_not_set(leader: Actor) -> None:
    record_id = suspect(leader)
    with pytest.raises(Forbidden):
        services.set_watch(make.actor("officer"), record_id=record_id, watch=given())
    auditor = make.actor("auditor")
    with pytest.raises(Forbidden):
        queries.list_watches(auditor)


def test_an_expired_entry_is_never_shown_as_active(leader: Actor) -> None:
    row = services.set_watch(leader, record_id=suspect(leader), watch=given())
    move_end(row, -0.001)
    assert queries.list_watches(leader)[1] == 0
    assert queries.list_watches(leader, name="ended")[0][0].status == "ended"
    assert queries.read_watch(leader, row.id).ended_at is not None
    with pytest.raises(Conflict, match=r"watch\.ended"):
        services.renew_watch(leader, watch_id=row.id, ends_at=now() + timedelta(days=5))
    with pytest.raises(Conflict, match=r"watch\.ended"):
        services.report_hit(leader, watch_id=row.id, hit=NewHit("reported", now()))


def test_its_owner_is_asked_ten_days_before_and_renews_or_ends_it(leader: Actor) -> None:
    row = services.set_watch(leader, record_id=suspect(leader), watch=given(30))
    assert queries.asked_of(leader) == []
    move_end(row, 9.9)
    assert [view.id for view in queries.asked_of(leader)] == [row.id]
    assert queries.count_notices(leader) == 1
    other = make.actor("validator", name="Other")
    assert queries.asked_of(other) == []
    services.renew_watch(leader, watch_id=row.id, ends_at=now() + timedelta(days=60))
    assert queries.asked_of(leader) == []
    with pytest.raises(Invalid, match=r"field\.missing"):
        services.end_watch(leader, watch_id=row.id, cause=" ")
    services.end_watch(leader, watch_id=row.id, cause="no longer needed")
    assert queries.read_watch(leader, row.id).status == "ended"


def test_the_filters_part_the_entries_by_the_clock(leader: Actor) -> None:
    record_id = suspect(leader)
    active, ending, ended = (services.set_watch(leader, record_id=record_id, watch=given(60)) for _ in range(3))
    services.set_watch(leader, record_id=record_id, watch=given(60, starts_at=now() + timedelta(days=2)))
    move_end(ending, 3)
    move_end(ended, -3)
    assert queries.count_by_filter(leader) == {"in_force": 2, "ending": 1, "planned": 1, "ended": 1, "all": 4}
    assert [view.id for view in queries.list_watches(leader)[0]] == [ending.id, active.id]


def test_hits_are_kept_with_their_outcome(leader: Actor) -> None:
    row = services.set_watch(leader, record_id=suspect(leader), watch=given())
    officer = make.actor("officer")
    case = make.taken(make.submit_case(officer)).record_id
    hit = NewHit("checked_found", now(), "Gate 4", "12 packs", case)
    services.report_hit(officer, watch_id=row.id, hit=hit)
    view = queries.read_watch(leader, row.id)
    assert [(found.outcome, found.place, found.case_id) for found in view.found] == [("checked_found", "Gate 4", case)]
    for wrong in (
        NewHit("caught", now()),
        NewHit("reported", now() + timedelta(days=1)),
        NewHit("reported", now() - timedelta(days=30)),
        NewHit("reported", now(), case_id=uuid7()),
    ):
        with pytest.raises(OpenCenError):
            services.report_hit(officer, watch_id=row.id, hit=wrong)


def test_a_case_is_not_watched(leader: Actor) -> None:
    case = make.taken(make.submit_case(leader)).record_id
    with pytest.raises(Invalid, match=r"watch\.no_subject"):
        services.set_watch(leader, record_id=case, watch=given())


def clear(by: Actor, record_id: UUID) -> None:
    found = read_record(by, "suspect", record_id)
    changed = make.submission(
        {**found["document"], "standing": "cleared", "standing_since": "2026-03-01"},
        type="suspect",
        id=record_id,
        base_revision=found["newest_revision"],
        reasons={"*": "-"},
        mode="historical",
    )
    make.taken(submit(by, changed))
    seal_pending()


def test_clearing_somebody_ends_watch_entries_and_asks_for_a_review(leader: Actor) -> None:
    watch_standings()
    record_id = suspect(leader)
    row = services.set_watch(leader, record_id=record_id, watch=given())
    other = services.set_watch(leader, record_id=suspect(leader, documents=[]), watch=given())
    clear(leader, record_id)
    while watch_standings():
        pass
    assert queries.read_watch(leader, row.id).end_cause == "cleared"
    assert queries.read_watch(leader, other.id).status == "active"
    assert queries.count_notices(leader) == 1
    review = queries.reviews_for(leader)[0]
    assert queries.reviews_for(make.actor("officer")) == []
    with pytest.raises(Invalid, match=r"field\.missing"):
        services.settle_review(leader, review_id=review["id"], decision="keep")
    with pytest.raises(Invalid, match=r"review\.decision_unknown"):
        services.settle_review(leader, review_id=review["id"], decision="burn")
    services.settle_review(leader, review_id=review["id"], decision="keep", note="Witness in another case")
    assert queries.count_notices(leader) == 0
    with pytest.raises(NotFound):
        services.settle_review(leader, review_id=review["id"], decision="erase")
    with pytest.raises(Conflict, match=r"watch\.cleared"):
        services.set_watch(leader, record_id=record_id, watch=given())


def test_reading_the_log_again_clears_nobody_twice(leader: Actor) -> None:
    watch_standings()
    record_id = suspect(leader)
    clear(leader, record_id)
    for _ in range(2):
        Cursor.objects.filter(store="standings").update(sequence=0)
        while watch_standings():
            pass
    assert StandingReview.objects.count() == 1


def test_an_erasure_reaches_watch_entries_and_hits(leader: Actor) -> None:
    record_id = suspect(leader)
    row = services.set_watch(leader, record_id=record_id, watch=given(instructions="Ask for Karim", contact="Room 4"))
    services.report_hit(leader, watch_id=row.id, hit=NewHit("reported", now(), "Quay", "with his brother"))
    erase_record(make.actor("legal"), record_id=record_id, basis="retention")
    row.refresh_from_db()
    hit = Hit.objects.get()
    assert (row.instructions, row.contact, hit.note, hit.place) == ("", "", "", "")


def test_an_erasure_reaches_what_entries_hits_and_reviews_of_others_say_of_the_person(leader: Actor) -> None:
    name = "Tarek Quillfeather"
    gone = suspect(leader, names=[{"id": "n1", "text": name, "type": "full"}], documents=[])
    other = suspect(leader)
    said = {"places": f"where {name} lives", "contact": "Room 4", "instructions": f"Often with {name.upper()}"}
    row = services.set_watch(leader, record_id=other, watch=given(**said, authority=name, order_number="17/26"))
    services.report_hit(leader, watch_id=row.id, hit=NewHit("reported", now(), f"House of {name}", f"{name} drove"))
    services.report_hit(leader, watch_id=row.id, hit=NewHit("reported", now(), "Quay 4", "alone"))
    StandingReview.objects.create(record_id=other, revision=1, asked_at=now(), note=f"{name} is a witness")
    erase_record(make.actor("legal"), record_id=gone, basis="retention")
    row.refresh_from_db()
    assert (row.places, row.instructions, row.authority, row.contact, row.order_number) == (
        "",
        "",
        "",
        "Room 4",
        "17/26",
    )
    assert sorted(Hit.objects.values_list("place", "note")) == [("", ""), ("Quay 4", "alone")]
    assert StandingReview.objects.get().note == ""
    tables = (Watch, Hit, StandingReview)
    assert "quillfeather" not in str([list(table.objects.values()) for table in tables]).lower()


def test_an_erasure_leaves_what_is_said_of_others_of_the_same_first_name_place_or_words(leader: Actor) -> None:
    names = [{"id": "n1", "text": "Tarek Quillfeather", "type": "full"}]
    births = [{"id": "b1", "place": "Sidi Bouzid", "date": "1980"}]
    gone = suspect(leader, names=names, births=births, documents=[], description="Often seen with others at the port")
    said = {
        "places": "Sidi Bouzid, since 1980",
        "contact": "Tarek Ben Salah",
        "instructions": "Seen with two at the port",
    }
    row = services.set_watch(leader, record_id=suspect(leader), watch=given(**said))
    erase_record(make.actor("legal"), record_id=gone, basis="retention")
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in said} == said
