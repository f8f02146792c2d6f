"""Names across scripts: one key for what Muhammad, Mohamed, Мухаммед and محمد have in common, their consonants."""

from __future__ import annotations

import re
from functools import lru_cache

from opencen.kernel.text import fold, fold_ascii

SHORTEST_KEY = 3
SHORTEST_WORD = 3
BETWEEN = "|"
# Ways to write one sound in Latin letters, the longer first: of romanised Arabic and Cyrillic, of English and French.
_SOUNDS = (
    ("shch", "s"), ("tsch", "s"), ("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("dzh", "j"), ("zh", "j"),
    ("dj", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ts", "s"), ("ck", "k"),
    ("ce", "se"), ("ci", "si"), ("x", "ks"), ("q", "k"), ("c", "k"), ("v", "f"), ("p", "b"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouwy]+")
_DOUBLED = re.compile(r"(.)\1+")
_NEARLY = str.maketrans({"y": "i", "e": "i", "w": "u", "o": "u", "a": ""})


def is_other_script(word: str) -> bool:
    """Tell whether a word is written in letters that are not Latin."""
    return not fold(word).isascii() and fold_ascii(word) != fold(word)


@lru_cache(maxsize=65_536)
def name_key(word: str) -> str:
    """Reduce a word of a name, in any script, to its consonants; nothing where too little is left to compare."""
    letters = [word] if fold(word).isascii() else list(fold(word))  # two letters of another script are not one sound
    plain = BETWEEN.join(fold_ascii(letter) for letter in letters)
    if len(plain.replace(BETWEEN, "")) < SHORTEST_WORD - 1 or not plain.replace(BETWEEN, "").isalpha():
        return ""
    for written, sound in _SOUNDS:
        plain = plain.replace(written, sound)
    plain = plain.replace(BETWEEN, "")
    bones = _DOUBLED.sub(r"\1", _VOWELS.sub("", plain))
    bones = bones.removesuffix("h") if len(bones) > SHORTEST_KEY else bones
    if len(bones) >= SHORTEST_KEY:
        return bones
    short = _DOUBLED.sub(r"\1", plain.translate(_NEARLY))
    return short if len(short) >= SHORTEST_KEY - 1 else ""
