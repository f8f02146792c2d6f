"""English templates of what is wrong with the zone of a travel document, and with numbers that countries give."""

from __future__ import annotations

_Template = str | tuple[str, str]

ZONES: dict[str, _Template] = {
    "mrz.empty": ("There is nothing to read.", "Type or paste the lines with the many “<”."),
    "mrz.length": ("The lines have {found} characters.", "Such a zone has {expected}."),
    "mrz.foreign_character": ("“{found}” cannot stand in a machine-readable zone.", "Only A to Z, 0 to 9 and “<”."),
    "mrz.character": ("{part}: “{found}” cannot stand there.", "It would be {would_be}."),
    "mrz.check_digit": ("{part}: the check digit {found} does not fit.", "It would be {would_be}."),
    "mrz.date": ("{part}: no calendar has the day {found}.", "Compare it with the document."),
    "mrz.misread": "{new_value}: characters misread",
    "mrz.check_digit_wrong": "{new_value}: check digit corrected",
    "number.meant": "It was {new_value}",
    "mrz.part.document_code": "Kind of document",
    "mrz.part.issuer": "Issuing state",
    "mrz.part.names": "Name",
    "mrz.part.number": "Document number",
    "mrz.part.nationality": "Nationality",
    "mrz.part.birth_date": "Date of birth",
    "mrz.part.sex": "Sex",
    "mrz.part.expires_on": "Date of expiry",
    "mrz.part.optional": "Personal number",
    "mrz.part.optional_2": "Further number",
    "mrz.part.composite": "Whole zone",
}
