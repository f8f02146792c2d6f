from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencen.kernel.text import CACHED_LENGTH, fold, fold_ascii, identifier_key, tokens
from tests.kernel.vectors import read_vectors

VECTORS = read_vectors("text")


@pytest.mark.parametrize(("written", "folded"), VECTORS["fold"])
def test_text_folds_to_words_without_accents_in_its_own_script(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(("written", "key"), VECTORS["identifier_key"])
def test_an_identifier_written_any_way_has_one_key(written: str, key: str) -> None:
    assert identifier_key(written) == key


@pytest.mark.parametrize(
    ("written", "folded"), [*VECTORS["fold_ascii"], ("김정은", "gimjeongeun"), ("Nguyễn Văn Đức", "nguyen van duc")]
)
def test_any_script_folds_to_ascii(written: str, folded: str) -> None:
    assert fold_ascii(written) == folded


def test_tokens_are_the_folded_words() -> None:
    assert tokens("L'État, c'est Moi!") == ["l", "etat", "c", "est", "moi"]


def test_voicing_makes_another_letter_and_is_not_an_accent() -> None:
    assert fold("が") != fold("か")
    assert fold("か\u3099") == fold("が")


def test_a_long_narrative_folds_like_a_short_one() -> None:
    long = "Été " * CACHED_LENGTH
    assert fold(long) == " ".join(["ete"] * CACHED_LENGTH)
    assert identifier_key(long) == "ETE" * CACHED_LENGTH


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert identifier_key(identifier_key(text)) == identifier_key(text)


@given(st.text())
def test_ascii_folding_gives_lower_case_ascii_words(text: str) -> None:
    folded = fold_ascii(text)
    assert folded.isascii()
    assert all(word.isalnum() and word == word.lower() for word in folded.split(" ") if folded)


@given(st.text(), st.sampled_from(["-", " ", "/", ".", "_"]))
def test_separators_never_change_an_identifier_key(text: str, separator: str) -> None:
    assert identifier_key(separator.join(text)) == identifier_key(separator + text)
