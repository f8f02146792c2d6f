"""Read sums of money as registers write them: "45 000 EUR", "€45,000", "1.200,50 د.ت"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from opencen.codelists.catalogue import resolve
from opencen.formats.cells import Reading, refuse
from opencen.formats.mapping import ColumnMap
from opencen.formats.spelling import written_for

_LANGUAGES = ("en", "fr", "es", "ar", "pt", "ru")
_BEHIND = re.compile(r"([+-]?\d(?:[\d.,'’\s]*\d)?)\s*([^\d\s+-][^\d]*)")
_BEFORE = re.compile(r"([^\d\s+-][^\d]*?)\s*(\d(?:[\d.,'’\s]*\d)?)")
# What a sum states around its field: money that was found is counted in an amount of its currency.
_BESIDE: Mapping[str, Mapping[str, str]] = {
    "quantity": {"unit": "currency", "attributes.currency": ""},
    "amount": {"currency": ""},
    "declared_value": {"declared_currency": ""},
}


def read_currency(text: str) -> str:
    """Return the currency that a name, a code or a sign of registers means; empty where it may be several."""
    found = resolve("currency", text.strip(), _LANGUAGES)
    if found:
        return found.code
    wanted = text.strip().rstrip(".").casefold()
    signs = [code for code, words in written_for("currency").items() if wanted in map(str.casefold, words)]
    return signs[0] if len(signs) == 1 else ""


def read_sum(text: str, entry: ColumnMap, read: Callable[[str], str]) -> Reading | None:
    """Read a number with its currency where the column takes one; nothing where the cell is no such sum.

    A number that `read` cannot tell raises what it raises.
    """
    field = entry.to[0].rpartition(".")[2] if entry.to else ""
    behind, before = _BEHIND.fullmatch(text), _BEFORE.fullmatch(text)
    number, written = (behind[1], behind[2]) if behind else (before[2], before[1]) if before else ("", "")
    currency = read_currency(written) if number and field in _BESIDE else ""
    if not currency:
        return None
    found = {name: fixed or currency for name, fixed in _BESIDE[field].items()}
    differs = [stated for name, stated in entry.beside.items() if name in found and stated != found[name]]
    return refuse("import.unit_differs", text, stated=differs[0]) if differs else Reading(read(number), beside=found)
