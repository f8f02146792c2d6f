"""Values in the data of a finding that are written in the reader's language: codes, amounts, fields, days, offices.

They are plain dictionaries, so that a finding travels as JSON.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Value = dict[str, Any]


def code(codelist: str, value: str | None) -> Value:
    """Name a code, to be written by its label."""
    return {"list": codelist, "code": value or ""}


def amount(quantity: Decimal | str, unit: str) -> Value:
    """Name a quantity with its unit."""
    return {"quantity": format(Decimal(quantity), "f"), "unit": unit}


def money(value: Decimal | str, currency: str) -> Value:
    """Name a sum in a currency."""
    return {"money": format(Decimal(value), "f"), "currency": currency}


def field(path: str) -> Value:
    """Name a field, to be written by its label."""
    return {"field": path}


def text(code: str) -> Value:
    """Name a text of the catalogue, to be written in the reader's language."""
    return {"text": code}


def day(stated: str) -> Value:
    """Name a partial date, to be written as precisely as it was stated."""
    return {"date": stated}


def office(value: str) -> Value:
    """Name an office by its code, to be written by its name."""
    return {"office": value}
