"""What this room's codes say, in English: what is wrong, and what would be right."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "watch.not_found": "There is no such watch entry, or it is not for you to see.",
        "watch.no_subject": ("A case is not watched.", "Watch a person, a company or a means of transport."),
        "watch.subject_missing": (
            "Of whom or what is not said.",
            "Choose a person, a company or a means of transport.",
        ),
        "watch.action_missing": ("What is wanted is not said.", "Choose an action."),
        "watch.end_missing": ("Until when is not said.", "Name the last day; the entry ends by itself."),
        "watch.action_unknown": "“{value}” is no action that a watch entry may want.",
        "watch.authority_missing": (
            "A stop needs an authority that ordered it.",
            "Name the court, prosecutor or law that allows the stop.",
        ),
        "watch.ends_before_start": "The watch entry would end before it starts.",
        "watch.ends_in_the_past": ("The watch entry would end in the past.", "Choose a later day."),
        "watch.too_long": ("A watch entry lasts no longer than {days} days.", "Renew it when it is still needed."),
        "watch.ended": ("The watch entry has ended.", "Set a new one."),
        "watch.cleared": ("The person or business is cleared.", "Nothing may be wanted of somebody who is cleared."),
        "watch.outcome_unknown": "“{value}” is no outcome of a hit.",
        "watch.hit_in_the_future": ("The hit lies in the future.", "Check day and time."),
        "watch.hit_before_start": ("The hit lies before the watch entry began.", "Check day and time."),
        "review.not_found": "There is no such review, or it is not for you to see.",
        "review.decision_unknown": "“{value}” is no decision on a review.",
        "review.settled": "The review is settled.",
        "act.watch.set": "Watch entry set by {by}",
        "act.watch.renewed": "Watch entry renewed by {by}",
        "act.watch.ended": "Watch entry ended by {by}",
        "act.watch.hit": "Hit reported by {by}",
        "act.standing.cleared": "Cleared: watch entries ended, review asked for",
        "act.standing.reviewed": "Review after clearing settled by {by}",
    }
)
