"""Finds every entrance in the URL resolver, makes the people and the planted records that the matrix calls them with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from opencen.accounts.models import Grant, User
from opencen.accounts.queries import actor_of
from opencen.exchange.models import Incoming, Outgoing
from opencen.exchange.partners import add_partner
from opencen.kernel.actor import Actor, system_actor
from opencen.kernel.clock import now
from opencen.kernel.ids import uuid7
from opencen.kernel.keys import NodeKeys
from opencen.records.holds import set_hold
from opencen.records.links.charts import Placed, save_chart
from opencen.records.links.services import NewLink, make_link
from opencen.records.media import store_media
from opencen.records.models import MergeTask
from opencen.records.review import return_record, validate_record
from opencen.records.saved.services import save_search
from opencen.release.models import Upload
from opencen.seizures.custody.models import CustodyAct
from opencen.seizures.custody.services import record_custody, take_in
from opencen.seizures.legal.models import LegalAct
from opencen.seizures.legal.services import open_proceeding
from tests import make
from tests.architecture import planted_watch
from tests.architecture.planted_investigation import SECRET, plant
from tests.architecture.planted_subjects import plant_subjects
from tests.records.test_media import photo

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PEOPLE = ("nobody", "stranger", "reader", "officer", "contact", "administrator")
STRANGER_ROLES = ("officer", "validator", "national_contact_point", "analyst", "legal", "auditor")

# Words that stand in records of Radès only: whoever reads one elsewhere was told something.
SECRETS = {
    "watch": planted_watch.SECRET,
    "company": "Quillonmark Trading",
    "person": "Wexbrolan Testudo",
    "narrative": "zyxomatic",
    "unit": "Vantablack unit",
    "caption": "Kestrelfin",
    "authority": "Court of Grimwold",
    "note": "Brimstoneworth",
    "conflict": "Halcyonide",
    "control": "Oxbloodine",
    "store": "Umberdale store",
    "prosecutor": "Thistlemarch",
    "investigation": SECRET,
    "reference": f"{settings.NODE_COUNTRY}-RDS-",
}
CONTAINER = "OCLU3026189"
PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\{(?P<ninja>\w+)\}")
# Parameters that name one thing of an office: a foreign one must answer like one that is not there.
FOREIGN = {
    "suspect_id",
    "company_id",
    "conveyance_id",
    "record_id",
    "case_id",
    "control_id",
    "hold_id",
    "watch_id",
    "watched_id",
    "review_id",
    "task_id",
    "upload_id",
    "link_id",
    "chart_id",
    "search_id",
    "sha256",
    "exhibit_id",
    "proceeding_id",
    "legal_act_id",
    "act_id",
    "investigation_id",
}


@dataclass(frozen=True)
class Entrance:
    """One URL pattern with the view behind it; the API also says which methods it takes."""

    route: str
    methods: tuple[str, ...] | None

    @property
    def parameters(self) -> list[str]:
        """Name the parameters of the route."""
        return [match["name"] or match["ninja"] for match in PARAMETER.finditer(self.route)]


def find_entrances() -> list[Entrance]:
    """Walk the URL resolver."""
    return list(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[Any], prefix: str) -> Iterator[Entrance]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield Entrance(f"/{route}", _api_methods(pattern.callback))


def _api_methods(callback: Any) -> tuple[str, ...] | None:
    """Return the methods of an API path; pages do not say theirs."""
    held = [cell.cell_contents for cell in getattr(callback, "__closure__", None) or ()]
    operations = next((found.operations for found in held if hasattr(found, "operations")), None)
    if operations is None:
        return None
    return tuple(sorted({method for operation in operations for method in operation.methods}))


@dataclass
class World:
    """Two offices, people of each kind, and records of one office full of words that no other may read."""

    values: dict[str, Any]
    people: dict[str, User] = field(default_factory=dict)
    missing: dict[str, Any] = field(default_factory=dict)
    signed_in: dict[str, str] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """Give a new browser in which a person is signed in: all of one with the session that began with the world."""
        client = Client(raise_request_exception=False)
        if who == "nobody":
            return client
        if who not in self.signed_in:
            user = User.objects.get(pk=self.people[who].pk)
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
            self.signed_in[who] = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.cookies[settings.SESSION_COOKIE_NAME] = self.signed_in[who]
        return client

    def path(self, route: str, values: dict[str, Any]) -> str:
        """Fill a route's parameters in."""
        return PARAMETER.sub(lambda match: str(values[match["name"] or match["ninja"]]), route)


def make_proceeding(case_id: UUID, paper: str) -> dict[str, UUID]:
    """Open a proceeding of the legal follow-up, with words that no other office may read and a scanned paper."""
    given = {"stage": "referred", "prosecutor": SECRETS["prosecutor"], "paper": paper}
    row = open_proceeding(make.actor("legal", "RDS", covers="RDS"), case_id=case_id, item="p1", given=given)
    return {"proceeding_id": row.id, "legal_act_id": LegalAct.objects.get(proceeding=row).id}


def make_exhibit(case_id: UUID, receipt: str) -> dict[str, UUID]:
    """Take an exhibit in, with words that no other office may read, and an act with a scanned receipt."""
    keeper = make.actor("validator", "RDS", covers="RDS")
    given = {"amount": "86.42", "unit": "kg", "place": SECRETS["store"], "description": SECRETS["note"]}
    exhibit = take_in(keeper, case_id=case_id, line="l1", given=given)
    people = [{"name": SECRETS["person"], "capacity": "witness", "signed": "1"}]
    answers = {"found": "yes", "people": people, "receipt": receipt}
    record_custody(keeper, exhibit_id=exhibit.id, kind="inventoried", given=answers)
    act = CustodyAct.objects.get(exhibit=exhibit, kind="inventoried")
    return {"exhibit_id": exhibit.id, "act_id": act.id}


def make_links(people: dict[str, User], case_id: UUID, other_id: UUID) -> dict[str, UUID]:
    """Link two cases of one office with a note, and save a chart of them for its maker alone."""
    officer = actor_of(people["officer"])
    link = make_link(officer, first_id=case_id, second_id=other_id, said=NewLink("connected", note=SECRETS["note"]))
    chart = save_chart(officer, name=SECRETS["person"], nodes=[Placed(str(case_id)), Placed(str(other_id))])
    return {"link_id": link.id, "chart_id": chart.id}


def make_search(officer: Actor) -> UUID:
    """Save a search of an officer, for itself alone."""
    return save_search(officer, kind="case", name="Mine", query="q=zyxomatic").id


REGISTERS = (
    "proceeding_id", "legal_act_id", "exhibit_id", "act_id",
    "investigation_id", "investigation_task_id", "investigation_link_id", "rule_id",
)  # fmt: skip


def make_registers(people: dict[str, User], case_id: UUID, reference: str, paper: str) -> dict[str, Any]:
    """Follow a case up: a proceeding, an exhibit and an investigation."""
    return {**make_proceeding(case_id, paper), **make_exhibit(case_id, paper), **plant(people, reference)}


def make_world(*, is_followed: bool = True) -> World:
    """Make the people, and a case and a control of Radès in every state that holds something.

    Of a world that is not followed up there is neither custody, nor a proceeding, nor an investigation.
    """
    people = make_people()
    officer = actor_of(people["officer"])
    validator = make.actor("validator", "DTN")
    picture = store_media(officer, content=photo(size=(640, 480)), filename="photo.jpg")
    case = make.submit_case(officer, **secret_case(picture.sha256))
    ready = make.submit_case(officer, **plain_case(1, unit=SECRETS["unit"]))
    validate_record(validator, record_id=ready.record_id, revision=1)
    hold = set_hold(
        actor_of(people["contact"]), record_id=case.record_id, kind="clean", authority=SECRETS["authority"],
        reason=SECRETS["note"], until=now() + timedelta(days=2),
    )  # fmt: skip
    returned = make.submit_case(officer, **plain_case(2))
    return_record(validator, record_id=returned.record_id, revision=1, reasons={"unit": SECRETS["note"]})
    control = make.submit_control(officer, note=SECRETS["control"])
    partner = make_partner()
    values = {
        "case_id": case.record_id, "record_id": case.record_id, "control_id": control.record_id,
        "ready_id": ready.record_id, "hold_id": hold.id, "upload_id": make_upload(ready.record_id), "task_id": make_conflict(officer), "sha256": picture.sha256,
        "size": "thumb", "kind": "case", "type": "case", "name": "direction", "figure": "cases_by_section",
        "node": partner, "packet_id": make_packets(partner, ready.record_id), "user_id": people["officer"].id,
        "grant_id": Grant.objects.filter(user=people["stranger"]).earliest("id").id, "token_id": uuid7(),
        "list_name": "direction", "saved_id": uuid7(), "made_id": uuid7(), "freeze_id": uuid7(), "search_id": make_search(officer), "event_id": uuid7(), "download_id": uuid7(), "batch_id": uuid7(), "source_id": uuid7(), "number": 1, "office_id": people["officer"].office_id,
    }  # fmt: skip
    values["item"] = "m1"  # a picture of the gallery
    values |= plant_subjects(people, SECRETS) | {"place": "cases"}
    values |= (
        make_registers(people, case.record_id, case.reference or "", picture.sha256)
        if is_followed
        else {name: uuid7() for name in REGISTERS}
    )
    values |= make_links(people, case.record_id, ready.record_id)
    values |= planted_watch.plant(people, make.submit_subject(officer, "suspect").record_id)
    missing = {**values, **{name: uuid7() for name in FOREIGN}, "sha256": "0" * 64}
    world = World(values, people, missing)
    for who in people:
        world.client(who)
    return world


def make_people() -> dict[str, User]:
    """Make one person of each column; the stranger holds every role that works with records, over another office."""
    stranger = make.user("officer", "SFA", name="Stranger")
    for role in STRANGER_ROLES[1:]:
        Grant.objects.create(user=stranger, role=role, office=stranger.office)
    return {
        "stranger": stranger,
        "reader": make.user("auditor", "HQ", covers="HQ"),
        "officer": make.user("officer", "RDS"),
        "contact": make.user("national_contact_point", "HQ", covers="HQ"),
        "administrator": make.user("administrator", "HQ", covers="HQ"),
    }


def secret_case(sha256: str) -> dict[str, Any]:
    """State a case in which every kind of text holds a planted word."""
    return {
        "unit": SECRETS["unit"],
        "narrative": f"The driver said {SECRETS['narrative']} twice.",
        "persons": [{"id": "p1", "role": "driver", "standing": "suspected", "name": SECRETS["person"]}],
        "companies": [{"id": "k1", "role": "owner", "standing": "mentioned", "name": SECRETS["company"]}],
        "media": [{"id": "m1", "kind": "photo.goods", "sha256": sha256, "caption": SECRETS["caption"]}],
    }


def plain_case(number: int, **changes: Any) -> dict[str, Any]:
    """State another event than any other case does."""
    line = make.line(id=f"q{number}", quantity=str(number), commodity="drugs.cannabis.resin")
    when = f"2026-0{number}-12T06:20+01:00"
    return {
        "detected_at": when,
        "consignments": None,
        "conveyances": [{"id": "v1", "mode": "vessel"}],
        "lines": [line],
        **changes,
    }


def make_conflict(officer: Any) -> UUID:
    """Make two statements of one field of a case."""
    receipt = make.submit_case(officer, **plain_case(3, unit="First"))
    make.amend_case(officer, receipt.record_id, 1, make.case_document(**plain_case(3, unit="Second")))
    second = make.case_document(**plain_case(3, unit=SECRETS["conflict"]))
    refused = make.submit(officer, make.submission(second, id=receipt.record_id, base_revision=1))
    assert refused.outcome == "conflict", refused
    return MergeTask.objects.get(record_id=receipt.record_id).id


def make_partner() -> str:
    """Add a hub to exchange with."""
    keys = NodeKeys.generate()
    card = {
        "opencen_node": 1, "id": "HUB", "name": "Regional hub", "kind": "hub", "country": "",
        "url": "http://hub.invalid", "keys": keys.as_jwks(), "fingerprint": keys.fingerprint,
    }  # fmt: skip
    return add_partner(system_actor("exchange:manage"), card=card).node


def make_upload(record_id: UUID) -> UUID:
    """Note that a case was put into a workbook for the CEN, in a revision before the present one."""
    row = Upload.objects.create(
        record_id=record_id, revision=0, system="cen", format="cen_excel", exported_by=uuid7(), exported_at=now()
    )
    return row.id


def make_packets(partner: str, record_id: UUID) -> UUID:
    """Lay one packet into the outbox and one into the inbox."""
    at = now()
    packet = Outgoing.objects.create(
        id=uuid7(), partner_id=partner, kind="record", size=900, sha256="a" * 64, attempts=2, next_try_at=at,
        last_error="ConnectError", made_at=at,
    )  # fmt: skip
    Incoming.objects.create(
        id=uuid7(), partner_id=partner, kind="record", sha256="b" * 64, outcome="accepted", record_id=record_id,
        revision=1, received_at=at,
    )  # fmt: skip
    return packet.id
