"""The people, companies and vessels behind the cases: records of their own, linked to what they were found in."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zlib import crc32

from opencen.commands.demo.cases import Drawn, make_id, write_moment
from opencen.commands.demo.country import BY_CODE, VALIDATOR, recorder_of
from opencen.commands.demo.history import Desk
from opencen.commands.demo.marginals import seeded
from opencen.commands.demo.reefer import CONSIGNEE
from opencen.kernel.clock import clock_at
from opencen.kernel.errors import Conflict
from opencen.records.review import validate_record
from opencen.seizures.promoting import promote_part

Part = dict[str, Any]
PROMOTED = 18
BEFORE = (2, 3, 5, 8, 11, 13, 19, 24, 30, 37, 44, 52, 61, 75, 90, 120, 150, 190)
KEPT = {"form": "full", "office": "RDS", "legal_basis": "customs_law", "legal_provision": "Customs code, art. 310"}


def add_reefer_subjects(desk: Desk, case: Drawn, document: Part, at: datetime) -> Part:
    """Record who and what stands behind the case of the guide, and link them in what the case states."""
    entry = {"id": "e1", "on": f"{case.found:%Y-%m-%d}", "commodity": "drugs.cocaine.hydrochloride"}
    entry |= {"offence": "smuggling", "record": str(case.id)}
    owner = _draw(desk, case, at, "suspect", _owner(document["persons"][0], entry, at))
    company = _draw(desk, case, at, "company", _consignee(entry, owner, at))
    vessel = _draw(desk, case, at, "conveyance", _vessel(document["conveyances"][0], entry, at))
    _second_courier(desk, case, at, company, owner)
    _clean_checks(desk, case)
    linked = deepcopy(document)
    linked["persons"][0]["suspect"] = str(owner.id)
    linked["companies"][0]["company"] = str(company.id)
    linked["conveyances"][0]["record"] = str(vessel.id)
    return linked


def promote_some(desk: Desk, cases: list[Drawn], today: datetime) -> int:
    """Make records of persons in validated cases of the year, and have case and record validated again."""
    promoted = 0
    for case in [found for found in cases if found.document.get("persons")][-4 * PROMOTED :: 4]:
        person = case.document["persons"][0]
        if not person.get("name") or case.recorded > today - timedelta(days=12):
            continue
        at = case.recorded + timedelta(days=5)
        with clock_at(at):
            try:
                made = promote_part(desk.actor(recorder_of(case.office)), case_id=case.id, item=person["id"])
            except Conflict:
                continue
        desk.validate(case, at + timedelta(days=1), revision=made.case.revision or 2)
        _validate(desk, case, made.record_id, at + timedelta(days=1))
        promoted += 1
    return promoted


def _seeded_for(name: str) -> Random:
    """Return a source of chance of its own, so that one more invention moves no other."""
    return seeded(crc32(name.encode()))


def _draw(desk: Desk, case: Drawn, at: datetime, kind: str, document: Part) -> Drawn:
    drawn = Drawn(make_id(_seeded_for(kind), at), case.office, case.found, at, document)
    desk.submit(kind, [drawn], recorder_of(case.office), at)
    _validate(desk, case, drawn.id, at + timedelta(hours=3))
    return drawn


def _validate(desk: Desk, case: Drawn, record_id: Any, at: datetime) -> None:
    validator = desk.actor(VALIDATOR[BY_CODE[case.office].district])
    with clock_at(at):
        validate_record(validator, record_id=record_id, revision=1)


def _days(at: datetime) -> Part:
    return {
        "review_on": f"{at + timedelta(days=182):%Y-%m-%d}",
        "expires_on": f"{at + timedelta(days=5 * 365):%Y-%m-%d}",
    }


def _owner(person: Part, entry: Part, at: datetime) -> Part:
    return {
        **KEPT,
        **_days(at),
        "standing": "charged",
        "standing_since": f"{at:%Y-%m-%d}",
        "sex": "male",
        "names": [
            {"id": "n1", "text": person["name"], "type": "full", "script": "latn", "order": "given_first"},
            {"id": "n2", "text": "سامي الورداني", "type": "full", "script": "arab"},
            {"id": "n3", "text": "Sami el Bahri", "type": "alias"},
        ],
        "births": [{"id": "b1", "date": f"{person['birth_year']}-04-12", "place": "Sfax", "country": "TN"}],
        "nationalities": ["TN"],
        "documents": person["documents"],
        "phones": person["phones"],
        "occupation": "Fruit importer",
        "marks": [{"id": "m1", "kind": "scar", "place": "left hand"}],
        "flags": ["escape_risk", "counter_surveillance"],
        "entries": [
            {**entry, "grounds": "Came for the container himself and paid the terminal in cash."},
            {
                "id": "e2",
                "on": f"{at - timedelta(days=300):%Y-%m}",
                "offence": "false_declaration.undervaluation",
                "grounds": "Three loads of bananas declared far below the market in one winter.",
                "source_reliability": "2",
                "information_credibility": "B",
                "handling": "C",
            },
        ],
    }


def _consignee(entry: Part, owner: Drawn, at: datetime) -> Part:
    return {
        **KEPT,
        **_days(at),
        "standing": "suspected",
        "names": [
            {"id": "n1", "text": CONSIGNEE, "type": "registered", "script": "latn"},
            {"id": "n2", "text": "شركة الساحل لاستيراد الغلال", "type": "registered", "script": "arab"},
            {"id": "n3", "text": "Sahel Primeurs", "type": "former", "until": "2019"},
        ],
        "country": "TN",
        "legal_form": "SARL",
        "sector": "46.30",
        "registrations": [{"id": "r1", "kind": "trade_register", "number": "B24817262016", "country": "TN"}],
        "patterns": ["rip_off", "undervaluation"],
        "addresses": [{"id": "a1", "kind": "registered", "text": "14 rue des Entrepôts, Ben Arous", "country": "TN"}],
        "people": [
            {"id": "h1", "role": "manager", "record": str(owner.id), "share": "60", "since": "2024-02-03"},
            {"id": "h2", "role": "founder", "name": "Habib Zouarine", "share": "40", "until": "2024"},
        ],
        "brokers": [{"id": "k1", "role": "broker", "name": "Transit El Bahrine", "since": "2021"}],
        "clean": [{"id": "c1", "since": "2024-06", "declarations": 1318, "checks": 180, "found": 2}],
        "entries": [{**entry, "grounds": "Consignee of the container; a new manager, then a new route."}],
    }


def _vessel(stated: Part, entry: Part, at: datetime) -> Part:
    sightings = [("ECGYE", 24), ("ESALG", 5), ("TNRDS", 1)]
    return {
        **KEPT,
        **_days(at),
        "kind": "vessel",
        "type": "reefer_ship",
        "names": [
            {"id": "n1", "text": stated["name"], "since": "2019"},
            {"id": "n2", "text": "MARE VERDENA", "until": "2019"},
        ],
        "imo": stated["vessel_imo"],
        "flag": "PA",
        "built": "2004",
        "operator": stated["carrier"],
        "entries": [{**entry, "grounds": "Second find in a container that this ship carried."}],
        "sightings": [
            {"id": f"s{number}", "on": f"{at - timedelta(days=days + 5):%Y-%m-%d}", "locode": place}
            for number, (place, days) in enumerate(sightings, 1)
        ],
    }


def _second_courier(desk: Desk, case: Drawn, at: datetime, company: Drawn, owner: Drawn) -> None:
    """Record somebody whom two sources know with two dates of birth, and who knows the owner."""
    document = {
        **KEPT,
        **_days(at),
        "standing": "mentioned",
        "names": [{"id": "n1", "text": "Nadir Belkacemane", "type": "full", "script": "latn"}],
        "births": [
            {"id": "b1", "date": "1981-09-02", "source": "passport"},
            {"id": "b2", "date": "1983-09-02", "source": "partner service"},
        ],
        "nationalities": ["DZ"],
        "associates": [
            {"id": "x1", "role": "contact", "record": str(owner.id), "since": f"{at:%Y}"},
            {"id": "x2", "role": "employee", "record": str(company.id)},
        ],
        "entries": [{"id": "e1", "on": f"{at:%Y-%m}", "offence": "smuggling", "grounds": "Rented the cold store."}],
    }
    drawn = Drawn(make_id(_seeded_for("courier"), at), case.office, case.found, at, document)
    desk.submit("suspect", [drawn], recorder_of(case.office), at)


def _clean_checks(desk: Desk, case: Drawn) -> None:
    """Log the checks of the consignee's earlier loads, which found nothing."""
    drawn = []
    for number, weeks in enumerate(BEFORE):
        when = case.found - timedelta(days=weeks * 4, hours=3)
        document: Part = {"country": "TN", "office": "RDS", "at": write_moment(when), "subject": "container"}
        document |= {"count": 1 + number % 3, "detection_method": "risk_profiling", "result": "none"}
        document |= {"technique": "imaging.container", "consignee": CONSIGNEE}
        drawn.append(Drawn(make_id(_seeded_for(f"check{number}"), when), "RDS", when, when, document))
    desk.submit("control", drawn, recorder_of("RDS"), case.recorded)
