"""Let the service work through its year: week by week cases come in by the one door, and second persons validate."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from opencen.commands.demo.cases import Drawn, draw_case, draw_moments, make_id, recorded_at, write_moment
from opencen.commands.demo.country import BY_CODE, POSTS, SILENT, VALIDATOR, Post, recorder_of
from opencen.commands.demo.marginals import read_marginals
from opencen.commands.demo.settling import Person
from opencen.commands.protocol import CommandFailed
from opencen.kernel.actor import Actor
from opencen.kernel.clock import clock_at
from opencen.log.transactions import write_transaction
from opencen.records.intake import Receipt, SubmissionIn, submit_many
from opencen.records.review import validate_record

BATCH = 250
YEAR = 2026
DETAILED = 0.4
REGISTERED = 0.15
VALIDATED_AFTER = timedelta(days=2, hours=2)
REASON = "Checked against the papers and the scale; it is so."
SUBJECTS = {
    "airport": "traveller",
    "mail_centre": "parcel",
    "express_courier": "parcel",
    "seaport": "container",
    "land_boundary": "conveyance",
    "inland": "conveyance",
    "free_zone": "consignment",
}
TECHNIQUE = {"traveller": "imaging.baggage", "parcel": "imaging.baggage", "container": "imaging.container"}


def draw_year(rng: random.Random, year: int, total: int) -> list[Drawn]:
    """Draw the cases of a year's ten months; an office that was silent in a month has none."""
    drawn = []
    for moment in draw_moments(rng, year, tuple(read_marginals()["national"]["months"]), total):
        case = draw_case(rng, moment, is_detailed=rng.random() < DETAILED)
        while year == YEAR and moment.month in SILENT.get(case.office, ()):
            case = draw_case(rng, moment, is_detailed=rng.random() < DETAILED)
        if year == YEAR and rng.random() < REGISTERED:
            case.document["national"] = {"register_number": f"RS {rng.randrange(10**6):06d}"}
        drawn.append(case)
    return drawn


def draw_second_reports(rng: random.Random, cases: list[Drawn]) -> list[Drawn]:
    """Draw what another office reported of the same event: the two count once."""
    seconds = []
    for case in rng.sample(
        [case for case in cases if case.office in ("TUN", "LGN", "RDS")], k=min(6, len(cases) // 40)
    ):
        document = {name: value for name, value in case.document.items() if name not in ("media", "unit", "form")}
        document |= {"office": "TUI", "form": "short"}
        document["relations"] = [{"id": "same1", "kind": "same_event", "record": str(case.id)}]
        recorded = case.recorded + timedelta(days=7)
        seconds.append(Drawn(make_id(rng, recorded), "TUI", case.found, recorded, document))
    return seconds


def draw_tallies(rng: random.Random, year: int, total: int, *, weekly: bool) -> list[Drawn]:
    """Draw the checks that found nothing, as tallies of an office over a week or a month, so many together."""
    days = [datetime(year, 1, 4, 16, tzinfo=UTC) + timedelta(days=7 * week) for week in range(43)]
    months = [datetime(year, month, 28, 16, tzinfo=UTC) for month in range(1, 11)]
    slots = [
        (post, day)
        for day in (days if weekly else months)
        for post in POSTS
        if year != YEAR or day.month not in SILENT.get(post.code, ())
    ]
    weights = [(post.share + 0.6) * rng.uniform(0.8, 1.2) for post, _day in slots]
    together, left = sum(weights), total
    tallies = []
    for number, ((post, day), weight) in enumerate(zip(slots, weights, strict=True), 1):
        count = left if number == len(slots) else max(1, round(total * weight / together))
        left -= count
        tallies.append(_tally(rng, post, day, count))
    return tallies


def _tally(rng: random.Random, post: Post, day: datetime, count: int) -> Drawn:
    subject = SUBJECTS[post.location]
    document: dict[str, Any] = {
        "country": "TN",
        "office": post.code,
        "at": write_moment(day)[:10],
        "subject": subject,
        "count": count,
        "detection_method": rng.choice(("routine_control", "risk_profiling", "risk_profiling", "random_selection")),
        "result": "none",
    }
    if subject in TECHNIQUE:
        document["technique"] = TECHNIQUE[subject]
    return Drawn(make_id(rng, day), post.code, day, recorded_at(rng, post.code, day), document)


class Desk:
    """Hand in what was drawn and have it validated, at the times it was drawn for."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self.people = people
        self.with_reason = 0
        self.references: dict[UUID, str] = {}

    def actor(self, username: str) -> Actor:
        """Return who acts under a user name."""
        return self.people[username].actor

    def submit(self, kind: str, drawn: list[Drawn], by: str, at: datetime) -> None:
        """Hand in what one user records at one time; a warning gets the officer's reason."""
        for start in range(0, len(drawn), BATCH):
            part = drawn[start : start + BATCH]
            given = [SubmissionIn(kind, case.id, case.id, case.document) for case in part]
            with clock_at(at):
                receipts = submit_many(self.actor(by), given)
                self._answer(self.actor(by), given, receipts)
            self.references.update({receipt.record_id: receipt.reference or "" for receipt in receipts})

    def _answer(self, actor: Actor, given: list[SubmissionIn], receipts: list[Receipt]) -> None:
        again = []
        for submission, receipt in zip(given, receipts, strict=True):
            if receipt.is_accepted:
                continue
            reasons = {found.code: REASON for found in receipt.findings if found.level == "warning"}
            again.append(replace(submission, reasons=reasons))
        if not again:
            return
        self.with_reason += len(again)
        for receipt in submit_many(actor, again):
            self.references[receipt.record_id] = receipt.reference or ""
            if not receipt.is_accepted:
                codes = [found.key for found in receipt.findings if found.level == "error"]
                raise CommandFailed(f"the door refused a case of the demonstration: {codes}")

    def validate(self, case: Drawn, at: datetime, revision: int = 1) -> None:
        """Have a case validated by the second person of its district."""
        validator = self.actor(VALIDATOR[BY_CODE[case.office].district])
        with clock_at(at):
            validate_record(validator, record_id=case.id, revision=revision)


def work_through(desk: Desk, cases: list[Drawn], tallies: list[Drawn]) -> None:
    """Work through the time in order: what was recorded in a week is validated two days after it."""
    for drawn in _in_order(cases, tallies):
        with write_transaction():
            for (kind, recorder), part in drawn.items():
                desk.submit(kind, part, recorder, max(case.recorded for case in part))
            for part in [part for (kind, _recorder), part in drawn.items() if kind == "case"]:
                at = max(case.recorded for case in part) + VALIDATED_AFTER
                for case in part:
                    desk.validate(case, at)


def _in_order(cases: list[Drawn], tallies: list[Drawn]) -> Iterator[dict[tuple[str, str], list[Drawn]]]:
    """Yield what one user records in a week; the year before, and tallies, in a month."""
    spans: dict[datetime, dict[tuple[str, str], list[Drawn]]] = defaultdict(lambda: defaultdict(list))
    for kind, drawn in (("case", cases), ("control", tallies)):
        for case in drawn:
            day = case.recorded.replace(hour=0, minute=0, second=0, microsecond=0)
            is_weekly = kind == "case" and case.recorded.year == YEAR
            back = day.weekday() if is_weekly else day.day - 1
            spans[day - timedelta(days=back)][kind, recorder_of(case.office)].append(case)
    for first in sorted(spans):
        yield spans[first]
