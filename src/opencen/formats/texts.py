"""What this room's codes say, in English: what is wrong, and what would be right."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "export.too_many": ("More records than one file takes.", "At most {limit}: narrow the list."),
        "format.unknown": "There is no format “{name}”.",
        "import.column_unknown": "The column “{column}” is not known.",
        "import.line_too_long": "A line of the file is longer than {limit} characters.",
        "import.no_document": "A line of the file holds no document.",
        "import.not_json": "A line of the file is not JSON.",
        "import.row_without_record": "A row belongs to no record of the file.",
    }
)
