"""Every sentence a user may read is translated, and what a program fills in survives."""

from __future__ import annotations

import re

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext
from script.catalogues import (
    Collection,
    Sentence,
    collect,
    cut_call,
    find_conflicts,
    find_faults,
    make_pseudo,
    read_parts,
)


@pytest.fixture(scope="module")
def collection() -> Collection:
    return collect()


def test_french_is_complete(collection: Collection) -> None:
    assert "\n".join(find_faults(collection, read_parts("fr"))) == ""


def test_no_two_rooms_translate_a_sentence_differently() -> None:
    assert "\n".join(find_conflicts("fr")) == ""


def test_french_holds_nothing_that_nobody_says(collection: Collection) -> None:
    assert sorted(sentence.text for sentence in set(read_parts("fr")) - set(collection.places)) == []


def test_the_compiled_french_is_what_pages_speak() -> None:
    written = next(entry for key, entry in read_parts("fr").items() if not key.plural and not key.context)
    with translation.override("fr"):
        assert gettext(written.msgid) == written.msgstr


@pytest.mark.parametrize(
    ("sentence", "translated", "fault"),
    [
        (Sentence("Save"), polib.POEntry(msgid="Save", msgstr="Enregistrer"), ""),
        (Sentence("Save"), polib.POEntry(msgid="Save", msgstr=""), "not translated"),
        (Sentence("{count} cases"), polib.POEntry(msgid="{count} cases", msgstr="dossiers"), "placeholders differ"),
        (Sentence("%(n)s of"), polib.POEntry(msgid="%(n)s of", msgstr="%(m)s de"), "placeholders differ"),
    ],
)
def test_a_translation_must_keep_what_is_filled_in(sentence: Sentence, translated: polib.POEntry, fault: str) -> None:
    found = "\n".join(find_faults(Collection({sentence: ["a.html:1"]}), {sentence: translated}))
    assert (fault in found) if fault else found == ""


def test_the_pseudo_locale_turns_words_and_keeps_placeholders() -> None:
    pseudo = make_pseudo("Keep %(count)s <b>cases</b> of {office}")
    assert re.sub("[\u200f\u202e\u202c]", "", pseudo) == "Keep %(count)s <b>cases</b> of {office}"
    assert "\u202eKeep\u202c" in pseudo
    assert "\u202ecount" not in pseudo
    assert "\u202eoffice" not in pseudo


def test_a_call_is_cut_at_its_own_bracket() -> None:
    assert cut_call("XX _('a (b) \\') c') XX)", 3) == "_('a (b) \\') c')"


def test_sentences_are_found_in_code_templates_layouts_and_rules(collection: Collection) -> None:
    kinds = {
        place.split(":")[0].rsplit(".", 1)[-1].split(" ")[0] for found in collection.places.values() for place in found
    }
    assert {"py", "html", "toml", "text", "permission"} <= kinds
