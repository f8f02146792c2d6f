"""What tests of custody do to an exhibit."""

from __future__ import annotations

from opencen.seizures.custody.services import record_custody, take_in
from tests import make

TWO = [
    {"name": "Amel Ghariani", "capacity": "officer", "signed": "1"},
    {"name": "Hassan Bey", "capacity": "owner", "signed": "0", "reason": "refused to sign"},
]


HANDED = {"to": "laboratory", "organisation": "National laboratory", "receiver": "Dr Samia Toumi"}


def driven():
    """Hand a case in with one man in it."""
    people = [{"id": "p1", "role": "driver", "standing": "suspected", "name": "Hassan Bey"}]
    return make.submit_case(make.actor("officer"), persons=people)


def taken(keeper, case, **changes):
    """Take an exhibit in."""
    given = {"amount": "86.42", "unit": "kg", "seal": "TN 4471", "place": "Store 1, shelf 4", **changes}
    return take_in(keeper, case_id=case.record_id, line="l1", given=given)


def act(keeper, exhibit, kind, **given):
    """Record an act."""
    return record_custody(keeper, exhibit_id=exhibit.id, kind=kind, given=given)


def correct(keeper, wrong, kind="", **given):
    """Correct an act, or withdraw it."""
    return record_custody(keeper, exhibit_id=wrong.exhibit_id, kind=kind or wrong.kind, given=given, corrects=wrong.id)
