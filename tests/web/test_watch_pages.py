"""The pages of watch entries and of published watchlists, as people meet them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from opencen.accounts.queries import actor_of
from opencen.formats.watchlists.models import Load
from opencen.formats.watchlists.working import load_lists
from opencen.kernel.clock import now
from opencen.log.models import Entry
from opencen.records.watches.models import StandingReview, Watch
from tests import make
from tests.formats.watchlists import lists

pytestmark = pytest.mark.django_db


def browser(role: str) -> Client:
    user = make.user(role)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    client.actor = actor_of(user)  # type: ignore[attr-defined]  # tests ask for it
    return client


def text_of(answer: Any) -> str:
    return answer.content.decode()


def wanted(record_id: UUID, **changes: str) -> dict[str, str]:
    ends = (now() + timedelta(days=30)).date().isoformat()
    return {"record": str(record_id), "action": "sighting", "ends": ends, "places": "Port", **changes}


@pytest.fixture
def leader() -> Client:
    make.country()
    return browser("validator")


def suspect(client: Client) -> UUID:
    return make.submit_subject(client.actor, "suspect").record_id  # type: ignore[attr-defined]


def test_an_entry_is_set_from_the_page_of_a_person_and_hit_renewed_and_ended(leader: Client) -> None:
    record_id = suspect(leader)
    panel = text_of(leader.get(f"/records/{record_id}/watches", headers={"HX-Request": "true"}))
    assert f"/watches/new?record={record_id}" in panel
    assert "<html" not in panel
    assert leader.get(f"/watches/new?record={record_id}").status_code == 200
    refused = leader.post("/watches/new", wanted(record_id, action="stop"))
    assert refused.status_code == 422
    assert "needs an authority" in text_of(refused)
    made = leader.post("/watches/new", wanted(record_id, action="stop", authority="Court of Tunis"))
    row = Watch.objects.get()
    assert made.headers["Location"] == f"/watches/{row.id}"
    page = text_of(leader.get(f"/watches/{row.id}"))
    assert "Court of Tunis" in page
    assert "Stop and hand over" in page
    hit = leader.post(f"/watches/{row.id}/hit", {"outcome": "stopped", "place": "Gate 4", "note": "calm"})
    assert hit.status_code == 302
    assert "Gate 4" in text_of(leader.get(f"/watches/{row.id}"))
    assert leader.post(f"/watches/{row.id}/hit", {"outcome": "stopped", "case": "NO-1"}).status_code == 422
    later = (now() + timedelta(days=90)).date().isoformat()
    assert leader.post(f"/watches/{row.id}/renew", {"ends": later}).status_code == 302
    assert leader.post(f"/watches/{row.id}/renew", {"ends": "soon"}).status_code == 422
    assert leader.post(f"/watches/{row.id}/end", {"cause": "found"}).status_code == 302
    row.refresh_from_db()
    assert row.status() == "ended"
    assert row.reference in text_of(leader.get("/watches?show=ended"))
    assert row.reference not in text_of(leader.get("/watches"))


def test_a_record_is_named_by_its_reference_where_no_page_led_to_the_form(leader: Client) -> None:
    reference = make.submit_subject(leader.actor, "company").reference  # type: ignore[attr-defined]
    given = {**wanted(UUID(int=1)), "record": "", "reference": reference}
    assert leader.post("/watches/new", given).status_code == 302
    assert leader.post("/watches/new", {**given, "reference": "S-NO-1"}).status_code == 422


def test_everything_that_is_wrong_stands_at_its_field_and_the_first_has_the_focus(leader: Client) -> None:
    given = {"record": "", "reference": "", "action": "", "ends": "", "places": "Gate 4"}
    page = text_of(leader.post("/watches/new", given))
    for name, said in (
        ("reference", "Of whom or what is not said."),
        ("action", "What is wanted is not said."),
        ("ends", "Until when is not said."),
    ):
        assert re.search(rf'id="{name}-error">{said}', page)
        assert f'<a href="#{name}">{said}' in page
    assert "3 answers are missing or wrong" in page
    assert re.findall(r'id="(\w+)"[^>]*autofocus', page) == ["reference"]
    assert 'value="Gate 4"' in page
    yesterday = (now() - timedelta(days=2)).date().isoformat()
    page = text_of(leader.post("/watches/new", wanted(suspect(leader), action="stop", ends=yesterday)))
    assert re.search(r'id="ends-error">The watch entry would end', page)
    assert re.search(r'id="authority-error">A stop needs an authority', page)
    assert re.findall(r'id="(\w+)"[^>]*autofocus', page) == ["ends"]


def test_an_entry_that_ended_by_itself_says_so_and_leads_to_a_new_one(leader: Client) -> None:
    record_id = suspect(leader)
    leader.post("/watches/new", wanted(record_id))
    Watch.objects.update(starts_at=now() - timedelta(days=9), ends_at=now() - timedelta(minutes=1))
    row = Watch.objects.get()
    page = text_of(leader.get(f"/watches/{row.id}"))
    assert "Its time was over" in page
    assert f'href="/watches/new?record={record_id}"' in page
    assert leader.post(f"/watches/{row.id}/renew", {"ends": "2099-01-01"}).status_code == 422
    assert f'href="/watches/new?record={record_id}"' not in text_of(browser("officer").get(f"/watches/{row.id}"))


def test_the_entries_in_force_are_printed_for_a_post_and_that_is_logged(leader: Client) -> None:
    leader.post("/watches/new", wanted(suspect(leader), instructions="Ask for the telephone", contact="Room 4"))
    answer = leader.get("/watches/print.pdf?language=fr")
    assert answer.content.startswith(b"%PDF")
    assert "watch-entries" in answer.headers["Content-Disposition"]
    assert Entry.objects.filter(act="watches.printed").count() == 1
    assert leader.get("/watches/print.pdf?language=xx").status_code == 422


def test_its_owner_is_asked_on_home_and_by_the_bell(leader: Client) -> None:
    leader.post("/watches/new", wanted(suspect(leader)))
    Watch.objects.update(ends_at=now() + timedelta(days=4))
    for address in ("/", "/searches"):
        page = text_of(leader.get(address))
        assert "Watch entries of yours end soon" in page
        assert "1 notice" in page
    other = browser("validator")
    assert "Watch entries of yours end soon" not in text_of(other.get("/"))


def test_a_review_after_a_clearing_is_settled_on_the_page(leader: Client) -> None:
    record_id = suspect(leader)
    review = StandingReview.objects.create(record_id=record_id, revision=1, asked_at=now())
    assert "Cleared: what becomes of the record?" in text_of(leader.get("/watches"))
    done = leader.post(f"/watches/reviews/{review.id}", {"decision": "erase"})
    assert done.headers["Location"] == f"/suspects/{record_id}"
    assert "Cleared: what becomes of the record?" not in text_of(leader.get("/watches"))


def test_who_may_not_set_sees_no_form(leader: Client) -> None:
    leader.post("/watches/new", wanted(suspect(leader)))
    row = Watch.objects.get()
    officer = browser("officer")
    page = text_of(officer.get(f"/watches/{row.id}"))
    assert "Report a hit" in page
    assert "End it now" not in page
    assert officer.get("/watches/new").status_code == 403


def test_lists_are_loaded_stopped_and_confirmed_on_their_page() -> None:
    make.country()
    admin = browser("administrator")
    assert "No list is loaded yet" in text_of(admin.get("/administration/watchlists"))

    def hand_in(count: int) -> Any:
        files = [SimpleUploadedFile(name, content) for name, content in lists.ofac(count).items()]
        given = {"act": "load", "format": "ofac", "files": files}
        return admin.post("/administration/watchlists", given)

    assert hand_in(12).status_code == 302
    assert "waiting" in text_of(admin.get("/administration/watchlists/part"))
    assert hand_in(12).status_code == 422
    load_lists()
    page = text_of(admin.get("/administration/watchlists"))
    assert "12 added" in page
    assert "OFAC list of specially designated nationals" in page
    hand_in(4)
    load_lists()
    assert "8 of 12 entries are no longer in the file" in text_of(admin.get("/administration/watchlists"))
    stopped = Load.objects.get(state="stopped")
    admin.post("/administration/watchlists", {"act": "confirm", "load": str(stopped.id)})
    load_lists()
    assert "8 gone" in text_of(admin.get("/administration/watchlists"))
    refused = admin.post("/administration/watchlists", {"act": "load", "format": "un"})
    assert refused.status_code == 422
    officer = browser("officer")
    assert officer.get("/administration/watchlists").status_code == 403
    assert "HEATH" in text_of(officer.get("/suspects"))


def test_a_list_of_persons_is_narrowed_to_those_of_a_published_list() -> None:
    make.country()
    admin, officer = browser("administrator"), browser("officer")
    own = make.submit_subject(officer.actor, "suspect")  # type: ignore[attr-defined]  # browser() puts it there
    assert "Published list" not in text_of(officer.get("/suspects")).split('class="facets')[-1].split("</aside>")[0]
    files = [SimpleUploadedFile(name, content) for name, content in lists.ofac(12).items()]
    admin.post("/administration/watchlists", {"act": "load", "format": "ofac", "files": files})
    load_lists()
    page = text_of(officer.get("/suspects"))
    assert re.search(r"list=ofac[^>]*>.{0,200}OFAC", page, re.DOTALL)
    assert "recorded by officers" in page
    narrowed = text_of(officer.get("/suspects?list=ofac"))
    assert own.reference not in narrowed
    assert "S-OFAC" in narrowed
