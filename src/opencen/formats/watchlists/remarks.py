"""The remarks column of the OFAC list: facts in a fixed wording, parted by semicolons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from opencen.formats.watchlists.listed import ListedBirth, ListedDocument, ListedName, ListedPlace

MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_DATE = r"(?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4}"

# Labels of numbers that identify, the longest first so that none hides behind a shorter one.
LABELS = tuple(
    sorted(
        (
            "Passport", "Diplomatic Passport", "Stateless Person Passport", "Travel Document Number",
            "National ID No.", "National Foreign ID Number", "Personal ID Card", "Identification Number",
            "Identification Number IMO", "Turkish Identification Number", "Cedula No.", "Cedula de Ciudadania",
            "Cedula de Residencia", "D.N.I.", "C.U.I.", "C.U.I.T.", "C.U.I.P.", "C.U.R.P.", "R.F.C.", "I.F.E.", "RTN",
            "NIT #", "N.I.E.", "C.I.F.", "RUC #", "RIF #", "RIF", "LE Number", "SSN", "US FEIN", "Tax ID No.",
            "Italian Fiscal Code", "Fiscal Code", "V.A.T. Number", "Electoral Registry No.", "Credencial electoral",
            "Driver's License No.", "Driver's License", "Residency Number", "Birth Certificate Number",
            "Military Registration Number", "Cartilla de Servicio Militar Nacional", "Citizen's Card Number",
            "Numero de Identidad", "Kenyan ID No.", "Bosnian Personal ID No.", "Bahraini ID",
            "Afghan Money Service Provider License Number", "Numero Unico de Identificacao Tributaria (NUIT)",
            "Refugee ID Card", "Immigration No.", "File Number", "Visa Number ID",
            "British National Overseas Passport", "Registration ID", "Registration Number",
            "Public Registration Number", "Registered Charity No.", "Company Number", "Company Number IMO",
            "UK Company Number", "Business Number", "Business Registration Number",
            "Business Registration Document #", "Commercial Registry Number", "Commercial Registry No.",
            "Chamber of Commerce Number", "Dubai Chamber of Commerce Membership No.",
            "Certificate of Incorporation Number", "Folio Mercantil No.", "Matricula Mercantil No",
            "Government Gazette Number", "Trade License No.", "License", "C.R. No.", "D-U-N-S Number",
            "Legal Entity Number", "Enterprise Number", "Branch Unit Number", "Organization Code",
            "United Social Credit Code Certificate (USCCC)", "Unified Social Credit Code (USCC)", "SWIFT/BIC",
            "BIK (RU)", "Chinese Commercial Code", "Serial No.", "Economic Register Number (CBLS)",
            "Central Registration System Number", "MSB Registration Number", "Pilot License Number",
            "Seafarer's Identification Document", "Tarjeta Profesional", "Tarjeta de Identidad",
            "Personal Identification Number", "Social Security Number", "Interpol: Red Notice. File No.", "N.R.C.",
            "Stateless Person ID Card", "Romanian C.R.", "Romanian Tax Registration", "Tourism License No.",
            "Moroccan Personal ID No.", "Moroccan Tax ID No.", "Phone-Card ID", "Haitian National ID",
            "Legal Entity Identifier (LEI)", "Global Intermediary Identification Number", "UAE Identification",
            "Paraguayan tax identification number", "C.I.N.", "National ID", "Guernsey Registration Number",
            "Istanbul Chamber of Comm. No.", "Turkish Tax ID", "Stock Symbol", "ISIN",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_DOCUMENT = re.compile(
    rf"(?P<label>{'|'.join(map(re.escape, LABELS))})[ :]+(?P<number>\S.*?)"
    rf"(?: \((?P<country>[^()]+(?:\([^()]*\))?)\))?(?: issued (?P<issued>{_DATE}))?(?: expires (?P<expires>{_DATE}))?"
)
_ALIAS = re.compile(r"(?P<use>[afn])\.k\.a\.,? [\"'“‘]?(?P<name>.+?)[\"'”’]?,?")
_CURRENCY = re.compile(r"Digital Currency Address - (?P<text>\S+ \S+)")
_LINKED = re.compile(r"Linked To: (?P<text>.+)")
_WHERE = {"nationality": "nationalities", "citizen": "citizenships", "Nationality of Registration": "nationalities"}
_CRAFT = {
    "Vessel Registration Identification IMO": "imo",
    "Vessel Registration Identification": "registration",
    "Vessel Call Sign": "call_sign",
    "Vessel Type": "type",
    "Vessel Flag": "flag",
    "Vessel Year of Build": "manufactured",
    "MMSI": "mmsi",
    "Former Vessel Flag": "former_flags",
    "None Identified": "",
    "Aircraft Manufacture Date": "manufactured",
    "Aircraft Model": "model",
    "Aircraft Operator": "operator",
    "Aircraft Manufacturer's Serial Number (MSN)": "serial",
    "Aircraft Construction Number (also called L/N or S/N or F/N)": "construction_number",
    "Aircraft Tail Number": "tail_number",
    "Aircraft Mode S Transponder Code": "transponder",
    "Previous Aircraft Tail Number": "former_tail_numbers",
}
_CONTACT = {
    "Email Address": "emails",
    "Website": "websites",
    "Phone Number": "phones",
    "Telephone No.": "phones",
    "Telephone": "phones",
    "Tel.": "phones",
    "Fax No.": "phones",
    "Fax": "phones",
    "Mobile": "phones",
}


@dataclass(slots=True)
class Remarks:
    """What the remarks of one entry say, and what of them could not be read as a fact."""

    births: list[ListedBirth] = field(default_factory=list)
    birth_places: list[ListedPlace] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    citizenships: list[str] = field(default_factory=list)
    documents: list[ListedDocument] = field(default_factory=list)
    names: list[ListedName] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    websites: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    linked_to: list[str] = field(default_factory=list)
    craft: dict[str, list[str]] = field(default_factory=dict)
    sex: str = ""
    established: str = ""
    unread: list[str] = field(default_factory=list)


def read_remarks(text: str) -> Remarks:
    """Read every fact of a remarks column; nothing is dropped, what is no known fact stands in `unread`."""
    found = Remarks()
    for fact in split_facts(text):
        bare = re.sub(r"^alt\. ", "", fact)
        if not any(reader(bare, found) for reader in _READERS):
            found.unread.append(fact)
    return found


def split_facts(text: str) -> Iterator[str]:
    """Part the remarks at semicolons; the full stop at the very end belongs to no fact."""
    bare = text.strip()
    bare = bare[:-1] if bare.endswith(".") else bare
    for part in re.split(r";\s+", bare):
        if part.strip():
            yield part.strip()


def read_date(text: str) -> str:
    """Read `10 Dec 1948`, `Dec 1948` or `1948` as a partial date; empty where it is none."""
    parts = text.strip().split()
    if not parts or not re.fullmatch(r"\d{4}", parts[-1]):
        return ""
    if len(parts) == 1:
        return parts[0]
    month = MONTHS.get(parts[-2][:3].lower())
    if month is None or len(parts) > 3:
        return ""
    year_month = f"{parts[-1]}-{month:02d}"
    return f"{year_month}-{int(parts[0]):02d}" if len(parts) == 3 and parts[0].isdigit() else year_month


def _read_birth(fact: str, found: Remarks) -> bool:
    if not fact.startswith("DOB "):
        return False
    text = fact.removeprefix("DOB ").strip()
    is_about = text.lower().startswith(("circa ", "approximately "))
    text = text.split(" ", 1)[1] if is_about else text
    first, _, last = re.sub(r"^(\d{4})-(\d{4})$", r"\1 to \2", text).partition(" to ")
    at, until = read_date(first), read_date(last)
    if not at:
        return False
    found.births.append(ListedBirth(at, until, is_about))
    return True


def _read_birth_place(fact: str, found: Remarks) -> bool:
    if not fact.startswith("POB "):
        return False
    text = fact.removeprefix("POB ").strip()
    city, comma, country = text.rpartition(",")
    found.birth_places.append(
        ListedPlace(city=city.strip(), country=country.strip()) if comma else ListedPlace(country=text)
    )
    return True


def _read_where(fact: str, found: Remarks) -> bool:
    for word, target in _WHERE.items():
        if fact.startswith(f"{word} "):
            getattr(found, target).append(fact.removeprefix(word).strip())
            return True
    return False


def _read_document(fact: str, found: Remarks) -> bool:
    match = _DOCUMENT.fullmatch(fact)
    if match is None:
        return False
    given: dict[str, Any] = match.groupdict(default="")
    found.documents.append(
        ListedDocument(
            given["label"],
            given["number"].strip(),
            given["country"].strip(),
            read_date(given["issued"]),
            read_date(given["expires"]),
        )
    )
    return True


def _read_alias(fact: str, found: Remarks) -> bool:
    match = _ALIAS.fullmatch(fact)
    if match is None:
        return False
    use = {"a": "alias", "f": "former", "n": "now"}[match["use"]]
    found.names.append(ListedName(match["name"].strip(), use, quality="low"))  # type: ignore[arg-type]  # one of three
    return True


def _read_craft(fact: str, found: Remarks) -> bool:
    for label, target in _CRAFT.items():
        if fact.startswith(label) and target:
            value = fact.removeprefix(label).strip(" :")
            if value:
                found.craft.setdefault(target, []).append(value)
                return True
    return False


def _read_contact(fact: str, found: Remarks) -> bool:
    for label, target in _CONTACT.items():
        if fact.startswith(label):
            value = fact.removeprefix(label).strip(" :.")
            if value:
                getattr(found, target).append(f"Fax {value}" if label.startswith("Fax") else value)
                return True
    return False


def _read_other(fact: str, found: Remarks) -> bool:
    if match := _LINKED.fullmatch(fact):
        found.linked_to.append(match["text"].strip())
    elif match := _CURRENCY.fullmatch(fact):
        found.accounts.append(match["text"].strip())
    elif fact in ("Gender Male", "Gender Female"):
        found.sex = fact.split()[1].lower()
    elif fact.startswith("Organization Established Date "):
        found.established = read_date(fact.removeprefix("Organization Established Date "))
    else:
        return False
    return True


_READERS: tuple[Callable[[str, Remarks], bool], ...] = (
    _read_birth,
    _read_birth_place,
    _read_alias,
    _read_craft,
    _read_document,
    _read_where,
    _read_contact,
    _read_other,
)
