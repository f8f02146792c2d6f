"""Which roles can hold between which kinds of record: a person works for a company, never for a case."""

from __future__ import annotations

from opencen.codelists.catalogue import get_list

PERSON, COMPANY, CONVEYANCE, CASE, INVESTIGATION = "suspect", "company", "conveyance", "case", "investigation"
ANYTHING = (PERSON, COMPANY, CONVEYANCE, CASE, INVESTIGATION)
_PARTIES = (PERSON, COMPANY)
_FILES = (CASE, INVESTIGATION)

# Role: from what, to what. A role that is not named here holds between any two records.
_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "associate": (_PARTIES, _PARTIES),
    "accomplice": ((PERSON,), (PERSON,)),
    "relative": ((PERSON,), (PERSON,)),
    "same_person": ((PERSON,), (PERSON,)),
    "same_company": ((COMPANY,), (COMPANY,)),
    "director": (_PARTIES, (COMPANY,)),
    "owner": (_PARTIES, (COMPANY, CONVEYANCE)),
    "employee": ((PERSON,), (COMPANY,)),
    "supplier": (_PARTIES, _PARTIES),
    "customer": (_PARTIES, _PARTIES),
    "user": (_PARTIES, (CONVEYANCE,)),
    "subject": (_FILES, ANYTHING),
    "same_method": (_FILES, _FILES),
    "same_operation": (_FILES, _FILES),
    "involved": ((PERSON, COMPANY, CONVEYANCE), _FILES),
}
_INVERSE = {"managed_by": "director", "owned_by": "owner", "employer": "employee", "used_by": "user"} | {
    "subject_of": "subject",
    "involves": "involved",
}


def other_ends(role: str, kind: str) -> tuple[str, ...]:
    """Return the kinds of record to which a record of a kind can stand in a role."""
    first, second = _ENDS.get(_INVERSE.get(role, role), (ANYTHING, ANYTHING))
    if role in _INVERSE:
        first, second = second, first
    return second if kind in first or kind not in ANYTHING else ()


def roles_of(kind: str, language: str) -> list[tuple[str, str, str]]:
    """Return the roles in which a record of a kind can stand: code, word and the kinds at the other end."""
    found = [(code.code, code.label(language), other_ends(code.code, kind)) for code in get_list("link_role")]
    return [(code, label, " ".join(ends)) for code, label, ends in found if ends]
