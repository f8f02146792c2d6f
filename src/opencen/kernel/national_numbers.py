"""Tax, VAT and social security numbers by country: whether they prove themselves, and what they may have been.

The countries' rules are those of python-stdnum. A country that it does not know accepts any number.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import stdnum
from stdnum.exceptions import ValidationError

from opencen.kernel.check_digits._base import MISREADINGS

MOST_SUGGESTIONS = 3
LONGEST = 40
# What a tax number is called in the countries whose rule is known; a number is right where one of them takes it.
_TAX = (
    "tin", "vat", "nif", "nit", "rut", "ruc", "rfc", "rif", "cuit", "cnpj", "cpf", "inn", "pan", "gstin", "utr",
    "spi", "ein", "itin", "kra_pin", "idnr", "stnr", "nipt", "edrpou", "unp", "tn", "uid", "bn", "abn", "acn", "tfn",
    "ird", "ntn", "npwp", "mst", "tnr", "crn", "rtn", "rnc", "nie", "cif", "eik", "bulstat", "oib", "maksu", "ytunnus",
    "alv", "siren", "siret", "codicefiscale", "iva", "uscc", "corporate_number", "cn", "brn", "epic", "elstat",
)  # fmt: skip
_VAT = ("vat",)
# What a person's own tax number is; where only companies' numbers have a known rule, any number is taken.
_PERSON = (
    "tin", "nif", "nie", "dni", "nit", "rut", "ruc", "rfc", "curp", "rif", "cuit", "cpf", "cpj", "cedula", "rnc", "ci",
    "inn", "rntrc", "edrpou", "pan", "utr", "ssn", "itin", "atin", "ein", "spi", "idnr", "stnr", "tfn", "abn", "sin",
    "ird", "npwp", "nik", "mst", "pin", "nip", "pesel", "egn", "pnf", "oib", "cnp", "cf", "rc", "dic", "emso", "ddv",
    "hetu", "personnummer", "fodselsnummer", "cpr", "kennitala", "pps", "nn", "bis", "bsn", "asmens", "ik", "pvn",
    "peid", "vkn", "tckimlik", "codicefiscale", "nric", "unp", "tn", "voen", "cui", "nuit", "ric", "uscc",
)  # fmt: skip
# What a social security number is; many countries take a person's one national number for it.
_SOCIAL = (
    "ssn", "nir", "sin", "vnr", "amka", "pps", "nn", "bis", "bsn", "hetu", "personnummer", "fodselsnummer", "cpr",
    "kennitala", "pesel", "egn", "cnp", "emso", "rc", "asmens", "ik", "oib", "codicefiscale",
)  # fmt: skip
KINDS = {"vat": _VAT, "tax": _TAX, "person": _PERSON, "social": _SOCIAL}
COMPANY_KINDS = ("vat", "tax")


def is_national_number(country: str, kind: str, number: str) -> bool:
    """Tell whether a number proves itself by a rule of its country; without a rule it does."""
    modules = _modules(country.lower(), kind)
    return not modules or any(_takes(module, number) for module in modules)


def suggest_number(country: str, kind: str, number: str) -> list[str]:
    """Offer what a wrong number may have been: misread letters first, then swapped neighbours, then the last digit."""
    modules = _modules(country.lower(), kind)
    plain = "".join(number.upper().split())
    if not modules or not plain or len(plain) > LONGEST or is_national_number(country, kind, number):
        return []
    found = dict.fromkeys(other for other in _variants(plain) if any(_takes(module, other) for module in modules))
    return list(found)[:MOST_SUGGESTIONS]


def _variants(text: str) -> Iterator[str]:
    for place, sign in enumerate(text):
        yield from (text[:place] + other + text[place + 1 :] for other in MISREADINGS.get(sign, "")[:2])
    for place in range(len(text) - 1):
        if text[place] != text[place + 1]:
            yield text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if text[-1].isdigit():
        yield from (text[:-1] + digit for digit in "0123456789" if digit != text[-1])


def _takes(module: ModuleType, number: str) -> bool:
    try:
        module.validate(number)
    except (ValidationError, ValueError, IndexError, KeyError):
        return False
    return True


@lru_cache(maxsize=1024)
def _modules(country: str, kind: str) -> tuple[ModuleType, ...]:
    """Return the rules of a country for a kind of number."""
    folder = {"is": "is_", "in": "in_", "el": "gr"}.get(country, country)
    if len(country) != 2 or not country.isalpha() or folder not in _countries():
        return ()
    package = import_module(f"stdnum.{folder}")
    names = {found.name for found in iter_modules(package.__path__)}
    aliases = {name for name in ("vat",) if isinstance(getattr(package, name, None), ModuleType)}
    modules = [import_module(f"stdnum.{folder}.{name}") for name in KINDS[kind] if name in names]
    modules += [getattr(package, name) for name in aliases if name in KINDS[kind] and name not in names]
    return tuple(module for module in modules if hasattr(module, "validate"))


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(found.name for found in iter_modules(stdnum.__path__) if found.ispkg)
