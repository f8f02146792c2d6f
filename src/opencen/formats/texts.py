"""What this room's codes say, in English: what is wrong, and what would be right."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "export.too_many": ("More records than one file takes.", "At most {limit}: narrow the list."),
        "format.unknown": "There is no format “{name}”.",
        "import.column_unknown": "The column “{column}” is not known.",
        "import.line_too_long": "A line of the file is longer than {limit} characters.",
        "import.no_rows": "The file holds no rows.",
        "import.not_a_table": ("The file is no table ({found}).", "Send XLSX, CSV or JSON lines."),
        "import.too_many_columns": ("The table has too many columns.", "At most {limit}."),
        "import.too_many_rows": ("The table has too many rows.", "At most {limit}: divide the file."),
        "import.unreadable": "The workbook cannot be read.",
        "mapping.invalid": "The mapping does not have the shape of one.",
        "mapping.name_shape": ("“{value}” is no name for a mapping.", "Use small letters, digits and underscores."),
        "mapping.not_toml": "The mapping is not TOML.",
        "mapping.path_unknown": "The mapping leads to the field “{value}”, which does not exist.",
        "mapping.unknown": "There is no mapping “{name}”.",
        "import.no_document": "A line of the file holds no document.",
        "import.not_json": "A line of the file is not JSON.",
        "import.row_without_record": "A row belongs to no record of the file.",
    }
)
