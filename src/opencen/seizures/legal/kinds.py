"""The kinds of acts of a proceeding, and what each holds."""

from __future__ import annotations

from django.utils.translation import gettext_noop as N_

from opencen.seizures.small_records.fields import ActField, ActKind
from opencen.seizures.small_records.kinds import kinds_by_name

STAGES = (
    ("administrative", N_("Administrative")),
    ("referred", N_("Referred to the prosecutor")),
    ("investigation", N_("Judicial investigation")),
    ("first_instance", N_("First instance")),
    ("appeal", N_("Appeal")),
    ("cassation", N_("Highest court")),
    ("enforcement", N_("Enforcement")),
    ("closed", N_("Closed")),
)
CURRENCY = ActField("currency", N_("Currency"), "code", codelist="currency")
PAPER = ActField("paper", N_("Scanned paper"), "media", is_nominal=True)
NOTE = ActField("note", N_("Note"), "long", is_nominal=True)
COURT = ActField("court", N_("Court or authority"))

KINDS: dict[str, ActKind] = kinds_by_name(
    ActKind(
        "opened",
        N_("Opened"),
        "plus",
        (
            COURT,
            ActField("docket", N_("Docket number"), is_nominal=True),
            ActField("stage", N_("Stage"), "choice", is_required=True, choices=STAGES[:-1]),
            ActField("prosecutor", N_("Prosecutor"), is_nominal=True),
            ActField("claimant", N_("Claimant"), is_nominal=True),
            ActField("counsel", N_("Counsel"), is_nominal=True),
            PAPER,
            NOTE,
        ),
    ),
    ActKind(
        "staged",
        N_("New stage"),
        "arrow-right",
        (ActField("stage", N_("Stage"), "choice", is_required=True, choices=STAGES), COURT, NOTE),
    ),
    ActKind(
        "deadline",
        N_("Deadline set"),
        "calendar",
        (
            ActField("what", N_("What has to be done"), is_required=True, is_nominal=True),
            ActField("until", N_("Until"), "day", is_required=True),
        ),
    ),
    ActKind(
        "met",
        N_("Deadline met"),
        "check",
        (ActField("deadline", N_("Which deadline"), "party", is_required=True), NOTE),
    ),
    ActKind(
        "hearing",
        N_("Hearing"),
        "calendar-event",
        (
            ActField("on", N_("On"), "day", is_required=True),
            COURT,
            ActField("result", N_("What came of it"), "long", is_nominal=True),
        ),
    ),
    ActKind(
        "decision",
        N_("Decision"),
        "scale",
        (
            ActField("outcome", N_("Outcome"), "code", is_required=True, codelist="outcome"),
            ActField("decided_on", N_("Decided on"), "day", is_required=True),
            COURT,
            ActField("penalty", N_("Penalty"), "long", is_nominal=True),
            ActField("amount", N_("Fine"), "number"),
            CURRENCY,
            ActField("appeal_until", N_("Appeal possible until"), "day"),
            PAPER,
        ),
    ),
    ActKind(
        "settlement",
        N_("Settlement"),
        "equal",
        (
            ActField("amount", N_("Amount"), "number", is_required=True),
            ActField("currency", N_("Currency"), "code", is_required=True, codelist="currency"),
            ActField("pay_until", N_("To be paid until"), "day"),
            PAPER,
            NOTE,
        ),
    ),
    ActKind(
        "paid",
        N_("Paid"),
        "currency-dollar",
        (
            ActField("amount", N_("Amount"), "number", is_required=True),
            ActField("currency", N_("Currency"), "code", is_required=True, codelist="currency"),
            PAPER,
        ),
    ),
    ActKind(
        "appealed",
        N_("Appeal"),
        "refresh",
        (
            ActField("by_whom", N_("By whom"), is_required=True, is_nominal=True),
            COURT,
            ActField("until", N_("Grounds due until"), "day"),
            PAPER,
        ),
    ),
    ActKind(
        "auctioned",
        N_("Auction"),
        "building",
        (
            ActField("auction_on", N_("Date of the auction"), "day", is_required=True),
            ActField("floor_price", N_("Floor price"), "number"),
            ActField("price", N_("Winning bid"), "number"),
            CURRENCY,
            ActField("bidder", N_("Winning bidder"), is_nominal=True),
            PAPER,
        ),
    ),
)
