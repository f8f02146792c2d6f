"""The words of the legal follow-up."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "legal.not_found": "There is no such proceeding, or it is not for you to see.",
        "legal.unknown_act": "There is no such act of a proceeding.",
        "legal.party_unknown": "The case names no such person or company.",
        "legal.closed": ("The proceeding is closed.", "Withdraw its end first, or record an appeal."),
        "legal.has_acts": ("Other acts of this proceeding stand.", "Withdraw those first."),
        "legal.deadline_unknown": "There is no such open deadline.",
        "legal.currency_missing": ("The amount has no currency.", "Choose the currency."),
        "act.legal.opened": "Proceeding {number} opened by {by}",
        "act.legal.standing": "A decision changed the standing of a party; recorded by {by}",
    }
)
