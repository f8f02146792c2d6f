"""Texts: what a finding or an error says in a reader's language, made from its code and data at the edge."""

from opencen.records.texts.catalogue import Text, known_texts, text_of, texts
from opencen.records.texts.fields import write_at, write_leaf, write_path
from opencen.records.texts.values import amount, code, day, field, money, office
from opencen.records.texts.wording import Wording, error_text, finding_text, suggestion_text, translate
from opencen.records.texts.writing import (
    write_code,
    write_date,
    write_decimal,
    write_field,
    write_moment,
    write_quantity,
)

__all__ = [
    "Text",
    "Wording",
    "amount",
    "code",
    "day",
    "error_text",
    "field",
    "finding_text",
    "known_texts",
    "money",
    "office",
    "suggestion_text",
    "text_of",
    "texts",
    "translate",
    "write_at",
    "write_code",
    "write_date",
    "write_decimal",
    "write_field",
    "write_leaf",
    "write_moment",
    "write_path",
    "write_quantity",
]
