"""Every code of a finding or an error has its words, in English and in French, filled with its data."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from opencen.kernel.errors import Conflict, Invalid, NotFound
from opencen.records.checking import _PYDANTIC_CODES
from opencen.records.findings import Finding, Suggestion
from opencen.records.texts import error_text, finding_text, known_texts, suggestion_text, translate, write_path
from opencen.records.texts.values import amount, code, day, field, money, office
from opencen.records.texts.wording import keep_together
from tests import make

RAISING = {
    "Finding", "Invalid", "Conflict", "Forbidden", "NotFound", "TooLarge", "TooMany", "Unavailable", "OpenCenError",
    "IdentifierProblem", "Suggestion", "_Refusal", "refuse",
}  # fmt: skip


def codes_in(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (code, place) of every code that a file writes out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[1] if name == "Suggestion" and path.parent.name == "check_digits" else node.args[0]
        if name == "Registry" and isinstance(first, ast.Constant):
            yield f"{first.value}.unknown", f"{path.name}:{node.lineno}"
        elif name in RAISING and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value, f"{path.name}:{node.lineno}"


def all_codes(project: Path) -> dict[str, str]:
    found = {code: place for path in sorted((project / "src").rglob("*.py")) for code, place in codes_in(path)}
    return {**found, **dict.fromkeys(_PYDANTIC_CODES.values(), "checking.py")}


def test_every_code_has_its_words(project: Path) -> None:
    worded = known_texts()
    missing = {code: place for code, place in all_codes(project).items() if code not in worded}
    assert missing == {}


def test_every_sentence_stands_in_french_with_the_same_data(project: Path) -> None:
    parts = sorted((project / "src" / "opencen" / "locale" / "parts" / "fr").glob("*.po"))
    french = {entry.msgid: entry.msgstr for path in parts for entry in polib.pofile(str(path), encoding="utf-8")}
    sentences = {sentence for text in known_texts().values() for sentence in (text.message, text.right) if sentence}
    assert sorted(sentence for sentence in sentences if not french.get(sentence)) == []
    for sentence in sentences:
        assert names_in(french[sentence]) == names_in(sentence), sentence


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize(("sentence", "text"), sorted({(t.message, c) for c, t in known_texts().items()}))
def test_a_text_says_what_is_wrong_in_a_sentence_without_code_words(sentence: str, text: str) -> None:
    assert sentence
    assert sentence[0].isupper() or sentence[0] in "{“" or "{" in sentence, text
    assert "_" not in "".join(part for part, *_ in string.Formatter().parse(sentence))


@pytest.mark.django_db
def test_data_is_written_in_the_readers_language() -> None:
    make.country()
    cocaine = code("commodity", "drugs.cocaine")
    data = {"stated": amount("86420", "kg"), "commodity": cocaine, "usual": amount("20000", "kg")}
    found = Finding("quantity.magnitude", "warning", "lines[l1].quantity", data)
    assert finding_text(found, "en").message.replace("\u00a0", " ") == (
        "86,420 kg of Cocaine is more than was ever found at once."
    )
    assert "20,000" in finding_text(found, "en").right
    times = {"later": day("2026-06"), "earlier": day("2026-06-12T06:20+01:00"), "earlier_field": field("detected_at")}
    text = finding_text(Finding("time.order", "warning", "seized_at", times), "en").message
    assert text == "Seized on (Jun 2026) is before Found on (12 Jun 2026, 06:20)."
    elsewhere = {"reference": "TN-1", "office": office("SFA")}
    assert "Sfax port" in finding_text(Finding("event.reported_elsewhere", "warning", "", elsewhere), "en")
    worth = {"stated": money("61800.50", "TND"), "own": code("currency", "EUR")}
    assert "TND 61,800.50" in finding_text(Finding("value.rate_missing", "hint", "", worth), "en")


@pytest.mark.django_db
def test_an_error_names_the_code_list_and_the_label_of_the_field() -> None:
    text = finding_text(Finding("code.unknown", "error", "direction", {"value": "sideways", "list": "direction"}), "en")
    assert text.message == "“sideways” is not in the list “Direction”."
    missing = finding_text(Finding("field.missing", "error", "lines[l1].quantity"), "en")
    assert missing.message == "Quantity, as on the scale: an answer is missing."


@pytest.mark.django_db
def test_a_stored_finding_without_data_still_says_what_it_is_about() -> None:
    text = finding_text(Finding("quantity.magnitude", "warning", "lines[l1].quantity"), "en")
    assert text.right == ""
    assert "{" not in text


@pytest.mark.django_db
def test_errors_are_worded_like_findings() -> None:
    assert error_text(NotFound("record.not_found"), "en").startswith("There is no such record")
    assert "revision 4" in error_text(Conflict("record.changed", revision=4), "en")
    ambiguous = error_text(Invalid("number.ambiguous", value="1,234", would_be=("1.234", "1234")), "en")
    assert str(ambiguous) == "“1,234” can be read in two ways. Did you mean 1.234 or 1234?"
    assert error_text(Invalid("never.worded"), "en").message == "Something is not right here (never.worded)."


@pytest.mark.django_db
def test_a_correction_is_a_button_with_the_new_value() -> None:
    offer = Suggestion("identifier.transposed", {"consignments[s1].containers[c1].number": "OCLU3026189"})
    assert suggestion_text(offer, "en") == "OCLU3026189: neighbours swapped"
    meant = Suggestion("quantity.meant", {"lines[l1].unit": "g"}, data={"meant": amount("1120", "g")})
    assert suggestion_text(meant, "en") == "It was 1,120\u00a0g"


@pytest.mark.django_db
def test_hostile_data_is_written_as_it_is_and_fills_nothing_in() -> None:
    evil = "{0.__class__} %s <script>"
    found = Finding("seal.differs", "warning", "", {"expected": evil, "found": "B"})
    assert evil in finding_text(found, "en").message


@pytest.mark.django_db
def test_places_of_fields_are_numbered_as_on_the_page() -> None:
    document = make.case_document(lines=[make.line(), make.line(id="l2")])
    assert write_path("lines[l2].quantity", "en", "case", document) == "Line of goods 2, Quantity, as on the scale"
    assert write_path("direction", "en", "case", document) == "Direction"
    assert write_path("lines[gone].quantity", "en", "case", document).startswith("Line of goods")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("+216 98 412 771", "\u2068+216\u00a098\u00a0412\u00a0771\u2069"),
        ("S-TN-HQ-2026-000001", "\u2068S-\u2060TN-\u2060HQ-\u20602026-\u2060000001\u2069"),
        ("Alpha Ring Trading", "\u2068Alpha Ring Trading\u2069"),
        ("سامي", "سامي"),
    ],
)
def test_a_name_or_number_stays_whole_in_right_to_left_text_and_is_as_it_is_elsewhere(value, written):
    assert keep_together(value, "ar") == written
    assert keep_together(value, "en") == value


def test_a_finding_keeps_its_numbers_whole_and_a_title_stays_plain():
    found = Finding("number.meant", "error", "", {"new_value": "+216 98 412 771"})
    assert "\u2068+216\u00a098\u00a0412\u00a0771\u2069" in finding_text(found, "ar")
    assert "\u2068" not in translate("{first} or {last}", "ar", first="B-12", last="B-13")
