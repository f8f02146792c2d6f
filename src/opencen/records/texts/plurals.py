"""Put a unit's word in the plural where its language writes one: two pieces, deux pièces, dos piezas, duas peças."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

# Words whose plural no rule makes.
_IRREGULAR = {
    "en": {"dozen": "dozen", "gross": "gross", "hundred": "hundred", "thousand": "thousand", "million": "million",
           "board foot": "board feet"},
    "fr": {"rouleau": "rouleaux", "tonne courte": "tonnes courtes", "tonne longue": "tonnes longues",
           "gallon impérial": "gallons impériaux", "pied-planche": "pieds-planche"},
    "es": {"pie tablar": "pies tablares", "millón": "millones", "mil": "mil"},
    "pt": {"pé-tábua": "pés-tábua", "mil": "mil"},
}  # fmt: skip
# Arabic counts three to ten things in the plural, more of them in the singular again.
_ARABIC = {
    "piece": "قطع", "stick": "سجائر", "tablet": "أقراص", "capsule": "كبسولات", "dose": "جرعات", "plant": "نباتات",
    "pair": "أزواج", "dozen": "دزينات", "hundred": "مئات", "thousand": "آلاف", "million": "ملايين", "pack": "علب",
    "carton": "خراطيش", "master_case": "صناديق كبيرة", "box": "علب كرتون", "package": "طرود", "bag": "أكياس",
    "bale": "بالات", "brick": "قوالب", "bar": "سبائك", "bundle": "حزم", "bottle": "زجاجات", "can": "علب معدنية",
    "vial": "قوارير صغيرة", "cylinder": "أسطوانات", "drum": "براميل", "barrel_oil": "براميل نفط", "jerrycan": "جراكن",
    "roll": "لفات", "case": "صناديق", "blister": "أشرطة", "slab": "صفائح",
}  # fmt: skip
# What stands for a unit behind a number; a unit without a sign is written out.
ARABIC_SYMBOLS = {
    "kg": "كغ", "g": "غ", "mg": "ملغ", "ug": "مكغ", "t": "طن", "l": "لتر", "ml": "مل", "cl": "سل", "dl": "دسل",
    "hl": "هل", "m3": "م³", "cm3": "سم³", "m": "م", "cm": "سم", "mm": "ملم", "km": "كم", "m2": "م²", "cm2": "سم²",
}  # fmt: skip
_SMALL = frozenset({"de", "del", "da", "do", "por", "para"})
_FEW = range(3, 11)
_TWO = 2


def plural(word: str, number: Decimal, language: str, unit: str = "") -> str:
    """Return the word of a unit as it stands behind a number."""
    word = word.partition(" (")[0]
    if language == "ar":
        return _ARABIC.get(unit, word) if number in _FEW else word
    if language not in _RULES or number == 1 or (language == "fr" and number < _TWO):
        return word
    return _IRREGULAR[language].get(word) or _RULES[language](word)


def _english(word: str) -> str:
    return f"{word}es" if word.endswith(("x", "ch", "sh", "s")) else f"{word}s"


def _french(word: str) -> str:
    """Give the ending to the first word: sacs de jute."""
    head, space, rest = word.partition(" ")
    return f"{head if head.endswith(('s', 'x')) else f'{head}s'}{space}{rest}"


def _spanish_word(word: str) -> str:
    if word.endswith(("s", "x")):
        return word
    if word.endswith("z"):
        return f"{word[:-1]}ces"
    if word.endswith("ón"):
        return f"{word[:-2]}ones"
    return f"{word}s" if word[-1] in "aeiouáéíóú" else f"{word}es"


def _portuguese_word(word: str) -> str:
    for ending, written in (("ão", "ões"), ("il", "is"), ("el", "éis"), ("al", "ais"), ("ol", "óis"), ("m", "ns")):
        if word.endswith(ending):
            return f"{word[: -len(ending)]}{written}"
    return word if word.endswith(("s", "x")) else f"{word}es" if word.endswith(("r", "z")) else f"{word}s"


def _agreeing(rule: Callable[[str], str]) -> Callable[[str], str]:
    """Give the ending to every word before the first small one: cajas maestras, barriles de petróleo."""

    def write(text: str) -> str:
        """Return the words in the plural."""
        words = text.split(" ")
        end = next((place for place, word in enumerate(words) if word in _SMALL), len(words))
        return " ".join([*(rule(word) for word in words[:end]), *words[end:]])

    return write


_RULES: dict[str, Callable[[str], str]] = {
    "en": _english,
    "fr": _french,
    "es": _agreeing(_spanish_word),
    "pt": _agreeing(_portuguese_word),
}
