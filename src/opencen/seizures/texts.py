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
        "event.relate": "Relate as the same event",
        "case.not_found": "There is no such case, or it is not for you to see.",
        "line.not_found": "There is no such line.",
    }
)
