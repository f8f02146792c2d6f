"""What a new user looks at first: a review queue, returned cases, a hold, cases at the hub, one that waits."""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from opencen.commands.demo.afterwards import follow_in_court, keep_exhibits
from opencen.commands.demo.cases import Drawn, draw_case, make_id, write_moment
from opencen.commands.demo.country import BY_CODE, recorder_of
from opencen.commands.demo.history import Desk
from opencen.commands.demo.pictures import Album
from opencen.commands.demo.reefer import reefer_case, with_laboratory
from opencen.commands.demo.subjects import add_reefer_subjects, promote_some
from opencen.commands.protocol import CommandFailed
from opencen.kernel.clock import clock_at
from opencen.log.transactions import write_transaction
from opencen.records.holds import set_hold
from opencen.records.intake import SubmissionIn, submit
from opencen.records.review import cancel_record, return_record
from opencen.release.services import Choices, release_record

PROFILE = "global_cen"
QUEUE = (("DTN", 10), ("DNW", 2), ("DCE", 2), ("DSF", 2), ("DSE", 2))
SENT = 6


@dataclass(slots=True)
class Showcase:
    """Whose desk, which photos, until when, and the hub that cases go to."""

    desk: Desk
    album: Album
    rng: random.Random
    today: datetime
    hub: str

    def draw(self, district: str, hours: float, *, office: str = "", goods: str = "") -> Drawn:
        """Draw a case of the last days, of one district or office, perhaps of certain goods."""
        found = self.today - timedelta(hours=hours)
        while True:
            case = draw_case(self.rng, found, is_detailed=True)
            post = BY_CODE[case.office]
            is_fitting = case.document["lines"][0]["commodity"].startswith(goods)
            if post.district == district and office in ("", post.code) and is_fitting:
                case.recorded = found + timedelta(hours=2)
                drop_later_stages(case)
                return case

    def submit(self, case: Drawn) -> None:
        """Hand a case in as its office's recorder."""
        self.desk.submit("case", [case], recorder_of(case.office), case.recorded)

    def send(self, case: Drawn, at: datetime, revision: int = 1) -> None:
        """Let a validated case go to the hub, as the National Contact Point does after looking at it."""
        photos = [item["id"] for item in case.document.get("media", ()) if item.get("releasable")]
        with clock_at(at):
            release_record(
                self.desk.actor("contact"),
                record_id=case.id,
                revision=revision,
                profile=PROFILE,
                recipient=self.hub,
                choices=Choices(photos=tuple(photos)),
            )

    def amend(self, case: Drawn, document: dict[str, Any], at: datetime) -> None:
        """State a case anew as its own recorder."""
        given = SubmissionIn(
            "case", case.id, make_id(self.rng, at), document, base_revision=1, reasons={"seal.differs": SEAL_REASON}
        )
        with clock_at(at):
            receipt = submit(self.desk.actor(recorder_of(case.office)), given)
        if not receipt.is_accepted:
            raise CommandFailed(f"the door refused an amendment: {[found.key for found in receipt.findings]}")


def drop_later_stages(case: Drawn) -> None:
    """Leave out what the laboratory would find after the case was recorded."""
    last = write_moment(case.recorded)[:10]
    for line in case.document["lines"]:
        if "assessments" in line:
            line["assessments"] = [stage for stage in line["assessments"] if stage["on"] <= last]


SEAL_REASON = "Duplicate seal, photographed, exhibit 2."


def add_showcase(show: Showcase, present: list[Drawn]) -> None:
    """Add all of it, in one transaction."""
    with write_transaction():
        send_some(show, present)
        amend_some(show, present)
        hold_one(show)
        cancel_one(show)
        add_afterwards(show, add_reefer(show))
        return_two(show)
        fill_queue(show)
        promote_some(show.desk, present[: len(present) // 2], show.today)


def send_some(show: Showcase, present: list[Drawn]) -> None:
    """Send a few of the last validated cases to the hub."""
    newest = [case for case in present if "media" in case.document][-SENT:]
    for number, case in enumerate(newest):
        show.send(case, show.today - timedelta(hours=30 - number))


def amend_some(show: Showcase, present: list[Drawn]) -> None:
    """Amend two cases after their validation: they wait for a second look."""
    for number, case in enumerate([case for case in present if case.office == "TUN"][-2:]):
        document = deepcopy(case.document)
        document["seized_at"] = write_moment(case.found + timedelta(hours=2))
        show.amend(case, document, show.today - timedelta(hours=28 - number))


def hold_one(show: Showcase) -> None:
    """Hold back a validated case for a controlled delivery."""
    case = show.draw("DTN", 120, office="RDS")
    show.submit(case)
    show.desk.validate(case, show.today - timedelta(hours=96))
    with clock_at(show.today - timedelta(hours=95)):
        set_hold(
            show.desk.actor("validator"),
            record_id=case.id,
            kind="controlled_delivery",
            authority="Public prosecutor, Tunis",
            order_number="CD-2026-0031",
            reason="The parcel goes on under watch; nothing of it may be known abroad before.",
            until=show.today + timedelta(days=12),
        )


def cancel_one(show: Showcase) -> None:
    """Cancel a case that was recorded twice by mistake."""
    case = show.draw("DTN", 110, office="TUN")
    show.submit(case)
    with clock_at(show.today - timedelta(hours=90)):
        cancel_record(
            show.desk.actor("legal"), record_id=case.id, reason="Recorded twice by mistake at the change of shift."
        )


def add_afterwards(show: Showcase, reefer: Drawn) -> None:
    """Keep its exhibits and follow it to court; of a case three days old nothing went to the laboratory yet."""
    late = show.draw("DTN", 70, office="RDS", goods="drugs")
    show.submit(late)
    keep_exhibits(show.desk, reefer, late)
    follow_in_court(show.desk, reefer, show.today)


def add_reefer(show: Showcase) -> Drawn:
    """Add the case of the guide: sent to the hub, then weighed anew by the laboratory; its correction waits."""
    found = show.today - timedelta(days=9)
    case = Drawn(make_id(show.rng, found), "RDS", found, found + timedelta(hours=7), reefer_case(found))
    show.album.show_all(case, ("bricks", "xray", "scale", "doors", "seal"))
    given = SubmissionIn("case", case.id, case.id, case.document, reasons={"seal.differs": SEAL_REASON})
    with clock_at(case.recorded):
        receipt = submit(show.desk.actor("officer"), given)
    if not receipt.is_accepted:
        raise CommandFailed(f"the door refused the case of the guide: {[found.key for found in receipt.findings]}")
    show.desk.validate(case, found + timedelta(days=2))
    show.send(case, found + timedelta(days=3))
    at = found + timedelta(days=6)
    linked = add_reefer_subjects(show.desk, case, with_laboratory(case.document, at), at - timedelta(days=1))
    show.amend(case, linked, at)
    show.desk.validate(case, found + timedelta(days=7), revision=2)
    return case


def return_two(show: Showcase) -> None:
    """Return two cases to the officer, with a reason at a field."""
    returned: tuple[tuple[str, dict[str, str]], ...] = (
        (
            "revenue.tobacco.cigarettes",
            {
                "lines[l1].quantity": "Sticks or packs? The photo shows packs of 20.",
                "route": "The transit country is missing.",
            },
        ),
        ("money.cash", {"detected_at": "Is this the hour of the find, or of the arrival of the ferry?"}),
    )
    for number, (goods, reasons) in enumerate(returned):
        case = show.draw("DTN", 60 + 9 * number, office="RDS", goods=goods)
        show.album.show(case, 2)
        show.submit(case)
        with clock_at(show.today - timedelta(hours=40 - number)):
            return_record(show.desk.actor("validator"), record_id=case.id, revision=1, reasons=reasons)


def fill_queue(show: Showcase) -> None:
    """Leave cases of the last days waiting for a second person, and log the checks of the week."""
    for district, count in QUEUE:
        for number in range(count):
            office = "RDS" if district == "DTN" and number < 3 else ""
            case = show.draw(district, 5 + number * 9, office=office)
            if number % 3 == 0:
                show.album.show(case, 3)
            show.submit(case)
    for day in range(7):
        when = show.today - timedelta(days=day, hours=2)
        document = {
            "country": "TN",
            "office": "RDS",
            "at": write_moment(when),
            "subject": "container",
            "count": 24 + day,
        }
        document |= {"detection_method": "risk_profiling", "technique": "imaging.container", "result": "none"}
        show.desk.submit("control", [Drawn(make_id(show.rng, when), "RDS", when, when, document)], "officer", when)
