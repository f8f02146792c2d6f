"""The languages of the product: one place for their names, their order and their alphabets."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from babel import Locale, UnknownLocaleError

from opencen.kernel.text import fold

NAMES = {"en": "English", "fr": "Français", "es": "Español", "ar": "العربية", "pt": "Português"}
LANGUAGES = tuple(NAMES)
SOURCE = "en"
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE)
PSEUDO = "ar-xb"
RIGHT_TO_LEFT = ("ar", "he", "fa", PSEUDO)
# Letters that stand behind another one as letters of their own.
_OWN_LETTERS = {"es": str.maketrans({"ñ": "n\uffff", "Ñ": "n\uffff"})}


def comma(language: str) -> str:
    """Return what stands between the parts of a list; Arabic has a comma of its own."""
    return "، " if language.partition("-")[0] == "ar" else ", "


def preferred(language: str) -> tuple[str, ...]:
    """Return every language, the reader's first: the order in which a typed word is understood."""
    return tuple(dict.fromkeys((language.partition("-")[0], *LANGUAGES)))


@cache
def find_locale(language: str) -> Locale:
    """Find the locale of a language; English writes the day first, as the field does."""
    if language in (SOURCE, PSEUDO):
        return Locale("en", "GB")
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")


def collation(language: str) -> Callable[[str], tuple[str, str]]:
    """Return the sort key of a language: accents and case aside, letters of their own in their own place."""
    letters = _OWN_LETTERS.get(language, {})

    def key(text: str) -> tuple[str, str]:
        """Return the folded text, and the text itself to settle ties."""
        return " ".join(_fold_word(word) for word in text.translate(letters).split()), text

    return key


def _fold_word(word: str) -> str:
    """Fold a word and leave the marks of letters of their own where they stand."""
    return "\uffff".join(fold(part) for part in word.split("\uffff"))
