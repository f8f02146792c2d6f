"""What this room's codes say, in English: what is wrong, and what would be right."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "dimension.unknown": "Figures cannot be laid out by “{name}”.",
        "facts.building": "The figures are being computed for the first time. Please come back in a few minutes.",
        "figure.cell_too_small": (
            "The cell “{cell}” rests on {count} cases, and a figure needs {least}.",
            "Widen the period, remove a filter or a dimension, or open the cases themselves.",
        ),
        "figure.unknown_choice": ("“{value}” cannot be chosen here.", "Choose one of: {expected}."),
        "figure.unknown_format": ("There is no format “{format}” for figures.", "Choose CSV or XLSX."),
        "pivot.not_of_checks": ("A check does not state “{dimension}”.", "Choose one of: {expected}."),
        "pivot.same_dimension": ("Rows and columns are the same.", "Choose another dimension for one of them."),
        "pivot.mixed_cell": (
            "The cell “{cell}” holds several kinds of unit ({families}).",
            "Choose one of them; then it is one number.",
        ),
        "figures.away": (
            "The figures are not being answered at this moment.",
            "They start again by themselves: please come back in a minute.",
        ),
        "figures.failed": (
            "This figure could not be computed.",
            "Choose a shorter period or another figure, and tell your administrator.",
        ),
        "figures.too_slow": ("This figure takes too long.", "Choose a shorter period or fewer filters."),
        "figures.unknown_act": "The figures process knows no “{value}”.",
        "freeze.no_period": ("What is frozen needs a period.", "Choose the first and the last month."),
        "saved_figure.not_found": "There is no such saved figure, or it is not yours.",
        "saved_figure.unknown_address": (
            "“{value}” is no address of a figure.",
            "Save it from the page that shows it.",
        ),
        "source.no_column": ("The file has no column “{column}”.", "Columns: {expected}."),
        "source.not_a_number": ("Row {row}: “{value}” is no number of {column}.", "A whole number."),
        "source.not_found": "There is no such source.",
        "source.too_long": ("The file has more than {limit} rows.", "Load one year at a time."),
        "source.not_text": ("The file is not UTF-8 text.", "Save it as CSV in UTF-8."),
        "measure.mixed_bases": "These measures count different things and cannot stand in one table.",
        "measure.mixed_currencies": "These amounts are in several currencies ({units}) and cannot be added.",
        "measure.mixed_families": ("These quantities are in several kinds of unit ({families}).", "Choose one."),
        "question.unknown": "There is no figure “{name}”.",
        "selection.not_a_month": ("“{value}” is no month.", "Write it as {expected}."),
        "selection.period_reversed": "The period ends before it begins.",
        "selection.period_too_long": "The period is longer than {limit} months.",
        "selection.unknown_time": "There is no time “{value}” to count by.",
    }
)
