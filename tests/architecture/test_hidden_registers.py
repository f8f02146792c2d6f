"""Who may see a case, but not what is kept of it afterwards, is told nothing of it: byte for byte on every entrance.

Every page, file and route of the endpoint matrix is read before and after a case got exhibits, samples and movements,
proceedings and decisions, or an investigation of a closed team.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache

from opencen.accounts import roles
from opencen.accounts.queries import actor_of
from opencen.formats.format import ExportFormat, formats
from opencen.formats.reporting.choosing import list_reports
from opencen.investigations.journal import NewEntry, write_entry
from opencen.investigations.linking import link_record
from opencen.investigations.opening import NewInvestigation, open_investigation
from opencen.investigations.tasks import NewTask, give_task
from opencen.kernel.clock import clock_at, now
from opencen.kernel.ids import uuid7
from opencen.log.stamps import drop_caches
from opencen.records.jobs import JOBS
from opencen.records.media import store_media
from opencen.records.review import validate_record
from opencen.seizures.custody.models import CustodyAct
from opencen.seizures.custody.services import record_custody, take_in
from opencen.seizures.legal.models import LegalAct
from opencen.seizures.legal.services import open_proceeding, record_legal
from tests import make
from tests.architecture.entrances import FOREIGN, World, make_world, plain_case
from tests.architecture.table import Row
from tests.architecture.test_entrances import ROWS, body_of, call
from tests.records.test_media import photo

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Answers = dict[str, tuple[int, bytes]]
V1 = "/api/v1"
YEAR = "from=2026-01-01&to=2026-12-31"
NO_PAPER = "0" * 64
SECRET = "Gorsemoor"
WITHHELD = {"custody": ("custody:", "log:"), "legal": ("legal:", "log:"), "investigations": ("log:",)}
"""What a reader may not do of all that any role may; the log tells the auditor everything, and is read apart."""

READS_BY_POST = {
    f"POST {V1}/exports", f"POST {V1}/exports/list", f"POST {V1}/known", f"POST {V1}/check", f"POST {V1}/graph",
    f"POST {V1}/graph/paths", f"POST {V1}/graph/exports", f"POST {V1}/records/<type>/<uuidstr:record_id>/releases/preview",
    f"POST {V1}/cen/workbook",
}  # fmt: skip
NOISE = re.compile(
    rb"(?:Set-Cookie|X-Request-ID|Content-Length|ETag|Expires|Last-Modified): [^\n]*|\b[0-9A-Za-z]{64}\b"
    rb"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)|\d{4}-\d\d-\d\d_\d{4,6}|\b[0-9a-f]{32}\b"
    rb"|\(D:\d{14}Z\)|/ID ?\[[^\]]*\]|(?:xmpMM|stEvt):(?:instance|Instance|Document)ID>[^<]*"
)


def rows() -> list[Row]:
    """List every entrance that tells something, with every format of an export and of a report."""
    listed = [row for row in ROWS if row.method == "GET" or row.entrance in READS_BY_POST]
    exported = [
        Row(f"POST {V1}/exports", "", body={"type": "case", "format": name})
        for name, found in formats().items()
        if isinstance(found, ExportFormat) and (not found.types or "case" in found.types)
    ]
    reports = [
        Row(f"GET {V1}/reports/<name>/file", "", query=f"{YEAR}&format={form}", values=(("name", report.name),))
        for report in list_reports()
        for form in ("csv", "xlsx")
    ]
    return [*listed, *exported, *reports]


def unpacked(content: bytes) -> bytes:
    """Open a workbook that stands inside a packet of files: it keeps the time at which it was made, packed."""
    start = content.find(b"PK\x03\x04")
    if start < 0:
        return content
    with zipfile.ZipFile(io.BytesIO(content[start:])) as archive:
        return content[:start] + b"\n".join(unpacked(archive.read(name)) for name in archive.namelist())


def told(world: World, values: Mapping[str, Any]) -> Answers:
    """Read every entrance as the reader, after every reader of the log has caught up."""
    for job in (*JOBS, *JOBS):
        job.run()
    cache.clear()
    drop_caches()
    found: Answers = {}
    ids = sorted({str(value) for name, value in values.items() if name in FOREIGN}, key=len, reverse=True)
    for number, row in enumerate(rows()):
        answer = call(world, "blind", row, dict(values))
        content = NOISE.sub(b"", unpacked(body_of(answer)))
        for one in ids:
            content = content.replace(one.encode(), b"?")
        found[f"{number} {row.entrance} {row.query} {row.body if isinstance(row.body, dict) else ''}"] = (
            answer.status_code,
            content,
        )
    return found


@pytest.fixture
def world(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Give a world in which nothing was followed up yet."""
    monkeypatch.setattr(settings, "HOME", type(settings.HOME)(tmp_path))
    drop_caches()
    made = make_world(is_followed=False)
    person = {"id": "p1", "role": "driver", "standing": "charged", "name": "Hassan Bey"}
    officer = actor_of(made.people["officer"])
    own = make.submit_case(officer, **plain_case(4, persons=[{**person, "suspect": str(made.values["suspect_id"])}]))
    validate_record(make.actor("validator", "DTN"), record_id=own.record_id, revision=1)
    made.values |= dict.fromkeys(("case_id", "record_id", "ready_id"), own.record_id)
    made.values["reference"] = own.reference
    made.people |= {"keeper": make.user("validator", "DTN", covers="DTN"), "counsel": make.user("legal", "HQ")}
    yield made
    drop_caches()


def follow(room: str, world: World) -> dict[str, Any]:
    """Keep in one register of a case what it can hold."""
    return {"custody": keep, "legal": judge, "investigations": investigate}[room](world)


def keep(world: World) -> dict[str, Any]:
    """Take an exhibit in, weigh it wrong, sample it, hand the sample over, inventory it, dispose of it."""
    keeper = actor_of(world.people["keeper"])
    case_id = world.values["case_id"]
    paper = store_media(keeper, content=photo(size=(300, 200)), filename="receipt.jpg").sha256
    given = {"amount": "4", "unit": "kg", "place": SECRET, "description": SECRET, "seal": SECRET}
    exhibit = take_in(keeper, case_id=case_id, line="q4", given=given)

    def act(target: Any, kind: str, **answers: Any) -> Any:
        return record_custody(keeper, exhibit_id=target.id, kind=kind, given=answers)

    act(exhibit, "moved", place=f"{SECRET} 2")
    act(exhibit, "weighed", amount="3", unit="kg", reason=SECRET)
    sample = act(exhibit, "sampled", amount="0.5", unit="kg", seal=SECRET)
    out = {"to": "laboratory", "organisation": SECRET, "receiver": SECRET, "back_by": "2026-01-01", "receipt": paper}
    act(sample, "handed_over", **out)
    people = [{"name": f"{SECRET} {n}", "capacity": "witness", "signed": "1"} for n in (1, 2)]
    act(exhibit, "inventoried", found="yes", people=people, concerns=["p1"])
    handed = CustodyAct.objects.get(kind="handed_over")
    return {"exhibit_id": exhibit.id, "act_id": handed.id, "sha256": paper}


def judge(world: World) -> dict[str, Any]:
    """Open a proceeding about a person, set a deadline that has passed, decide, and appeal another one."""
    counsel = actor_of(world.people["counsel"])
    case_id = world.values["case_id"]
    paper = store_media(counsel, content=photo(size=(300, 200)), filename="summons.jpg").sha256
    opened = {"stage": "first_instance", "prosecutor": SECRET, "claimant": SECRET, "counsel": SECRET, "paper": paper}
    row = open_proceeding(counsel, case_id=case_id, item="p1", given=opened)
    goods = open_proceeding(counsel, case_id=case_id, given={"stage": "administrative", "court": SECRET})

    def act(target: Any, kind: str, **answers: Any) -> None:
        record_legal(counsel, proceeding_id=target.id, kind=kind, given=answers)

    act(row, "hearing", on="2026-03-01", result=SECRET)
    act(row, "decision", outcome="acquitted", decided_on="2026-06-01")
    act(goods, "deadline", what=SECRET, until=now().date().isoformat())
    first = LegalAct.objects.get(kind="opened", proceeding=row)
    return {"proceeding_id": row.id, "legal_act_id": first.id, "sha256": paper}


def investigate(world: World) -> dict[str, Any]:
    """Open an investigation of a closed team with the case, its person, a task that is overdue, and a log."""
    contact = actor_of(world.people["contact"])
    row = open_investigation(contact, new=NewInvestigation(SECRET, "drugs", SECRET))
    contact = actor_of(world.people["contact"])
    task = give_task(contact, investigation_id=row.pk, task=NewTask(SECRET, contact.id, due=now().date()))
    link = link_record(contact, investigation_id=row.pk, record=world.values["reference"], note=SECRET)
    link_record(contact, investigation_id=row.pk, record=str(world.values["suspect_id"]), note=SECRET)
    write_entry(contact, investigation_id=row.pk, entry=NewEntry("contact", SECRET, party=SECRET))
    kept = {"investigation_id": row.pk, "investigation_task_id": task.id, "investigation_link_id": link.id}
    return {**kept, "sha256": NO_PAPER}


def let_in(world: World, monkeypatch: pytest.MonkeyPatch, withheld: tuple[str, ...]) -> None:
    """Make the reader: somebody who may do everything that any role may, but for what is withheld."""
    every = {one for granted in roles.ROLES.values() for one in granted}
    allowed = tuple(sorted(one for one in every if not one.startswith(withheld)))
    monkeypatch.setitem(roles.ROLES, "blind", allowed)
    roles.permissions_of.cache_clear()
    world.people["blind"] = make.user("blind", "HQ", covers="HQ", clearance=4)


@pytest.mark.parametrize("room", sorted(WITHHELD))
def test_a_register_that_one_may_not_see_changes_no_answer(
    room: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(world, monkeypatch, WITHHELD[room])
    with clock_at(now() + timedelta(minutes=1)):
        missing = {name: uuid7() for name in ("exhibit_id", "act_id", "proceeding_id", "legal_act_id")}
        missing |= {name: uuid7() for name in ("investigation_id", "investigation_task_id", "investigation_link_id")}
        before = told(world, {**world.values, **missing, "sha256": NO_PAPER})
        after = told(world, {**world.values, **missing, **follow(room, world)})
    changed = [name for name in before if before[name] != after[name]]
    assert changed == [], [(name, *differs(before[name], after[name])) for name in changed]
    assert [name for name, (_status, content) in after.items() if SECRET.encode() in content] == []


def differs(first: tuple[int, bytes], second: tuple[int, bytes]) -> tuple[Any, ...]:
    """Return where two answers part."""
    before, after = first[1], second[1]
    pairs = enumerate(zip(before, after, strict=False))
    place = next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))
    near = slice(max(0, place - 100), place + 100)
    return first[0], second[0], before[near], after[near]


@pytest.mark.parametrize("room", ["custody", "legal"])
def test_who_may_see_a_register_is_told_of_it_on_many_entrances(
    room: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison can fail only if there is something to be found."""
    let_in(world, monkeypatch, ("log:",))
    with clock_at(now() + timedelta(minutes=1)):
        kept = follow(room, world)
        after = told(world, {**world.values, **kept})
    wanted = {
        "custody": ("GET /custody/<uuid:exhibit_id>", "GET /cases/<uuid:case_id>"),
        "legal": ("GET /cases/<uuid:case_id>/legal",),
    }
    found = [name for name, (_status, content) in after.items() if SECRET.encode() in content]
    assert all(any(f" {entrance} " in name for name in found) for entrance in wanted[room]), found
    assert len(found) > len(wanted[room])
