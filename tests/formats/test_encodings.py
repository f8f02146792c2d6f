"""Text without a mark in its byte order, bytes that are no text, and yes and no in every language."""

from __future__ import annotations

import pytest

from opencen.kernel.errors import Invalid
from tests.formats.test_reading import ARABIC, MIXED, look, read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_arabic_without_a_mark_is_read_in_its_byte_order(encoding):
    sheet, mapping, _ = look(ARABIC.encode(encoding))
    assert sheet.table.facts["encoding"] == encoding
    assert sheet.rows[0][1] == ["0", "حشيش", "ميناء رادس"]
    assert mapping.column_of("البضاعة").to == ["lines[l1].commodity"]


@pytest.mark.parametrize(
    "content", [b"\x01\x00\x02\x00" * 200, bytes(range(256)) * 8, b"\x00" * 400, b"a\x00\x00b" * 99]
)
def test_bytes_that_are_no_text_are_no_table(content):
    with pytest.raises(Invalid, match=r"import\.not_a_table"):
        look(content)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("yes", "yes"), ("Oui", "yes"), ("sí", "yes"), ("SI", "yes"), ("sim", "yes"), ("نعم", "yes"), ("x", "yes"),
        ("no", "no"), ("Non", "no"), ("não", "no"), ("nao", "no"), ("لا", "no"), ("unknown", "unknown"),
        ("Inconnu", "unknown"),
    ],
)  # fmt: skip
def test_yes_and_no_are_read_in_every_language(word, code):
    assert read(word, "e_commerce").value == code


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (ARABIC, "cp1256", "cp1256"), (MIXED, "cp1256", "cp1256"), (ARABIC, "utf-8", "utf-8"),
        (ARABIC, "utf-16", "utf-16"), ("No;Ville\n1;Saïda été\n2;Béja Hôtel\n", "latin-1", "cp1252"),
        ("No;Prix\n1;5 €\n2;“cité”\n", "cp1252", "cp1252"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_by_its_letters(text, encoding, found):
    sheet, _, _ = look(text.encode(encoding))
    assert sheet.table.facts["encoding"] == found
    assert ";".join(sheet.header.names) == text.split("\n")[0]
    assert sheet.rows[0][1][1:] == text.split("\n")[1].split(";")[1:]
