"""Text brought to one shape, so that what is written differently but means the same compares equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from anyascii import anyascii

CACHED_LENGTH = 256
_CACHE_SIZE = 65_536

_TATWEEL = "\u0640"
# Kana voicing marks make another letter (ka, ga), not an accent: they are kept and composed again.
_KEPT_MARKS = "\u3099\u309a"

# Letters that hands and keyboards write for each other; a hamza on its seat falls away as a mark does.
_ONE_LETTER = str.maketrans({"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ٱ": "ا"})
_SEATED_HAMZA = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ي"})
_ASCII_FOLD = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
_NOT_ASCII_ALPHANUMERIC = re.compile(r"[^0-9A-Za-z]+")


def strip_marks(text: str) -> str:
    """Decompose compatibility forms, drop accents and vowel marks, and write every digit in ASCII."""
    if text.isascii():
        return text
    kept: list[str] = []
    for character in unicodedata.normalize("NFKD", text):
        if character.isascii():
            kept.append(character)
        elif character.isdecimal():
            kept.append(str(unicodedata.decimal(character)))
        elif character in _KEPT_MARKS or not _is_dropped(character):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _is_dropped(character: str) -> bool:
    """Tell whether a character is a mark, a stretching stroke or invisible formatting."""
    return character == _TATWEEL or unicodedata.category(character).startswith(("M", "Cf"))


def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(text.translate(_ASCII_FOLD).split())
    plain = strip_marks(strip_marks(text).casefold()).translate(_ONE_LETTER)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def _fold_ascii(text: str) -> str:
    if text.isascii():
        return _fold(text)
    arabic = unicodedata.normalize("NFKC", text).translate(_SEATED_HAMZA).translate(_ONE_LETTER)
    return _fold(anyascii(arabic))


def _identifier_key(text: str) -> str:
    if text.isascii():
        return _NOT_ASCII_ALPHANUMERIC.sub("", text).upper()
    plain = strip_marks(strip_marks(text).upper())
    return "".join(c for c in plain if c.isalnum())


def _cached(function: Callable[[str], str]) -> Callable[[str], str]:
    """Remember the answers for short texts only, so that narratives never fill the memory."""
    remembered = lru_cache(maxsize=_CACHE_SIZE)(function)

    def apply(text: str) -> str:
        return remembered(text) if len(text) <= CACHED_LENGTH else function(text)

    return apply


_fold_cached = _cached(_fold)
_fold_ascii_cached = _cached(_fold_ascii)
_identifier_key_cached = _cached(_identifier_key)


def whole_number(text: str, otherwise: int, most: int = 99_999) -> int:
    """Read a whole number as people and addresses write it; what is none, or more than asked for, is the other."""
    is_number = text.isascii() and text.isdigit() and len(text) < 19
    return int(text) if is_number and int(text) <= most else otherwise


def fold(text: str) -> str:
    """Bring text to lower-case words without accents, one space between them; any script."""
    return _fold_cached(text)


def fold_ascii(text: str) -> str:
    """Bring text of any script to lower-case ASCII words, one space between them."""
    return _fold_ascii_cached(text)


def tokens(text: str) -> list[str]:
    """Split text into its folded words."""
    return fold(text).split()


def identifier_key(text: str) -> str:
    """Reduce a reference or number, however it is spaced and punctuated, to upper-case letters and digits."""
    return _identifier_key_cached(text)
