"""The words of this room's offers; the sentences of its rules stand with the rules."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "quantity.meant": "It was {meant}",
        "place.meant": "The location was “{meant}”",
        "direction.meant": "Change to “{meant}”",
        "detection.meant": "Yes, change to “{meant}”",
        "assessment.meant": "Change to “{meant}”",
        "species.meant": "Change to {meant}",
        "time.swapped": "Month and day swapped: {meant}",
        "person.not_minor": "Was of age",
        "person.is_minor": "Note as a minor",
        "act.case.told_apart": "Told apart from another case by {by}",
        "double.reason_missing": ("What tells the two cases apart is not said.", "Say it in a few words."),
        "double.unnamed": "It is not said which two cases are meant.",
        "double.refused": ("The later case cannot be amended as it is ({codes}).", "Open it and repair it first."),
        "promote.linked_already": "It is linked to a record already.",
        "promote.known": (
            "The document stands in the record {reference} already.",
            "Link that record, or open it and say why another is needed.",
        ),
        "promote.refused": ("No record can be made of it as it is ({codes}).", "Complete it in the case first."),
        "event.relate": "Relate as the same event",
        "case.not_found": "There is no such case, or it is not for you to see.",
        "line.not_found": "There is no such line.",
        "act.record.validated": "Validated by {by}",
        "act.record.returned": "Returned by {by}",
        "act.record.cancelled": "Cancelled by {by}",
        "act.record.merge_settled": "Two statements decided between by {by}",
        "act.record.classified": "Access changed by {by}",
        "act.record.erased": "Personal data erased by {by}",
        "act.hold.set": "Operational hold set by {by}",
        "act.hold.ended": "Operational hold ended by {by}",
        "filter.unknown": "There is no filter “{name}”.",
    }
)
