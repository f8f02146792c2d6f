"""What this room's codes say, in English: what is wrong, and what would be right."""

from __future__ import annotations

from opencen.records.texts import texts

texts(
    {
        "code.hs_shortened": "Of “{value}” the six digits of the Harmonized System were taken: {taken}.",
        "date.maybe_turned": (
            "“{value}” may be a date whose day and month the spreadsheet exchanged.",
            "It would be {would_be}.",
        ),
        "date.serial_number": "“{value}” is a spreadsheet's number of a day; {taken} was taken.",
        "date.weekday_differs": ("“{value}” was no {weekday}.", "Compare the date with the weekday beside it."),
        "date.order_undecided": ("“{value}”: which comes first, day or month?", "It would be {would_be}."),
        "download.not_found": "There is no such download, or it is no longer kept.",
        "download.too_many": ("You have {limit} downloads that are not done yet.", "Wait, or cancel one."),
        "export.nothing": "There is nothing to export.",
        "export.too_many": ("More records than one file takes.", "At most {limit}: narrow the list."),
        "format.unknown": "There is no format “{name}”.",
        "import.back_partly": "“{field}” was changed by somebody since: it stays as it is, the other values came back.",
        "import.broken_formula": ("“{value}” is a broken formula: nothing can be read.", "Write the value itself."),
        "import.busy": ("The import is running.", "Wait until it is done, or pause it."),
        "import.column_unknown": "The column “{column}” is not known.",
        "import.date_precision": "{value} is kept as {taken}: the words beside it name no day.",
        "import.ended": "The import has ended ({state}).",
        "import.field_unknown": (
            "No field is called “{value}”, so the column “{header}” goes nowhere yet.",
            "Choose a field from the list, or empty the box to leave the column out.",
        ),
        "import.file_gone": "The file of this import is no longer kept.",
        "import.has_run": ("Rows of this import are stored already.", "Store the repaired ones."),
        "import.line_too_long": "A line of the file is longer than {limit} characters.",
        "import.identifier_damaged": (
            "The spreadsheet shortened this number to “{value}”: its last digits are lost.",
            "Format the column as text and fill it again from its source.",
        ),
        "import.leading_zero_lost": (
            "“{value}” is shorter than the other numbers of its column: a zero may be lost at the front.",
            "It would be {would_be}.",
        ),
        "import.macros": ("A workbook with macros is not taken.", "Save it as a workbook without macros (.xlsx)."),
        "import.merged_number": (
            "“{value}” stands once for several rows.",
            "Write in each row what is its own, or leave it empty.",
        ),
        "import.no_document": "A line of the file holds no document.",
        "import.no_find": ("The row says nothing under “{value}”: nothing was found, it is no case.", "Leave it out."),
        "import.no_header": ("The rows named as header are empty.", "Choose the rows with the names of the columns."),
        "import.no_rows": "The file holds no rows.",
        "import.not_a_table": (
            "The content of the file is no table, whatever its name says: it is {found}.",
            "Send XLSX, XLS, ODS, CSV, JSON or declaration XML.",
        ),
        "import.note_row": ("The row holds one note and no record.", "Delete it, or fill the row."),
        "import.quote_open": (
            "Line {line}: a quotation mark is opened here or just after and never closed; what follows would be lost.",
            "Close it, or take it away.",
        ),
        "import.not_found": "There is no such import, or it is not for you to see.",
        "import.not_json": "A line of the file is not JSON.",
        "import.not_mapped": ("It is not said yet where the columns go.", "Say it, then run."),
        "import.not_running": "The import is not running.",
        "import.other_column": "“{value}” is not readable; another column says {taken}, which was taken.",
        "import.other_row": ("Another row of the same record cannot be stored.", "Repair that one."),
        "import.reason_missing": (
            "A historical import needs one reason for all missing answers.",
            "For example: taken over from the register of 2019 to 2024.",
        ),
        "import.row_repeated": ("The same record stands in another row already.", "Keep one of the rows."),
        "import.row_stored": "The row is stored already; correct the record itself.",
        "import.row_unknown": "There is no such row.",
        "import.row_without_record": "A row belongs to no record of the file.",
        "import.rows_differ": (
            "“{value}” differs from what another row of the same record says.",
            "Make the rows agree.",
        ),
        "import.several_values": ("“{value}” holds several values.", "Which one is meant?"),
        "import.total_row": ("The row is a sum of other rows, no record.", "Delete it: sums are worked out."),
        "import.two_measures": (
            "“{value}” holds two measures.",
            "Say on the columns page how such cells are divided, or write one measure here.",
        ),
        "import.unit_differs": ("“{value}” states another unit than {stated}.", "Keep the one that is right."),
        "import.nothing_to_take_back": "Nothing of this import stands any more: there is nothing to take back.",
        "import.stays_changed": (
            "Somebody changed the record since: it stays.",
            "Correct or cancel the record itself.",
        ),
        "import.stays_erased": "Names in the record were erased since: its former values are gone, it stays.",
        "import.stays_held": ("The record is held back by an order: it stays.", "End the hold first."),
        "import.stays_not_allowed": (
            "The former values are no longer allowed: it stays.",
            "Correct the record itself.",
        ),
        "import.stays_not_yours": "The record is not, or no longer, for you to change: it stays.",
        "import.stays_used": (
            "Something was built upon the record since (a link, an exhibit, a court case, a watch): it stays.",
            "Cancel the record itself where that is right.",
        ),
        "import.stays_validated": (
            "A second person validated the record: it stays.",
            "Who may cancel records can take it back too.",
        ),
        "import.too_many_columns": ("The table has too many columns.", "At most {limit}."),
        "import.too_many_rows": (
            "The table has too many rows.",
            "At most {limit}: divide the file, or delete what stands far below it.",
        ),
        "import.unreadable": "The workbook cannot be read.",
        "number.approximate": ("“{value}” is only about so much.", "Write {would_be} and mark it as an estimate."),
        "import.xml_doctype": (
            "The XML declares a document type, which a data file does not need.",
            "Export it without one.",
        ),
        "mapping.fits_nothing": (
            "No column of the file is in the mapping.",
            "Choose another mapping, or say where each column goes.",
        ),
        "mapping.header_missing": "The file has no column “{value}”, by which the mapping tells rows apart.",
        "mapping.invalid": "The mapping does not have the shape of one.",
        "mapping.name_shape": ("“{value}” is no name for a mapping.", "Use small letters, digits and underscores."),
        "mapping.none_fits": (
            "No saved mapping knows the columns of this file.",
            "Import it once on the page and save its mapping, or name one that fits.",
        ),
        "mapping.not_toml": "The mapping is not TOML.",
        "mapping.other_type": "The mapping is for another kind of record ({value}).",
        "mapping.path_unknown": "The mapping leads to the field “{value}”, which does not exist.",
        "mapping.unknown": "There is no mapping “{name}”.",
        "report.names_stay": ("This report goes to another body: no name leaves with it.", "Make it without names."),
        "report.period": ("The last day is before the first.", "Choose the last day on or after the first."),
        "report.unknown": "There is no report “{name}”.",
        "report.unknown_format": ("A report is not made as “{format}”.", "It would be XLSX or CSV."),
        "statistics.first_month": (
            "The table counts by fiscal years, and nothing in it proves which month they begin with.",
            "Say the month.",
        ),
        "statistics.no_figure": "The row holds no figure.",
        "statistics.none": ("The table is no statistics: no period and sums were found.", "Bring it in as records."),
        "statistics.not_found": "There are no such statistics, or they are not for you to see.",
        "statistics.period_unreadable": ("“{value}” is no period.", "Write a year, or a year and a month."),
        "template.unknown": "There is no template “{name}”.",
        "watched.user_unknown": ("The user of the watched folder is not known.", "Name an active one in opencen.toml."),
        "quantity.seized_not_weighed": (
            "Seized, but neither weighed nor counted (“{value}”).",
            "Nothing was filled in.",
        ),
    }
)
