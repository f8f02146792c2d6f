"""What this room's codes say, in English: what is wrong, and what would be right."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "dimension.unknown": "Figures are not kept by “{name}”.",
        "facts.building": ("The figures are being brought up to date.", "Try again in a moment."),
        "measure.mixed_bases": "{measures} rest on different bases and do not stand in one table.",
        "measure.mixed_currencies": ("{units} cannot be added up.", "Choose one currency."),
        "measure.mixed_families": ("{families} cannot be added up.", "Choose one kind of quantity."),
        "measure.unknown": "There is no measure “{name}”.",
        "question.unknown": "There is no figure “{name}”.",
        "selection.not_a_month": ("“{value}” is no month.", "Write {expected}."),
        "selection.period_reversed": "The period ends before it begins.",
        "selection.period_too_long": ("The period is too long.", "At most {limit} months."),
        "selection.unknown_time": ("Figures are not kept by the time “{value}”.", "Choose {expected}."),
    }
)
