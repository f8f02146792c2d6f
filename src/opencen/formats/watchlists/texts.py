"""What this room's codes say, in English: what is wrong, and what would be right."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "watchlist.empty": "The file of the list is empty.",
        "watchlist.too_large": ("The file is larger than any list of its kind.", "At most {limit} bytes."),
        "watchlist.ten_times": (
            "The list has {found} entries, ten times as many as the {before} it had.",
            "Check that it is the right file.",
        ),
        "watchlist.not_text": "The file cannot be read as text in UTF-8.",
        "watchlist.truncated": ("The file is cut off or damaged at line {line}.", "Download it again."),
        "watchlist.version": (
            "The file has another shape than this list: {found} instead of {expected}.",
            "It may be another list, or a newer version of its format.",
        ),
        "watchlist.file_missing": ("Not all files of the list are there.", "Missing: {missing}."),
        "watchlist.repeated_id": "{count} entries of the file have no number of their own.",
        "watchlist.unresolved": (
            "Aliases or addresses of {count} entries belong to nobody in the file; the first is {first}.",
            "The files are of different days, or one is cut off.",
        ),
        "watchlist.line_unreadable": "Line {line} of the file cannot be read.",
        "watchlist.row_incomplete": "Line {line} has no number or no name.",
        "watchlist.mapping_unreadable": ("The mapping cannot be read.", "{reason}"),
        "watchlist.mapping_incomplete": (
            "The mapping names no column for the number or the name.",
            "State key, and a column for name.",
        ),
        "watchlist.mapping_target": ("The mapping fills “{found}”, which is no field.", "Known are {known}."),
        "watchlist.mapping_kind": ("The mapping names a kind that is not known.", "Known are {known}."),
        "watchlist.format_unknown": ("There is no format “{found}” of lists.", "Known are {known}."),
        "watchlist.name_shape": ("“{found}” cannot be the name of a list.", "Small letters, digits and hyphens."),
        "watchlist.database_off": "A list needs the databases of suspects, companies and means of transport.",
        "watchlist.half_gone": (
            "{gone} of {of} entries are no longer in the file.",
            "Nothing was changed. Check the file; if it is right, confirm the loss.",
        ),
        "watchlist.not_waiting": "This file does not wait for a confirmation.",
        "watchlist.under_way": "A file of this list is being loaded.",
        "watchlist.load_unknown": "There is no such load of a list.",
        "act.watchlist.loaded": "List loaded by {by}",
    }
)
